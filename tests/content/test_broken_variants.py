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
