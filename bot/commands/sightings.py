"""Dates of calendar days that were confirmed, at hand for every preview."""

from collections.abc import Mapping
from datetime import date

from bot.core.ports import NewUow


class Sightings:
    """What admins confirmed, as of the last `load()`; before it there is nothing.

    For what is shown. Whoever plans reads it in the transaction (`bot.core.planning`).
    """

    def __init__(self, new_uow: NewUow) -> None:
        self._new_uow = new_uow
        self.confirmed: Mapping[tuple[str, int], date] = {}

    def load(self) -> None:
        """Read them anew: another process may have written."""
        with self._new_uow(reading=True) as uow:
            self.confirmed = uow.confirmed_days.all()
