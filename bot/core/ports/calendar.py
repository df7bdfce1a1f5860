"""What is kept of the calendar: dates that admins confirmed, and who was told what of it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol

from bot.core.people import PersonId


class ConfirmedDays(Protocol):
    """Actual dates of calendar days, by the day's id and the year of its own reckoning."""

    def all(self) -> dict[tuple[str, int], date]: ...

    def put(self, day_id: str, year: int, date: date, by: PersonId, now: datetime) -> None:
        """Confirm it, or change what was confirmed."""

    def remove(self, day_id: str, year: int) -> bool:
        """Whether there was one to take back."""


class Notices(Protocol):
    """How far each moderator was told of what is coming, and who wants no such notices."""

    def told(self, what: str) -> dict[PersonId, datetime]:
        """How far each person was told of `what`."""

    def claim(self, person: PersonId, what: str, since: datetime, until: datetime) -> bool:
        """Note that they are told of `what` up to `until`; False where they were told of what is
        at `since`. Of several processes that come at once one gets True."""

    def give_back(self, person: PersonId, what: str) -> None:
        """They could not be told after all."""

    def unwanted_by(self) -> set[PersonId]: ...

    def want(self, person: PersonId, *, wanted: bool) -> None: ...

    def forget(self, person: PersonId) -> None: ...

    def keep_only(self, people: Collection[PersonId]) -> None:
        """Forget whoever has no role any more."""
