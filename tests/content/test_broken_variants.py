"""Every fault of every broken variant is told where it is, and nothing else is."""

import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from bot.adapters.content_files import ContentFolder, load_content
from bot.core.errors import ContentError
from bot.core.faults import Fault

HERE = Path(__file__).parent
GOOD = HERE / "good"


class Told(NamedTuple):
    """What an editor is told of a fault, but for its words."""

    file: str
    line: int
    field: str
    rule: str


def listed(file: str) -> list[Any]:
    """The variants of a file of variants, each with the file that it is about."""
    return [
        pytest.param({"file": name, **variant}, id=f"{name}: {what}")
        for name, variants in yaml.safe_load((HERE / file).read_text("utf8")).items()
        for what, variant in variants.items()
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "content"))


def make(variant: dict[str, Any], folder: Path) -> None:
    """Turn the good folder into the variant."""
    own = folder / variant["file"]
    if variant.get("remove") is True:
        own.unlink()
    elif "text" in variant:
        own.write_text(variant["text"], "utf8")
    elif "before" in variant:
        raw = replaced(own, variant["before"], whole(variant))
        own.write_bytes(raw.encode("latin-1", "ignore") if "latin1" in variant else raw.encode())
    for name in variant["remove"] if isinstance(variant.get("remove"), list) else ():
        (folder / name).unlink()
    if "remove_folder" in variant:
        shutil.rmtree(folder / variant["remove_folder"])
    for name, text in variant.get("add", {}).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf8")
    for one, other in variant.get("copy", {}).items():
        shutil.copy(folder / one, folder / other)
    for one, other in variant.get("move", {}).items():
        (folder / one).rename(folder / other)
    for name, edit in variant.get("edits", {}).items():
        text = replaced(folder / name, *edit) if edit else ""
        (folder / name).write_text(text, "utf8")


def whole(variant: dict[str, Any]) -> str:
    part, times = variant.get("then", ("", 0))
    return f"{variant['after']}{part * times}{variant.get('close', '')}"


def replaced(path: Path, before: str, after: str) -> str:
    text = path.read_text("utf8")
    assert text.count(before) == 1, f"{before!r} is not in {path.name} just once"
    return text.replace(before, after)


def expected(variant: dict[str, Any], folder: Path) -> list[Told]:
    faults = variant.get("faults") or [{"at": variant.get("at", variant.get("after")), **variant}]
    return sorted(
        Told(
            name := fault.get("file", variant["file"]),
            line_of(fault["at"], folder / name),
            fault.get("field", ""),
            fault["rule"],
        )
        for fault in faults
    )


def line_of(at: str | int, path: Path) -> int:
    if isinstance(at, int):
        return at
    text = path.read_text("utf8")
    assert text.count(at) == 1, f"{at!r} is not in {path.name} just once"
    return text.count("\n", 0, text.index(at)) + 1


def told(faults: tuple[Fault, ...]) -> list[Told]:
    return sorted(Told(each.file, each.line, each.field, each.rule) for each in faults)


def test_the_good_folder_has_no_fault() -> None:
    content, faults = ContentFolder(GOOD).inspected()
    assert faults == []
    assert load_content(GOOD).revision == content.revision
    assert {type(each).__name__ for each in content.library.records.values()} == {
        "Attack", "Campaign", "Event", "Narrative", "Organisation", "Quiz", "Topic",
    }  # fmt: skip


def test_there_are_enough_variants_of_every_kind_and_rule() -> None:
    variants = [each.values[0] for each in listed("broken.yaml")]
    assert len(variants) >= 130
    kinds = {str(each["file"]).split("/")[0] for each in variants}
    assert kinds >= {path.name for path in GOOD.iterdir()}
    rules = {each["rule"] for v in variants for each in v.get("faults", [v])}
    assert rules == {
        "anchor", "duplicate-key", "file-name", "id-taken", "missing-field", "missing-file",
        "name-taken", "not-readable", "not-text", "status", "too-deep", "too-large",
        "unknown-day", "unknown-field", "unknown-record", "unknown-source", "wrong-type",
        "wrong-value", "yaml",
    }  # fmt: skip


@pytest.mark.parametrize("variant", listed("broken.yaml"))
def test_a_broken_variant_is_told_exactly(variant: dict[str, Any], folder: Path) -> None:
    make(variant, folder)
    with pytest.raises(ContentError) as raised:
        load_content(folder)
    faults = raised.value.faults
    assert told(faults) == expected(variant, folder), raised.value
    assert all(each.column > 0 and each.message and each.cure for each in faults)
    assert all(each.severity == "error" for each in faults)


@pytest.mark.parametrize("variant", listed("near_misses.yaml"))
def test_a_near_miss_loads(variant: dict[str, Any], folder: Path) -> None:
    make(variant, folder)
    _, faults = ContentFolder(folder).inspected()
    assert faults == []
    assert load_content(folder)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_load_and_keep_their_lines(folder: Path, end: str) -> None:
    for path in folder.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
    assert load_content(folder)
    file = folder / "attacks/river-town-2020.yaml"
    file.write_bytes(file.read_bytes().replace(b"low: 11", b"low: many"))
    [fault] = ContentFolder(folder).inspected()[1]
    assert (fault.line, fault.column, fault.field) == (29, 5, "tolls.1.low")


def test_a_byte_order_mark_is_no_part_of_the_text(folder: Path) -> None:
    for path in folder.rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    content, faults = ContentFolder(folder).inspected()
    assert faults == []
    assert content.library.records.keys() == load_content(GOOD).library.records.keys()


def test_a_linked_file_and_a_linked_folder_load(folder: Path, tmp_path: Path) -> None:
    file, kind = folder / "attacks/river-town-2020.yaml", folder / "topics"
    file.rename(tmp_path / "elsewhere.yaml")
    file.symlink_to(tmp_path / "elsewhere.yaml")
    kind.rename(tmp_path / "topics")
    kind.symlink_to(tmp_path / "topics")
    assert load_content(folder).revision == load_content(GOOD).revision


def test_a_file_of_thousands_of_faults_is_told_soon(folder: Path) -> None:
    lines = "\n".join(f"s{number}: 1" for number in range(40_000))
    (folder / "sources.yaml").write_text(lines, "utf8")
    faults = ContentFolder(folder).inspected()[1]
    assert {each.file for each in faults} == {"sources.yaml"}
    assert 100 < len(faults) < 2000
    [more] = [each for each in faults if each.rule == "too-many"]
    assert str(40_000 - len(faults) + 1) in more.message


@pytest.mark.parametrize(
    "text",
    [
        "a: '" + "]" * 200_000 + "'\nb: " + "[" * 200_000,
        "b: " + '["]",' * 60_000,
        "? " * 200_000 + "a",
        "\r".join(" " * deep + "a:" for deep in range(900)),
        "\u2028".join(" " * deep + "a:" for deep in range(900)),
        "a: &-a [x]\nb: [*-a, *-a]\n",
        "[#]\n" * 20_000,
    ],
)
def test_no_text_can_end_the_process(folder: Path, text: str) -> None:
    (folder / "help.yaml").write_bytes(text.encode())
    faults = ContentFolder(folder).inspected()[1]
    assert [(each.file, each.rule in {"too-deep", "anchor"}) for each in faults] == [
        ("help.yaml", True)
    ]
