"""What holds for every format."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import FORMATS as OFFERED
from bot.__main__ import main
from bot.adapters.content_files import Content
from bot.adapters.export import FORMATS, export
from bot.core.errors import OutsideError
from bot.core.library import Library
from tests.content.files import Folder
from tests.export.small import small_library


def whole(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("wanted", FORMATS)
def test_the_same_library_gives_the_same_bytes(wanted: str, tmp_path: Path) -> None:
    export(wanted, small_library(), tmp_path / "one")
    export(wanted, small_library(turned=True), tmp_path / "other")
    assert whole(tmp_path / "one") == whole(tmp_path / "other")


def test_another_process_gives_the_same_bytes(library: Library, tmp_path: Path) -> None:
    again = "from tests.export.small import small_library\nfrom bot.adapters.export import *\n"
    again += f"import pathlib\nexport('sqlite', small_library(), pathlib.Path({str(tmp_path)!r}))"
    subprocess.run([sys.executable, "-c", again], check=True)
    before = whole(tmp_path)
    export("sqlite", library, tmp_path)
    assert whole(tmp_path) == before


@pytest.mark.parametrize("wanted", FORMATS)
def test_the_shipped_content_can_be_exported(wanted: str, content: Content, tmp_path: Path) -> None:
    assert all(path.stat().st_size for path in export(wanted, content.library, tmp_path))


@pytest.mark.parametrize("wanted", FORMATS)
def test_an_empty_library_can_be_exported(wanted: str, tmp_path: Path) -> None:
    written = export(wanted, Library([], {}), tmp_path)
    assert sorted(written) == sorted(tmp_path.iterdir())


def test_what_else_is_in_the_folder_stays(library: Library, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "attacks.geojson").write_text("old")
    [written] = export("geojson", library, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"mine.txt", "attacks.geojson"}
    assert written.read_text("utf8") != "old"


def test_a_file_in_place_of_the_folder_is_told_and_kept(library: Library, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(OutsideError, match="taken"):
        export("json", library, tmp_path / "taken")
    assert (tmp_path / "taken").read_text() == "mine"


def test_a_file_that_cannot_be_replaced_leaves_nothing_behind(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "attacks.geojson" / "in the way").mkdir(parents=True)
    with pytest.raises(OutsideError, match=r"attacks\.geojson"):
        export("geojson", library, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["attacks.geojson"]


def test_a_format_that_does_not_exist_is_told_with_those_that_do(
    library: Library, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=r"'xml'.*json, csv"):
        export("xml", library, tmp_path)


def test_the_command_line_offers_every_format() -> None:
    assert tuple(FORMATS) == OFFERED


@pytest.fixture
def small_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = Folder(tmp_path / "content").root
    monkeypatch.setenv("WAZAHAT_CONTENT_DIR", str(root))
    return root


def test_the_command_prints_what_it_wrote(
    small_content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "geojson", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'out' / 'attacks.geojson'}\n"


def test_the_command_says_when_the_folder_cannot_be_filled(
    small_content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "json", str(small_content / "sources.yaml")]) == 3
    assert "sources.yaml" in capsys.readouterr().err


def test_the_command_exports_no_content_with_faults(small_content: Path, tmp_path: Path) -> None:
    (small_content / "sources.yaml").write_text("paper: 7\n")
    assert main(["export", "json", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()


def test_the_command_refuses_a_format_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", "xml", str(tmp_path)])
    assert ended.value.code == 2
