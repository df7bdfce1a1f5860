"""What belongs to each type of post: the buttons below it."""

from collections.abc import Mapping
from typing import get_args

from bot.core.posts.drafts import PostButton, PostType

TYPES: tuple[PostType, ...] = get_args(PostType)
BUTTONS: tuple[PostButton, ...] = get_args(PostButton)

_USUAL: tuple[PostButton, ...] = ("sources", "more", "help", "wrong")
_BY_TYPE: Mapping[PostType, tuple[PostButton, ...]] = {
    "prebunk": ("sources", "quiz", "help", "wrong"),
    "testimony": ("sources", "help", "wrong"),
    "memorial": ("sources", "help"),
    "quiz": ("sources", "quiz", "help", "wrong"),
    "service": ("sources", "more", "share", "help", "wrong"),
}


def default_buttons(kind: PostType, *, record: bool) -> tuple[PostButton, ...]:
    """The buttons of a post of this type unless somebody chooses others.

    `record` says whether it was made from one. "More" leads to who we are where there is no more
    to tell, so that this is one tap away from everything but a memorial.
    """
    offered = offered_buttons(kind, record=record)
    return tuple(each for each in _BY_TYPE.get(kind, _USUAL) if each in offered)


def offered_buttons(kind: PostType, *, record: bool) -> tuple[PostButton, ...]:
    """The buttons that may be chosen; a memorial has but two, and a post without a record no
    sources of its own."""
    allowed = _BY_TYPE[kind] if kind == "memorial" else BUTTONS
    return tuple(each for each in allowed if record or each != "sources")
