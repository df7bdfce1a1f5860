"""A new file loads as soon as its blanks are filled, whichever of its fields are used."""

import datetime as dt
import itertools
import re
import shutil
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.adapters.content_files import load_content
from bot.adapters.content_files.blanks import unfilled
from bot.adapters.content_files.yaml_text import parse
from bot.adapters.schemas import mark, schemas
from bot.adapters.skeletons import NotNew, skeleton, write_skeleton
from bot.core.errors import ContentError, OutsideError
from bot.core.faults import Fault
from bot.core.records import KINDS
from tests.conftest import CONTENT
from tests.content.files import Folder

TODAY = dt.date(2026, 11, 22)
PROSE = "The report of that year tells what happened there and what became of the people afterwards"
NAME = "made-up-for-a-test"[:20]


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped content; who adds a file takes it away again."""
    return Path(shutil.copytree(CONTENT, tmp_path_factory.mktemp("copied") / "content"))


def filled(text: str, day: str = "", status: str = "unknown") -> str:
    """Every blank filled by its remark and nothing else, as a careful person would."""
    numbers = itertools.count(1)

    def fill(line: str) -> str:
        blank, _, remark = line.partition("  # ")
        remark = remark if "FILL" in blank else ""
        blank = blank.replace("FILL [@FILL]", f"{PROSE} [@article-2017]")
        if remark.startswith("one of: "):
            word = status if "status:" in blank else remark[len("one of: ") :].split(", ")[0]
        elif remark.startswith("a number"):
            word = (re.findall(r"\d+", remark) or ["1"])[0]
        else:
            starts = {
                "a date": "2017-02-16",
                "the id of a source": "article-2017",
                "the id of an organisation": "ttp",
                "the id of a day": day,
            }
            word = next((each for start, each in starts.items() if remark.startswith(start)), "")
        while "FILL" in blank:
            blank = blank.replace("FILL", word or f"words {next(numbers)} of the test", 1)
        return blank

    comment = re.compile(r"\s*#")
    lines = text.splitlines()
    return "\n".join(each if comment.match(each) else fill(each) for each in lines) + "\n"


def all_used(text: str) -> str:
    return re.sub(r"(?m)^# (?!yaml-language-server)", "", text)


def faults_of(copied: Path, name: str, text: str) -> list[Fault]:
    """What is wrong with one file more in the copied content, whatever is wrong with the others."""
    file = copied / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf8")
    try:
        load_content(copied)
    except ContentError as error:
        return [fault for fault in error.faults if fault.file == name]
    finally:
        file.unlink()
    return []


@pytest.mark.parametrize("kind", KINDS)
def test_it_loads_once_its_blanks_are_filled(kind: str, copied: Path) -> None:
    text = filled(skeleton(kind, NAME, TODAY))
    assert unfilled(text) == []
    assert faults_of(copied, f"{kind}/{NAME}.yaml", text) == []


@pytest.mark.parametrize("kind", KINDS)
def test_it_loads_with_every_field_used(kind: str, copied: Path) -> None:
    days = parse((copied / "calendar.yaml").read_bytes())
    text = filled(all_used(skeleton(kind, NAME, TODAY)), day=next(iter(days)), status="established")
    assert unfilled(text) == []
    assert faults_of(copied, f"{kind}/{NAME}.yaml", text) == []


@pytest.mark.parametrize("kind", KINDS)
def test_it_shows_every_field_but_the_waivers(kind: str) -> None:
    shown = parse(all_used(skeleton(kind, NAME, TODAY)).encode())
    known = schemas()[kind]["properties"]
    assert set(known) - set(shown) == {"waivers"}


@pytest.mark.parametrize("kind", KINDS)
def test_it_lists_what_may_be_chosen(kind: str) -> None:
    text = skeleton(kind, NAME, TODAY)
    assert "ONE OF" not in text
    assert "TODAY" not in text
    assert "LATER" not in text


def test_a_word_that_yaml_takes_for_another_type_is_quoted() -> None:
    assert 'verdict: FILL  # one of: "false", misleading' in skeleton("narratives", NAME, TODAY)


@pytest.mark.parametrize("kind", KINDS)
def test_it_points_at_its_schema_and_carries_the_day(kind: str, folder: Folder) -> None:
    path = write_skeleton(folder.root, kind, NAME, TODAY)
    assert path == folder.root / kind / f"{NAME}.yaml"
    assert path not in mark(folder.root)
    assert "\nas_of: 2026-11-22\nreview_by: 2027-05-23\n" in path.read_text("utf8")


def test_blanks_are_told_by_line_and_column() -> None:
    text = (
        "name:\n  en: FILL\n# ur: FILL\n    # - FILL\nsources: [FILL, FILL]\nen: FILLED FULFILL\n"
    )
    assert unfilled(text) == [(2, 7), (5, 11), (5, 17)]
    assert unfilled('en: "#FILL"\n') == [(1, 7)]
    assert unfilled("") == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_file_has_blanks(kind: str) -> None:
    assert unfilled(skeleton(kind, NAME, TODAY))


def test_the_name_of_one_record_will_do_as_a_kind() -> None:
    assert skeleton("attack", NAME, TODAY) == skeleton("attacks", NAME, TODAY)
    assert skeleton("quiz", NAME, TODAY) == skeleton("quizzes", NAME, TODAY)


@pytest.mark.parametrize("kind", ["sources", "", "../attacks", "attackss"])
def test_a_kind_that_does_not_exist_is_told_with_those_that_do(kind: str, folder: Folder) -> None:
    with pytest.raises(NotNew, match="organisations, attacks, events"):
        write_skeleton(folder.root, kind, NAME, TODAY)


@pytest.mark.parametrize("wrong", ["", "Upper", "a b", "-a", "../x", "a/b", "a" * 41, "a\n", "نام"])
def test_a_malformed_id_is_told_with_the_rule(wrong: str, folder: Folder) -> None:
    before = sorted(folder.root.rglob("*"))
    with pytest.raises(NotNew, match="small letters, digits and hyphens, at most 40"):
        write_skeleton(folder.root, "attacks", wrong, TODAY)
    assert sorted(folder.root.rglob("*")) == before


def test_a_campaign_has_a_shorter_id() -> None:
    assert skeleton("campaigns", "a" * 20, TODAY)
    with pytest.raises(NotNew, match="at most 20"):
        skeleton("campaigns", "a" * 21, TODAY)


@pytest.mark.parametrize("kind", ["organisations", "attacks"])
def test_an_id_that_any_kind_has_is_told_and_kept(kind: str, folder: Folder) -> None:
    before = (folder.root / "organisations/some-group.yaml").read_bytes()
    with pytest.raises(NotNew, match=r"organisations/some-group\.yaml is there already"):
        write_skeleton(folder.root, kind, "some-group", TODAY)
    assert (folder.root / "organisations/some-group.yaml").read_bytes() == before
    assert not (folder.root / "attacks/some-group.yaml").exists()


def test_a_folder_that_cannot_be_written_is_told(folder: Folder) -> None:
    folder.write("topics", "a file in its place")
    with pytest.raises(OutsideError, match="topics"):
        write_skeleton(folder.root, "topics", NAME, TODAY)


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [("attack", NAME, 0), ("attacks", "some-group", 2), ("attacks", "No!", 2), ("gangs", NAME, 2)],
)
def test_the_command_prints_the_path_or_what_is_wrong(
    kind: str,
    name: str,
    code: int,
    folder: Folder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("WAZAHAT_CONTENT_DIR", str(folder.root))
    assert main(["new", kind, name]) == code
    printed = capsys.readouterr()
    assert printed.out == ("" if code else f"{folder.root / 'attacks' / NAME}.yaml\n")
    assert bool(printed.err) == bool(code)
