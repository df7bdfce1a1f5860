"""What moderators are told of together, so that nobody can flood them."""

from datetime import datetime, timedelta
from threading import Lock

EVERY = timedelta(minutes=1)


class Gathering:
    """The first is told at once; those that come within a minute of a notice wait for the next.

    In memory alone: /reports lists them all. For any thread.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._told_at: datetime | None = None
        self._waiting = 0

    def comes(self, now: datetime) -> bool:
        """Whether one that comes now is told of at once; else it waits."""
        with self._lock:
            if self._is_quiet(now) and not self._waiting:
                self._told_at = now
                return True
            self._waiting += 1
            return False

    def take(self, now: datetime) -> int:
        """How many are to be told of now, who then wait no more."""
        with self._lock:
            if not self._waiting or not self._is_quiet(now):
                return 0
            waiting, self._waiting, self._told_at = self._waiting, 0, now
            return waiting

    def _is_quiet(self, now: datetime) -> bool:
        return self._told_at is None or now - self._told_at >= EVERY
