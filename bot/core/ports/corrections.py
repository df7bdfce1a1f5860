"""Corrections of what was sent: what they change, and who was told that one is wanted."""

from datetime import date, datetime
from typing import Protocol

from bot.core.people import PersonId
from bot.core.posts import Draft, Message, Post
from bot.core.records import Language


class Corrections(Protocol):
    """What is known of corrections, beside the posts and deliveries that they are."""

    def messages(self, draft: Draft) -> list[Message]:
        """What this correction has to change: every message of its post as it stands by now, and
        every kept inline card of its record in its language."""

    def open_of(self, post_id: int) -> Post | None:
        """The latest correction of a post that is not over."""

    def without_record(self, limit: int) -> list[Post]:
        """Corrections that arrived somewhere, of posts made from no record, latest first."""

    def told(self) -> set[tuple[str, str]]:
        """Entries of records, by record and fingerprint, of which the moderators know."""

    def claim(self, record_id: str, fingerprint: str, now: datetime, until: datetime) -> bool:
        """Whether it is for this process to tell of an entry, until then; never after `tell`."""

    def tell(self, record_id: str, fingerprint: str) -> None:
        """Note that the moderators were told of it."""


class InlineCards(Protocol):
    """Cards that staff sent through inline mode. Of readers there are none: the id of such a card
    holds the number of who sent it."""

    def keep(
        self, inline_id: str, record_id: str, language: Language, person: PersonId, day: date
    ) -> None: ...

    def inline_id(self, number: int) -> str | None:
        """None where its sender had it forgotten."""

    def languages_of(self, record_id: str) -> dict[Language, int]:
        """How many cards of a record there are in each language."""

    def forget(self, person: PersonId) -> int:
        """Delete all of that person; how many there were."""
