"""Taps on the buttons of a campaign's posts, counted without anybody."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from bot.core.posts import PostButton

BUTTONS: tuple[PostButton, ...] = get_args(PostButton)
MORE: PostButton = "more"
_LINK = re.compile(r"c_(?P<campaign>[a-z0-9-]+)_(?P<seq>[0-9]{1,3})(?:_(?P<button>[a-z]+))?")


@dataclass(frozen=True, slots=True, order=True)
class Tap:
    """That a button of post `seq` (from 1) of a campaign was pressed.

    "more" opened its brief; "share" is a link which somebody shared and another one followed.
    """

    campaign: str
    seq: int
    button: PostButton = MORE

    @property
    def link(self) -> str:
        """What /start gets from it, at most 64 characters; `tap_of` reads it."""
        button = "" if self.button == MORE else f"_{self.button}"
        return f"c_{self.campaign}_{self.seq}{button}"


def tap_of(link: str) -> Tap | None:
    """Whether there is such a campaign, and such a post of it, is for the caller to see."""
    found = _LINK.fullmatch(link)
    button = next((each for each in BUTTONS if found and each == (found["button"] or MORE)), None)
    return Tap(found["campaign"], int(found["seq"]), button) if found and button else None


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure that a moderator read in the app, and when they typed it here."""

    figure: int
    at: datetime
