"""What posts came to: counts, and nobody in them."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Protocol

from bot.core.posts import Draft
from bot.core.results import Sent
from bot.core.taps import Tap, Typed


class Results(Protocol):
    """Counts of taps and reactions, figures typed by hand, and how posts were sent."""

    def add_taps(self, counted: Mapping[tuple[Tap, date], int]) -> None:
        """Add these to what was counted on those days (of the settings' time zone)."""

    def taps(self, campaign: str) -> dict[Tap, int]: ...

    def days(self, campaign: str) -> tuple[date, date] | None:
        """The first and the last day on which something of it was tapped."""

    def campaigns(self) -> dict[str, int]:
        """Campaigns that posts were planned of or links followed to, with how many posts."""

    def posts(self, campaign: str) -> dict[int, Draft]:
        """What those of a campaign say for which deliveries were planned, by number, in order."""

    def sent(self, posts: Collection[int]) -> dict[int, Sent]:
        """How the deliveries of each of these posts ended; those without any are left out."""

    def note_reactions(self, chat_id: int, message_id: int, total: int, at: datetime) -> None:
        """How many a message has at that moment; an older count changes nothing."""

    def reactions(self, posts: Collection[int]) -> dict[int, int]:
        """The sum of the latest counts of each post's messages, where any was ever told."""

    def type_views(self, post_id: int, views: int, at: datetime) -> None:
        """Keep what somebody read in the app, in place of what was typed before."""

    def views(self, posts: Collection[int]) -> dict[int, Typed]: ...

    def reports(self, records: Collection[str], since: date) -> int:
        """How many errors readers reported in these records from that day on."""

    def holds(self, since: datetime, until: datetime) -> int:
        """How often everything was stopped between the two moments."""
