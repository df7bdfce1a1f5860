"""Files that admins send: shown, written, kept and undone, and never outside the folder."""

import errno
import os
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.content_files import ContentFolder
from bot.adapters.content_files.editing import KEPT, MOST_PENDING, ContentKeeper
from bot.adapters.content_files.serving import Serving
from bot.adapters.content_files.yaml_text import LARGEST
from bot.core.errors import EditRefused
from tests.content.test_broken_variants import GOOD

TOWN = "attacks/river-town-2020.yaml"
TOWN_FILE = "river-town-2020.yaml"
EVENT = b"""\
name: {en: A new event}
date: 2020-01-01
summary: {en: "It happened [@paper]."}
as_of: 2026-01-01
review_by: 2027-01-01
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "content"))


@pytest.fixture
def serving(folder: Path) -> Serving:
    return Serving(ContentFolder(folder))


@pytest.fixture
def keeper(serving: Serving) -> ContentKeeper:
    return ContentKeeper(serving)


def edited(folder: Path, before: str, after: str, name: str = TOWN) -> bytes:
    text = (folder / name).read_text("utf8")
    assert before in text
    return text.replace(before, after, 1).encode()


def files(folder: Path) -> dict[str, bytes]:
    """What lies in the folder, but for what is kept of former versions."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and KEPT not in path.parts and ".git" not in path.parts
    }


def refusal(keeper: ContentKeeper, method: str, *arguments: Any) -> str:
    with pytest.raises(EditRefused) as raised:
        getattr(keeper, method)(*arguments)
    return raised.value.key


def write(keeper: ContentKeeper, raw: bytes, name: str = TOWN_FILE, hint: str = "") -> None:
    keeper.write(keeper.propose(name, raw, hint).token)


def test_a_proposal_tells_each_field_that_differs(keeper: ContentKeeper, folder: Path) -> None:
    raw = edited(folder, "    low: 3\n    high: 5\n", "    low: 4\n")
    raw = raw.replace("  - دریا نگر\n".encode(), b"").replace(b"Sindh", b"Punjab")
    proposal = keeper.propose(TOWN_FILE, raw, "")
    assert proposal.file == TOWN
    assert proposal.differences == (
        ("aliases", ("River Town", "دریا نگر"), ("River Town",)),
        ("place.province", "Sindh", "Punjab"),
        ("tolls.0.low", 3, 4),
        ("tolls.0.high", 5, None),
    )
    assert proposal.record is not None
    assert proposal.record.aliases == ("River Town",)


def test_a_proposal_changes_nothing(keeper: ContentKeeper, serving: Serving, folder: Path) -> None:
    before, revision = files(folder), serving.content.revision
    proposal = keeper.propose(TOWN_FILE, edited(folder, "Shoppers", "Sellers"), "")
    keeper.drop(proposal.token)
    assert refusal(keeper, "write", proposal.token) == "edit.gone"
    assert serving.look() is None
    assert (files(folder), serving.content.revision) == (before, revision)
    assert not (folder / KEPT).exists()


def test_what_is_there_already_is_no_difference(keeper: ContentKeeper, folder: Path) -> None:
    raw = (folder / TOWN).read_bytes() + b"# a remark\n"
    assert keeper.propose(TOWN_FILE, raw, "").differences == ()


def test_a_faulty_proposal_has_its_faults_and_no_token(keeper: ContentKeeper, folder: Path) -> None:
    proposal = keeper.propose(TOWN_FILE, edited(folder, "low: 3", "low: three"), "")
    assert [(each.file, each.field) for each in proposal.faults] == [(TOWN, "tolls.0.low")]
    assert refusal(keeper, "write", proposal.token) == "edit.gone"


def test_a_proposal_may_be_faulty_by_what_it_does_to_others(
    keeper: ContentKeeper, folder: Path
) -> None:
    raw = edited(folder, "gazette:", "gazettes:", "sources.yaml")
    faults = keeper.propose("sources.yaml", raw, "").faults
    assert {each.rule for each in faults} == {"unknown-source"}
    assert len({each.file for each in faults}) > 3


@pytest.mark.parametrize("hint", ["events", " Events/ ", "/events", "EVENTS"])
def test_a_new_record_goes_where_its_sender_says(
    keeper: ContentKeeper, serving: Serving, folder: Path, hint: str
) -> None:
    proposal = keeper.propose("new-event.yaml", EVENT, hint)
    assert proposal.file == "events/new-event.yaml"
    assert proposal.differences[0] == ("name", None, {"en": "A new event"})
    written = keeper.write(proposal.token)
    assert written.news.changes == (("new-event", "added"),)
    assert (folder / "events/new-event.yaml").read_bytes() == EVENT
    assert serving.content.library.get("new-event") == proposal.record


def test_a_new_record_goes_where_its_first_line_says(keeper: ContentKeeper) -> None:
    line = b"# yaml-language-server: $schema=../schemas/events.json\n"
    assert keeper.propose("new-event.yaml", line + EVENT, "topics").file == "events/new-event.yaml"


@pytest.mark.parametrize("hint", ["", "phrases", "lexicons", "..", "events/..", "attacks events"])
def test_a_new_record_of_no_kind_is_asked_about(keeper: ContentKeeper, hint: str) -> None:
    assert refusal(keeper, "propose", "new-event.yaml", EVENT, hint) == "edit.kind"


def test_a_known_record_goes_where_it_is_whatever_is_said(
    keeper: ContentKeeper, folder: Path
) -> None:
    raw = b"# yaml-language-server: $schema=../schemas/events.json\n" + (folder / TOWN).read_bytes()
    assert keeper.propose(TOWN_FILE, raw, "topics").file == TOWN


@pytest.mark.parametrize("name", ["sources.yaml", "help.yaml", "calendar.yaml", "hashtags.yaml"])
def test_a_file_of_many_entries_is_changed_too(
    keeper: ContentKeeper, folder: Path, name: str
) -> None:
    write(keeper, (folder / name).read_bytes() + b"# a remark\n", name)
    assert (folder / name).read_bytes().endswith(b"# a remark\n")


def test_versions_are_undone_one_after_the_other(
    keeper: ContentKeeper, serving: Serving, folder: Path
) -> None:
    states = [files(folder)]
    for word in (b"Sellers", b"Cleaners", b"Children"):
        write(keeper, (GOOD / TOWN).read_bytes().replace(b"Shoppers", word))
        states.append(files(folder))
    write(keeper, EVENT, "new-event.yaml", "events")
    states.append(files(folder))
    assert len(list((folder / KEPT).iterdir())) == 4
    for state in reversed(states[:-1]):
        keeper.undo()
        assert files(folder) == state
        assert serving.content.revision == ContentFolder(folder).load().revision
    assert refusal(keeper, "undo") == "edit.nothing"
    assert not (folder / "events/new-event.yaml").exists()
    assert list((folder / KEPT).iterdir()) == []


def test_ten_versions_are_undone_in_order(keeper: ContentKeeper, folder: Path) -> None:
    for number in range(1, 12):
        write(keeper, (GOOD / TOWN).read_bytes() + f"# {number}\n".encode())
    for number in range(10, 0, -1):
        keeper.undo()
        assert (folder / TOWN).read_bytes().endswith(f"# {number}\n".encode())


def test_what_somebody_else_wrote_since_is_not_undone(keeper: ContentKeeper, folder: Path) -> None:
    write(keeper, edited(folder, "Shoppers", "Sellers"))
    theirs = edited(folder, "Sellers", "Sellers and others")
    (folder / TOWN).write_bytes(theirs)
    assert refusal(keeper, "undo") == "edit.changed"
    assert (folder / TOWN).read_bytes() == theirs


def test_what_others_refer_to_by_now_is_not_undone(keeper: ContentKeeper, folder: Path) -> None:
    write(keeper, EVENT, "new-event.yaml", "events")
    raw = edited(folder, "related: [alpha,", "related: [new-event, alpha,")
    (folder / TOWN).write_bytes(raw)
    assert refusal(keeper, "undo") == "edit.faulty"
    assert (folder / "events/new-event.yaml").exists()


def test_kept_versions_outlast_a_restart(keeper: ContentKeeper, folder: Path) -> None:
    before = files(folder)
    write(keeper, edited(folder, "Shoppers", "Sellers"))
    again = ContentKeeper(Serving(ContentFolder(folder)))
    assert again.undo().file == TOWN
    assert files(folder) == before


def test_a_file_that_is_proposed_twice_is_written_once(keeper: ContentKeeper, folder: Path) -> None:
    raw = edited(folder, "Shoppers", "Sellers")
    one, other = (keeper.propose(TOWN_FILE, raw, "") for _ in range(2))
    keeper.write(one.token)
    assert refusal(keeper, "write", other.token) == "edit.gone"
    assert len(list((folder / KEPT).iterdir())) == 1


def test_the_second_of_two_changes_is_refused(keeper: ContentKeeper, folder: Path) -> None:
    one = keeper.propose(TOWN_FILE, edited(folder, "Shoppers", "Sellers"), "")
    other = keeper.propose(TOWN_FILE, edited(folder, "Shoppers", "Cleaners"), "")
    keeper.write(one.token)
    assert refusal(keeper, "write", other.token) == "edit.changed"
    assert b"Sellers" in (folder / TOWN).read_bytes()


@pytest.mark.parametrize("theirs", [b"", b"a: b", None])
def test_a_change_on_disk_meanwhile_is_not_written_over(
    keeper: ContentKeeper, folder: Path, theirs: bytes | None
) -> None:
    proposal = keeper.propose(TOWN_FILE, edited(folder, "Shoppers", "Sellers"), "")
    (folder / TOWN).unlink()
    if theirs is not None:
        (folder / TOWN).write_bytes(theirs)
    assert refusal(keeper, "write", proposal.token) == "edit.changed"
    assert (folder / TOWN).exists() == (theirs is not None)


def test_a_new_file_that_somebody_else_made_meanwhile_stays(
    keeper: ContentKeeper, folder: Path
) -> None:
    proposal = keeper.propose("new-event.yaml", EVENT, "events")
    (folder / "events/new-event.yaml").write_bytes(EVENT + b"# theirs\n")
    assert refusal(keeper, "write", proposal.token) == "edit.changed"


def test_a_proposal_that_fits_no_more_is_refused(keeper: ContentKeeper, folder: Path) -> None:
    raw = edited(folder, "related: [alpha,", "related: [council, alpha,")
    proposal = keeper.propose(TOWN_FILE, raw, "")
    (folder / "organisations/council.yaml").unlink()
    ended = folder / "events/day-it-ended.yaml"
    ended.write_bytes(ended.read_bytes().replace(b"[alpha, council]", b"[alpha]"))
    before = files(folder)
    assert refusal(keeper, "write", proposal.token) == "edit.faulty"
    assert files(folder) == before


def test_only_so_many_proposals_wait(keeper: ContentKeeper, folder: Path) -> None:
    tokens = [
        keeper.propose(TOWN_FILE, (folder / TOWN).read_bytes() + b"#" * number, "").token
        for number in range(1, MOST_PENDING + 3)
    ]
    assert len(set(tokens)) == MOST_PENDING + 2
    assert [refusal(keeper, "write", token) for token in tokens[:2]] == ["edit.gone"] * 2
    assert keeper.write(tokens[2]).file == TOWN


@pytest.mark.parametrize(
    "name",
    [
        "../sources.yaml", "../../etc/passwd.yaml", "/etc/passwd.yaml", "attacks/sehwan.yaml",
        "..\\sources.yaml", "C:\\a.yaml", "a\\b.yaml", ".yaml", "..yaml", "-a.yaml", ".a.yaml",
        "a.yml", "a.YAML", "a.yaml\n", "a.yaml\0", "a.yaml ", " a.yaml", "a.yaml.yaml", "a~b.yaml",
        "а.yaml", "ａ.yaml", "a․yaml", "a／b.yaml", "a\u202elmay.yaml", "é.yaml", "٣.yaml",
        "a" * 41 + ".yaml", "", "a", "a%2f.yaml", "Sources.yaml", "sources.yaml/x", "con:.yaml",
    ],
)  # fmt: skip
def test_a_name_leads_nowhere_else(keeper: ContentKeeper, folder: Path, name: str) -> None:
    before = files(folder.parent)
    assert refusal(keeper, "propose", name, EVENT, "events") == "edit.name"
    assert files(folder.parent) == before


def test_a_kind_that_is_a_link_out_of_the_folder_is_not_written_to(
    keeper: ContentKeeper, folder: Path, tmp_path: Path
) -> None:
    (folder / "events").rename(tmp_path / "outside")
    (folder / "events").symlink_to(tmp_path / "outside")
    before = files(tmp_path / "outside")
    assert refusal(keeper, "propose", "new-event.yaml", EVENT, "events") == "edit.outside"
    assert files(tmp_path / "outside") == before


def test_a_kind_that_becomes_a_link_out_of_the_folder_is_not_written_to(
    keeper: ContentKeeper, folder: Path, tmp_path: Path
) -> None:
    proposal = keeper.propose("new-event.yaml", EVENT, "events")
    (folder / "events").rename(tmp_path / "outside")
    (folder / "events").symlink_to(tmp_path / "outside")
    before = files(tmp_path / "outside")
    assert refusal(keeper, "write", proposal.token) == "edit.outside"
    assert files(tmp_path / "outside") == before
    assert refusal(keeper, "undo") == "edit.nothing"


def test_a_link_within_the_folder_is_fine(keeper: ContentKeeper, folder: Path) -> None:
    (folder / "events").rename(folder / "dated")
    (folder / "events").symlink_to("dated")
    write(keeper, EVENT, "new-event.yaml", "events")
    assert (folder / "dated/new-event.yaml").read_bytes() == EVENT


def test_a_linked_file_is_replaced_and_its_target_left_alone(
    keeper: ContentKeeper, folder: Path, tmp_path: Path
) -> None:
    target, raw = tmp_path / "elsewhere.yaml", (folder / TOWN).read_bytes()
    (folder / TOWN).rename(target)
    (folder / TOWN).symlink_to(target)
    write(keeper, raw.replace(b"Shoppers", b"Sellers"))
    assert not (folder / TOWN).is_symlink()
    assert target.read_bytes() == raw
    keeper.undo()
    assert (folder / TOWN).read_bytes() == raw


def test_the_folder_of_former_versions_may_not_lead_out(
    keeper: ContentKeeper, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "outside").mkdir()
    (folder / KEPT).symlink_to(tmp_path / "outside")
    proposal = keeper.propose(TOWN_FILE, edited(folder, "Shoppers", "Sellers"), "")
    assert refusal(keeper, "write", proposal.token) == "edit.outside"
    assert files(folder) == {**files(GOOD)}
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_file_may_be_as_large_as_the_limit(keeper: ContentKeeper, folder: Path) -> None:
    raw = (folder / TOWN).read_bytes()
    full = raw + b"#" * (LARGEST - len(raw))
    assert keeper.propose(TOWN_FILE, full, "").token
    assert refusal(keeper, "propose", TOWN_FILE, full + b"#", "") == "edit.large"


def test_threads_that_write_at_once_do_not_mix(
    keeper: ContentKeeper, serving: Serving, folder: Path
) -> None:
    """Every write either is in the file, with its former version kept, or was refused."""
    told: list[str] = []

    def work(number: int) -> None:
        for _ in range(3):
            raw = (GOOD / TOWN).read_bytes() + f"# {number}\n".encode()
            try:
                told.append(keeper.write(keeper.propose(TOWN_FILE, raw, "").token).file)
            except EditRefused as error:
                told.append(error.key)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 12
    assert set(told) <= {TOWN, "edit.changed", "edit.gone"}
    assert len(list((folder / KEPT).iterdir())) == told.count(TOWN) > 0
    for _ in range(told.count(TOWN)):
        keeper.undo()
    assert files(folder) == files(GOOD)
    assert serving.faults == ()


@pytest.mark.parametrize("where", ["mkstemp", "write_bytes", "replace", "mkdir", "chmod"])
def test_a_disk_that_refuses_is_told_and_leaves_all_as_it_was(
    keeper: ContentKeeper, folder: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    proposal = keeper.propose(TOWN_FILE, edited(folder, "Shoppers", "Sellers"), "")
    with monkeypatch.context() as patch:
        if where == "mkstemp":
            patch.setattr("bot.adapters.content_files.editing.tempfile.mkstemp", full)
        else:
            patch.setattr(Path, where, full)
        with pytest.raises(EditRefused) as raised:
            keeper.write(proposal.token)
    assert (raised.value.key, raised.value.values) == (
        "edit.disk",
        {"why": os.strerror(errno.ENOSPC)},
    )
    assert files(folder) == files(GOOD)
    assert refusal(keeper, "undo") == "edit.nothing"
    assert keeper.write(proposal.token).file == TOWN
    assert b"Sellers" in (folder / TOWN).read_bytes()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_without_rights_is_told(keeper: ContentKeeper, folder: Path) -> None:
    proposal = keeper.propose(TOWN_FILE, edited(folder, "Shoppers", "Sellers"), "")
    (folder / "attacks").chmod(0o555)
    try:
        assert refusal(keeper, "write", proposal.token) == "edit.disk"
    finally:
        (folder / "attacks").chmod(0o755)


@pytest.fixture
def many(folder: Path) -> Path:
    """More events and help lines, so that some of them can vanish."""
    for number in range(9):
        (folder / f"events/extra-{number}.yaml").write_bytes(
            EVENT.replace(b"A new", b"%d" % number)
        )
    text = (folder / "help.yaml").read_text("utf8")
    more = (text.replace("listeners:", f"more-{number}:") for number in range(5))
    (folder / "help.yaml").write_text(text + "".join(more), "utf8")
    return folder


def lose_events(folder: Path) -> None:
    for number in range(6):
        (folder / f"events/extra-{number}.yaml").unlink()


def test_a_write_does_not_confirm_what_others_removed(many: Path) -> None:
    keeper = ContentKeeper(serving := Serving(ContentFolder(many)))
    before = serving.content
    proposal = keeper.propose(TOWN_FILE, edited(many, "Shoppers", "Sellers"), "")
    lose_events(many)
    written = keeper.write(proposal.token)
    assert written.file == TOWN
    assert b"Sellers" in (many / TOWN).read_bytes()
    [fault] = written.news.faults
    assert (fault.rule, "events: 10 before, 4 now" in fault.message) == ("shrunk", True)
    assert (written.news.revision, serving.content) == (before.revision, before)
    assert keeper.state().faults == written.news.faults
    news = keeper.reload(confirmed=True)
    assert ("river-town-2020", "changed") in news.changes
    assert len(news.changes) == 7


def test_an_undoing_does_not_confirm_what_others_removed(many: Path) -> None:
    keeper = ContentKeeper(serving := Serving(ContentFolder(many)))
    write(keeper, edited(many, "Shoppers", "Sellers"))
    lose_events(many)
    assert [each.rule for each in keeper.undo().news.faults] == ["shrunk"]
    assert (many / TOWN).read_bytes() == (GOOD / TOWN).read_bytes()
    assert "extra-3" in serving.content.library.records


def test_a_write_confirms_what_it_removes_itself(many: Path) -> None:
    keeper = ContentKeeper(serving := Serving(ContentFolder(many)))
    before = len(serving.content.library.help_lines)
    written = keeper.write(keeper.propose("help.yaml", (GOOD / "help.yaml").read_bytes(), "").token)
    assert written.news.faults == ()
    assert len(serving.content.library.help_lines) == before - 5
    assert keeper.undo().news.faults == ()
    assert len(serving.content.library.help_lines) == before


def test_a_write_that_removes_much_confirms_no_other_loss(many: Path) -> None:
    keeper = ContentKeeper(serving := Serving(ContentFolder(many)))
    proposal = keeper.propose("help.yaml", (GOOD / "help.yaml").read_bytes(), "")
    lose_events(many)
    [fault] = keeper.write(proposal.token).news.faults
    assert "events: 10 before, 4 now" in fault.message
    assert "more-4" in serving.content.library.help_lines


def test_a_few_that_others_removed_go_with_a_write(many: Path) -> None:
    keeper = ContentKeeper(Serving(ContentFolder(many)))
    proposal = keeper.propose(TOWN_FILE, edited(many, "Shoppers", "Sellers"), "")
    (many / "events/extra-0.yaml").unlink()
    assert keeper.write(proposal.token).news.changes == (
        ("extra-0", "removed"),
        ("river-town-2020", "changed"),
    )


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), "-c", "user.name=T", "-c", "user.email=t@example.org"]
    done = subprocess.run([*command, *arguments], check=True, capture_output=True)
    return done.stdout.decode().strip()


@pytest.fixture
def repository(folder: Path) -> Path:
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Before")
    return folder


def test_only_the_written_file_is_committed(keeper: ContentKeeper, repository: Path) -> None:
    (repository / "help.yaml").write_bytes((repository / "help.yaml").read_bytes() + b"# mine\n")
    staged = repository / "hashtags.yaml"
    staged.write_bytes(staged.read_bytes() + b"# staged\n")
    git(repository, "add", "hashtags.yaml")
    proposal = keeper.propose(TOWN_FILE, edited(repository, "Shoppers", "Sellers"), "")
    written = keeper.write(proposal.token)
    assert git(repository, "log", "-1", "--format=%h %s") == f"{written.commit} Update {TOWN}"
    assert git(repository, "show", "--name-only", "--format=") == TOWN
    left = git(repository, "status", "--porcelain", "--untracked-files=no").splitlines()
    assert [line.split()[-1] for line in left] == ["hashtags.yaml", "help.yaml"]


def test_a_new_file_and_its_undoing_are_commits(keeper: ContentKeeper, repository: Path) -> None:
    write(keeper, EVENT, "new-event.yaml", "events")
    assert keeper.undo().commit
    subjects = git(repository, "log", "--format=%s").splitlines()
    assert subjects == [
        "Undo the update of events/new-event.yaml",
        "Update events/new-event.yaml",
        "Before",
    ]
    assert "events/new-event.yaml" not in git(repository, "ls-files")


def test_it_is_written_all_the_same_where_git_fails(
    keeper: ContentKeeper, repository: Path
) -> None:
    (repository / ".git/index.lock").touch()
    proposal = keeper.propose(TOWN_FILE, edited(repository, "Shoppers", "Sellers"), "")
    assert keeper.write(proposal.token).commit == ""
    assert b"Sellers" in (repository / TOWN).read_bytes()


def test_it_is_written_all_the_same_without_git(
    keeper: ContentKeeper, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    proposal = keeper.propose(TOWN_FILE, edited(repository, "Shoppers", "Sellers"), "")
    assert keeper.write(proposal.token).commit == ""
    assert b"Sellers" in (repository / TOWN).read_bytes()
