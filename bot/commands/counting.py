"""Taps on their way to the database."""

from collections import Counter
from datetime import date
from threading import Lock

from bot.core.ports import NewUow
from bot.core.taps import Tap


class Counting:
    """Counts in memory, so that no answer waits for the database. For any thread.

    What was not written when a process dies is lost: whoever tells a count says "at least".
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._counted = Counter[tuple[Tap, date]]()

    def comes(self, tap: Tap, day: date) -> None:
        with self._lock:
            self._counted[tap, day] += 1

    def write(self, new_uow: NewUow) -> None:
        """Add to the database what came since the last time; where that fails it is kept."""
        with self._lock:
            counted, self._counted = self._counted, Counter()
        if not counted:
            return
        try:
            with new_uow() as uow:
                uow.results.add_taps(counted)
                uow.commit()
        except Exception:
            with self._lock:
                self._counted += counted
            raise
