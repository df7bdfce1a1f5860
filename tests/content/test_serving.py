"""The set that is served follows the folder, and never takes over a faulty one."""

import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from bot.adapters.content_files import Content, ContentFolder
from bot.adapters.content_files.serving import Serving
from bot.core.changes import Change, News
from bot.core.faults import Flaw
from bot.core.library import Library
from bot.core.records import Record
from tests.content.replacing import kind_exchanged, linked_over, renamed_over, written_over
from tests.content.test_broken_variants import GOOD

TOWN, ROAD = "attacks/river-town-2020.yaml", "attacks/hill-road-2021.yaml"
EVENT = """\
name: {{en: Extra event {0}}}
date: 2020-01-01
summary: {{en: "It happened [@paper]."}}
as_of: 2026-01-01
review_by: 2027-01-01
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "content"))


@pytest.fixture
def serving(folder: Path) -> Serving:
    return Serving(ContentFolder(folder))


def edited(folder: Path, before: str, after: str, name: str = TOWN) -> bytes:
    text = (folder / name).read_text("utf8")
    assert before in text
    return text.replace(before, after, 1).encode()


def edit(folder: Path, before: str, after: str, name: str = TOWN) -> None:
    (folder / name).write_bytes(edited(folder, before, after, name))


def victims(serving: Serving) -> str:
    return serving.content.library.records["river-town-2020"].victims.en  # type: ignore[attr-defined]


def changes(news: News | None) -> list[tuple[str, str]]:
    assert news is not None
    assert news.faults == ()
    return [(each.record_id, each.what) for each in news.changes]


def fields(news: News | None) -> list[str]:
    assert news is not None
    return [each.field for each in news.faults]


def test_nothing_is_told_where_nothing_changed(serving: Serving) -> None:
    assert serving.look() is None
    assert serving.look() is None


def test_files_that_did_not_change_are_not_read_again(serving: Serving, folder: Path) -> None:
    before = dict(serving.content.library.records)
    edit(folder, "Shoppers", "Sellers")
    assert serving.look()
    after = serving.content.library.records
    assert [each for each in before if after[each] is not before[each]] == ["river-town-2020"]


def test_a_touched_file_is_no_change(serving: Serving, folder: Path) -> None:
    revision, taken = serving.content.revision, []
    serving.taken_over = taken.append
    os.utime(folder / TOWN, (1, 1))
    assert serving.look() == News(revision)
    assert taken == []


def folder_exchanged(path: Path, raw: bytes) -> None:
    root = path.parent.parent
    other = Path(shutil.copytree(root, root.with_name("other")))
    (other / TOWN).write_bytes(raw)
    root.rename(root.with_name("old"))
    other.rename(root)


def folder_linked(path: Path, raw: bytes) -> None:
    """As a volume is updated: the folder is a link that is turned to another one."""
    root = path.parent.parent
    other = Path(shutil.copytree(root, root.with_name("other")))
    (other / TOWN).write_bytes(raw)
    root.rename(root.with_name("old"))
    root.symlink_to(other)


def unseen_by_time_and_size(path: Path, raw: bytes) -> None:
    stat = path.stat()
    assert len(raw) == stat.st_size
    path.write_bytes(raw)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


@pytest.mark.parametrize(
    "how",
    [
        written_over,
        renamed_over,
        linked_over,
        kind_exchanged,
        folder_exchanged,
        folder_linked,
        unseen_by_time_and_size,
    ],
)
def test_a_change_is_noticed_however_it_was_made(
    serving: Serving, folder: Path, how: Callable[[Path, bytes], None]
) -> None:
    how(folder / TOWN, edited(folder, "Shoppers", "Cleaners"))
    assert changes(serving.look()) == [("river-town-2020", "changed")]
    assert victims(serving) == "Cleaners [@paper]."
    assert serving.look() is None


def test_the_target_of_a_link_may_change(serving: Serving, folder: Path, tmp_path: Path) -> None:
    raw = edited(folder, "Shoppers", "Sellers")
    linked_over(folder / TOWN, (folder / TOWN).read_bytes())
    assert changes(serving.look()) == []
    (tmp_path / "elsewhere.yaml").write_bytes(raw)
    assert changes(serving.look()) == [("river-town-2020", "changed")]


def test_a_half_written_file_is_told_at_the_second_look_and_then_no_more(
    serving: Serving, folder: Path
) -> None:
    raw = (folder / TOWN).read_bytes()
    (folder / TOWN).write_bytes(raw[:300])
    assert serving.look() is None
    assert serving.faults == ()
    news = serving.look()
    assert news is not None
    assert {each.file for each in news.faults} == {TOWN}
    assert serving.faults == news.faults
    assert [serving.look() for _ in range(3)] == [None] * 3
    assert serving.faults == news.faults
    assert victims(serving) == "Shoppers [@paper]."


def test_a_file_that_is_soon_whole_again_is_never_told(serving: Serving, folder: Path) -> None:
    raw = (folder / TOWN).read_bytes()
    for end in (100, 200, 300):
        (folder / TOWN).write_bytes(raw[:end])
        assert serving.look() is None
    (folder / TOWN).write_bytes(raw)
    assert changes(serving.look()) == []


def test_another_fault_of_a_faulty_folder_is_told(serving: Serving, folder: Path) -> None:
    edit(folder, "province: Sindh", "province: Sind")
    assert [serving.look(), fields(serving.look())] == [None, ["place.province"]]
    edit(folder, "low: 2", "low: two", ROAD)
    assert [serving.look(), fields(serving.look())] == [None, ["tolls.0.low", "place.province"]]


def test_a_mended_folder_is_served_at_once(serving: Serving, folder: Path) -> None:
    edit(folder, "province: Sindh", "province: Sind")
    assert [serving.look(), fields(serving.look())] == [None, ["place.province"]]
    edit(folder, "province: Sind", "province: Punjab")
    assert changes(serving.look()) == [("river-town-2020", "changed")]
    assert serving.faults == ()


def test_reload_tells_a_fault_at_once_and_again(serving: Serving, folder: Path) -> None:
    edit(folder, "province: Sindh", "province: Sind")
    assert fields(serving.reload()) == ["place.province"]
    assert fields(serving.reload()) == ["place.province"]
    assert serving.look() is None


def test_the_new_set_is_handed_on_before_it_is_told(serving: Serving, folder: Path) -> None:
    taken: list[Content] = []
    serving.taken_over = taken.append
    edit(folder, "Shoppers", "Sellers")
    news = serving.look()
    assert news is not None
    assert [each.revision for each in taken] == [news.revision] == [serving.content.revision]


def test_a_changed_phrase_or_source_is_a_new_set_without_changed_records(
    serving: Serving, folder: Path
) -> None:
    for name, before, after in (
        ("phrases/en.yaml", "Hello", "Good day"),
        ("sources.yaml", "A verdict", "The verdict"),
        ("lexicons/stop-words.yaml", "the a an", "the a"),
    ):
        revision = serving.content.revision
        edit(folder, before, after, name)
        assert changes(serving.look()) == []
        assert serving.content.revision != revision
    assert serving.content.phrases.say("en", "hello", name="you") == "Good day, you."


def test_a_new_record_is_served_at_once(serving: Serving, folder: Path) -> None:
    (folder / "events/new.yaml").write_text(EVENT.format("new"), "utf8")
    assert changes(serving.look()) == [("new", "added")]


def test_a_removed_record_is_gone_at_the_second_look(serving: Serving, folder: Path) -> None:
    (folder / ROAD).unlink()
    assert serving.look() is None
    assert "hill-road-2021" in serving.content.library.records
    assert changes(serving.look()) == [("hill-road-2021", "removed")]
    assert "hill-road-2021" not in serving.content.library.records


def test_a_record_that_is_gone_for_one_look_is_not_missed(serving: Serving, folder: Path) -> None:
    raw, before = (folder / ROAD).read_bytes(), serving.content
    (folder / ROAD).unlink()
    assert serving.look() is None
    (folder / ROAD).write_bytes(raw)
    assert changes(serving.look()) == []
    assert serving.content.library.records.keys() == before.library.records.keys()


def test_a_set_that_shrinks_is_refused_until_somebody_confirms(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(GOOD, tmp_path / "many"))
    for number in range(9):
        (folder / f"events/extra-{number}.yaml").write_text(EVENT.format(number), "utf8")
    serving = Serving(ContentFolder(folder))
    for number in range(3):
        (folder / f"events/extra-{number}.yaml").unlink()
    assert serving.look() is None
    news = serving.look()
    assert news is not None
    [fault] = news.faults
    assert (fault.rule, "events: 10 before, 7 now" in fault.message) == ("shrunk", True)
    assert serving.look() is None
    assert [each.rule for each in serving.reload().faults] == ["shrunk"]
    assert len(serving.content.library.records) == 19
    assert len(changes(serving.reload(confirmed=True))) == 3
    assert len(serving.content.library.records) == 16
    assert serving.faults == ()


def test_two_of_ten_may_go_unconfirmed(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(GOOD, tmp_path / "many"))
    for number in range(9):
        (folder / f"events/extra-{number}.yaml").write_text(EVENT.format(number), "utf8")
    serving = Serving(ContentFolder(folder))
    for number in range(2):
        (folder / f"events/extra-{number}.yaml").unlink()
    assert [serving.look(), len(changes(serving.look()))] == [None, 2]


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("phrases/en.yaml", 'hello: "Hello, {name}."\n', "", "phrases: hello"),
        ("phrases/ur.yaml", None, None, "phrases/ur.yaml is gone"),
    ],
)
def test_phrases_do_not_vanish_unconfirmed(
    serving: Serving, folder: Path, name: str, before: str | None, after: str | None, told: str
) -> None:
    if before is None or after is None:
        (folder / name).unlink()
    else:
        edit(folder, before, after, name)
    assert serving.look() is None
    news = serving.look()
    assert news is not None
    assert [told in each.message for each in news.faults] == [True]
    assert serving.content.phrases.keys("en") == {"hello", "found"}
    assert serving.reload(confirmed=True).faults == ()


@pytest.mark.parametrize("name", ["help.yaml", "calendar.yaml", "hashtags.yaml"])
def test_help_lines_days_and_hashtags_do_not_vanish_unconfirmed(folder: Path, name: str) -> None:
    text = (folder / name).read_text("utf8")
    entry = re.split(r"^(?=eid|TogetherNow)", text, flags=re.MULTILINE)[0]
    more = (re.sub(r"^[\w-]+", f"copy{number}", entry) for number in range(9))
    (folder / name).write_text(text + "".join(more), "utf8")
    serving = Serving(ContentFolder(folder))
    (folder / name).write_text(text, "utf8")
    assert [each.rule for each in serving.reload().faults] == ["shrunk"]


def test_a_link_to_nowhere_is_a_missing_file(serving: Serving, folder: Path) -> None:
    (folder / "sources.yaml").unlink()
    (folder / "sources.yaml").symlink_to(folder / "nowhere.yaml")
    (folder / "topics/loop.yaml").symlink_to(folder / "topics/loop.yaml")
    assert [(each.file, each.rule) for each in serving.reload().faults] == [
        ("sources.yaml", "missing-file"),
        ("topics/loop.yaml", "not-readable"),
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_file_without_rights_is_told(serving: Serving, folder: Path) -> None:
    (folder / TOWN).chmod(0)
    assert [(each.file, each.rule) for each in serving.reload().faults] == [(TOWN, "not-readable")]


def test_a_folder_in_the_place_of_a_file_is_told(serving: Serving, folder: Path) -> None:
    (folder / "topics/new.yaml").mkdir()
    assert serving.look() is None
    news = serving.look()
    assert news is not None
    assert [(each.file, each.rule) for each in news.faults] == [("topics/new.yaml", "not-readable")]


def test_a_vanished_folder_is_told_and_its_return_served(
    serving: Serving, folder: Path, tmp_path: Path
) -> None:
    folder.rename(tmp_path / "away")
    assert serving.look() is None
    news = serving.look()
    assert news is not None
    assert [each.rule for each in news.faults] == ["missing-folder"]
    assert serving.look() is None
    assert victims(serving) == "Shoppers [@paper]."
    (tmp_path / "away").rename(folder)
    assert changes(serving.look()) == []
    assert serving.faults == ()


def test_files_may_come_and_go_while_it_looks(folder: Path) -> None:
    """What it holds is always a good set, and in the end the last one.

    There are so many events that it takes the going of three for no shrinking.
    """
    for number in range(15):
        (folder / f"events/extra-{number}.yaml").write_text(EVENT.format(number), "utf8")
    serving = Serving(ContentFolder(folder))
    over = threading.Event()

    def stir(number: int) -> None:
        path, raw = folder / f"events/new-{number}.yaml", EVENT.format(number).encode()
        while not over.is_set():
            path.write_bytes(raw[:40])
            path.write_bytes(raw)
            path.unlink()

    threads = [threading.Thread(target=stir, args=(number,)) for number in range(3)]
    taken: list[int] = []
    serving.taken_over = lambda content: taken.append(len(content.library.records))
    for thread in threads:
        thread.start()
    until = time.monotonic() + 1.5
    while time.monotonic() < until:
        serving.look()
        assert victims(serving) == "Shoppers [@paper]."
    over.set()
    for thread in threads:
        thread.join()
    (folder / "events/last.yaml").write_text(EVENT.format("last"), "utf8")
    news = serving.reload()
    assert news.faults == ()
    assert set(taken) <= {25, 26, 27, 28}
    assert "last" in serving.content.library.records
    assert len(serving.content.library.records) == 26


def test_many_threads_may_look_and_reload(serving: Serving, folder: Path) -> None:
    faults: list[BaseException] = []
    taken: list[str] = []
    serving.taken_over = lambda content: taken.append(content.revision)

    def look() -> None:
        try:
            for _ in range(20):
                serving.look()
                serving.reload()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(30):
        renamed_over(folder / ROAD, (GOOD / ROAD).read_bytes() + f"# {number}\n".encode())
        time.sleep(0.005)
    for thread in threads:
        thread.join()
    serving.reload()
    assert faults == []
    assert len(taken) == len(set(taken))
    assert serving.content.revision == ContentFolder(folder).load().revision


class FakeLint:
    """Finds a word in summaries; remembers which records it was asked to judge."""

    def __init__(self) -> None:
        self.judged: list[str] = []

    def __call__(self, record: Record, library: Library) -> Iterable[Flaw]:
        self.judged.append(record.id)
        for word, severity in (("horrible", "error"), ("perhaps", "warning")):
            if word in record.summary.en:
                yield Flaw(("summary", "en"), "A1", f"{word!r}", "drop it", severity)  # type: ignore[arg-type]

    def again(self) -> list[str]:
        judged, self.judged = self.judged, []
        return sorted(judged)


@pytest.fixture
def lint() -> FakeLint:
    return FakeLint()


@pytest.fixture
def linted(folder: Path, lint: FakeLint) -> Serving:
    return Serving(ContentFolder(folder, lint))


def test_the_first_set_is_served_before_its_wording_is_judged(folder: Path, lint: FakeLint) -> None:
    edit(folder, "Two men were shot at", "Two men were shot at, which is horrible", ROAD)
    serving = Serving(ContentFolder(folder, lint))
    assert lint.again() == []
    news = serving.judged()
    assert lint.again() == sorted(serving.content.library.records)
    assert [(each.file, each.line, each.rule) for each in news.faults] == [(ROAD, 9, "A1")]
    assert serving.faults == news.faults


def test_only_what_changed_is_judged_again(linted: Serving, lint: FakeLint, folder: Path) -> None:
    edit(folder, "Shoppers", "Sellers")
    assert linted.look()
    assert lint.again() == ["river-town-2020"]
    assert linted.look() is None
    assert lint.again() == []


def test_wording_that_is_wrong_is_not_served(linted: Serving, lint: FakeLint, folder: Path) -> None:
    edit(folder, "Two men were shot at", "Two men were shot at, which is horrible", ROAD)
    assert linted.look() is None
    news = linted.look()
    assert news is not None
    assert [(each.file, each.line, each.rule) for each in news.faults] == [(ROAD, 9, "A1")]
    assert "horrible" not in linted.content.library.records["hill-road-2021"].summary.en
    edit(folder, ", which is horrible", "", ROAD)
    assert changes(linted.look()) == []


def test_a_warning_on_wording_stops_nothing(linted: Serving, lint: FakeLint, folder: Path) -> None:
    edit(folder, "Two men were shot at", "Two men were perhaps shot at", ROAD)
    assert changes(linted.look()) == [("hill-road-2021", "changed")]
    assert linted.faults == ()
    _, faults = ContentFolder(folder, lint).inspected()
    assert [(each.file, each.severity) for each in faults] == [(ROAD, "warning")]


def test_what_a_record_becomes_is_told_by_the_set(serving: Serving, folder: Path) -> None:
    edit(folder, "Shoppers", "Sellers")
    (folder / "events/new.yaml").write_text(EVENT.format("new"), "utf8")
    news = serving.look()
    assert news is not None
    assert news.changes == (Change("new", "added"), Change("river-town-2020", "changed"))
