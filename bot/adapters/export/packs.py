"""Campaigns as texts and pictures for other apps, for SMS and for print: a folder each."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.adapters.export.files import write_whole
from bot.commands.desk import Desk
from bot.commands.results import pack_files
from bot.core.records import Campaign


def export_packs(desk: Desk, folder: Path) -> Iterator[Path]:
    """Write every campaign into `folder`, one after the other, and tell each file as it is there.

    A picture takes up to a second, so all of them half a minute. What the bot hands out is the same
    but for the links into it, whose address is not known here. Raises `OutsideError` where a file
    cannot be written.
    """
    from bot.pictures.drawing import png  # whose libraries no other format needs

    drawing = replace(desk, draw=png)
    for campaign in desk.library.of(Campaign):
        for name, content in pack_files(campaign, drawing):
            yield write_whole(folder / campaign.id / name, content)
