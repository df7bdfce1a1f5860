"""Channels and groups that posts can go to: what may be done there, and who lets posts go there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.core.errors import BotError
from bot.core.people import PersonId


class Kind(StrEnum):
    CHANNEL = "channel"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    FORUM = "forum"
    """A supergroup with topics."""


class Right(StrEnum):
    POST = "post"
    EDIT = "edit"
    PIN = "pin"


class Reach(StrEnum):
    """Whether a message can be sent there."""

    OK = "ok"
    MISSING = "missing-rights"
    GONE = "gone"


class Use(StrEnum):
    """What moderators decided. A channel is `paused` when it is lost while it was enabled; only a
    moderator enables it again."""

    OFFERED = "offered"
    ENABLED = "enabled"
    PAUSED = "paused"
    DISABLED = "disabled"


class Turn(StrEnum):
    """What a look at a channel brings to light that moderators want to know."""

    OFFER = "offer"
    LOST = "lost"
    BACK = "back"


WANTED = (Right.POST, Right.EDIT)
"""Without the first nothing can be sent; without the second no correction can be made in place."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the platform says of a chat and of our place in it, at one moment.

    In a channel only an administrator is `present`: others may but read.
    """

    chat_id: int
    title: str
    kind: Kind
    username: str | None = None
    present: bool = True
    rights: frozenset[Right] = frozenset()

    @property
    def reach(self) -> Reach:
        if not self.present:
            return Reach.GONE
        return Reach.OK if Right.POST in self.rights else Reach.MISSING


@dataclass(frozen=True, slots=True)
class Channel:
    """A chat as it was when we last looked, and whether posts go there."""

    look: Look
    checked_at: datetime
    use: Use = Use.OFFERED
    enabled_by: PersonId | None = None
    enabled_at: datetime | None = None

    @property
    def chat_id(self) -> int:
        return self.look.chat_id

    @property
    def reach(self) -> Reach:
        return self.look.reach

    @property
    def name(self) -> str:
        """The @username, or the number of a channel without one."""
        return f"@{self.look.username}" if self.look.username else str(self.chat_id)

    @property
    def missing(self) -> tuple[Right, ...]:
        return tuple(right for right in WANTED if right not in self.look.rights)

    @property
    def takes_posts(self) -> bool:
        """Whether a post to it is tried: also where nobody enabled it yet, never where it was
        disabled or lost."""
        return self.use in (Use.ENABLED, Use.OFFERED) and self.reach is Reach.OK

    def seen(self, look: Look, at: datetime) -> "tuple[Channel, Turn | None]":
        """The channel after another look, and what is to be told of the difference."""
        now = replace(self, look=look, checked_at=at)
        if self.use is Use.ENABLED and look.reach is not Reach.OK:
            return replace(now, use=Use.PAUSED), Turn.LOST
        if self.reach is Reach.OK or look.reach is not Reach.OK:
            return now, None
        turns = {Use.PAUSED: Turn.BACK, Use.OFFERED: Turn.OFFER}
        return now, turns.get(self.use)

    def enabled(self, by: PersonId, at: datetime) -> "Channel":
        return replace(self, use=Use.ENABLED, enabled_by=by, enabled_at=at)

    def disabled(self) -> "Channel":
        return replace(self, use=Use.DISABLED)


class NoTarget(BotError):
    """What no post can be sent to; carries the key of the phrase that says what to do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@dataclass(frozen=True, slots=True)
class ForumTopic:
    """A topic of a forum, as far as we heard of it."""

    chat_id: int
    thread_id: int
    name: str

    @property
    def target(self) -> str:
        return f"{self.chat_id}/{self.thread_id}"


@dataclass(frozen=True, slots=True)
class Address:
    """A chat as a person or a delivery names it: by `@name` or number, and maybe a topic of it."""

    chat: int | str
    thread: int | None = None

    @property
    def is_person(self) -> bool:
        return isinstance(self.chat, int) and self.chat > 0

    def __str__(self) -> str:
        return str(self.chat) if self.thread is None else f"{self.chat}/{self.thread}"

    def among(self, channels: Iterable[Channel]) -> Channel | None:
        """The channel that it names."""
        name = str(self.chat).lower()
        return next((c for c in channels if name in (str(c.chat_id), c.name.lower())), None)


_ADDRESS = re.compile(
    r"(?:(?P<link>(?:https?://)?t\.me/)(?P<hidden>c/)?)?"
    r"(?P<chat>@?[A-Za-z][A-Za-z0-9_]{3,31}|-?[1-9][0-9]{0,15})(?:/(?P<thread>[1-9][0-9]{0,9}))?"
)


def address_of(text: str) -> Address | None:
    """What `text` names: `@name` or a number, with `/45` for a topic, or a link to it as the apps
    copy it (`t.me/name/45`, `t.me/c/1234/45`); else None."""
    found = _ADDRESS.fullmatch(text.strip())
    if found is None:
        return None
    chat, thread = found["chat"], int(found["thread"]) if found["thread"] else None
    if chat.lstrip("-").isdigit():
        linked = f"-100{chat}" if found["hidden"] else None if found["link"] else chat
        return Address(int(linked), thread) if linked else None
    named = bool(found["link"]) != chat.startswith("@") and not found["hidden"]
    return Address(f"@{chat.lstrip('@')}", thread) if named else None
