"""What the editorial rules say of posts."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.core.library import Library
from bot.core.months import Clashes, Entry
from bot.core.ports.database import UnitOfWork
from bot.core.posts import Delivery, Finding, Post
from bot.core.records import Language
from bot.core.schedule import Calendar

Findings = tuple[Finding, ...]


class Grounds(NamedTuple):
    """What posts are judged on: the content, the days and the moment as they are now.

    `language` is that of whoever reads the findings, `username` the bot's own.
    """

    library: Library
    calendar: Calendar
    now: datetime
    language: Language = "en"
    username: str = ""


class Judge(Protocol):
    """What else is planned and was sent comes from the transaction that each is asked in."""

    def findings(self, post: Post, uow: UnitOfWork, grounds: Grounds) -> Findings:
        """What speaks against the post as it stands, and against its coming times."""

    def read_ahead(self, post: Post, uow: UnitOfWork, grounds: Grounds) -> None:
        """Read what `findings` will need and keep it, so that they take no time where others wait:
        inside a transaction that writes."""

    def clashes(self, post: Post, uow: UnitOfWork, grounds: Grounds) -> Findings:
        """Only what speaks against its hours and days, beside the posts around them: quick."""

    def moments(self, entries: Sequence[Entry], grounds: Grounds) -> Clashes:
        """What speaks against the moment of each of these beside each other, whatever they say."""

    def stops(self, post: Post, delivery: Delivery, uow: UnitOfWork, grounds: Grounds) -> Findings:
        """Why it may not be sent at this moment after all; its wording was judged before."""
