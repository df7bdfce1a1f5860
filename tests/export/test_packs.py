"""Campaigns as folders of texts and pictures."""

from dataclasses import replace
from pathlib import Path

from bot.adapters.content_files import Content
from bot.adapters.export.packs import export_packs
from bot.commands.desk import Desk
from bot.core.library import Library
from bot.core.records import Campaign


def test_a_campaign_is_a_folder_with_its_pictures(
    content: Content, desk: Desk, tmp_path: Path
) -> None:
    records = content.library.records.values()
    few = (each for each in records if not isinstance(each, Campaign) or each.id == "baat-karo")
    library, packs = Library(few, content.library.sources), tmp_path / "packs"
    written = set(export_packs(replace(desk, library=library), packs))
    assert written == {path for path in packs.rglob("*") if path.is_file()}
    folder = packs / "baat-karo"
    assert {path.name for path in folder.iterdir()} == {"en", "ur", "pictures", "README.txt"}
    for picture in (folder / "pictures").iterdir():
        assert picture.read_bytes().startswith(b"\x89PNG")
    assert "could not be drawn" not in (folder / "README.txt").read_text("utf8")
    sms = (folder / "en" / "01-sms.txt").read_text("utf8")
    assert "ten minutes" in sms
    assert "World Health Organization" not in sms, "no link leads to its source from here"
