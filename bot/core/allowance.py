"""How much of something each may do within a span of time."""

import hashlib
import secrets
from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock
from typing import NamedTuple


class _Left(NamedTuple):
    amount: float
    at: datetime
    refused: int


class Allowance:
    """`most` at once, refilled evenly within `span`; who goes beyond it waits until it is full.

    Whoever they are, they are known by a mark under a key that no other process has, and until
    theirs is full again. For any thread.
    """

    def __init__(self, most: int, span: timedelta) -> None:
        self._most = most
        self._span = span
        self._key = secrets.token_bytes(32)
        self._left: OrderedDict[bytes, _Left] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """How many are known just now."""
        return len(self._left)

    def take(self, who: str, now: datetime) -> int:
        """0 where it is allowed, else which refusal in a row this is, from 1."""
        mark = hashlib.blake2b(who.encode(), digest_size=16, key=self._key).digest()
        with self._lock:
            self._forget_the_full(now)
            left = self._after(self._left.pop(mark, None), now)
            self._left[mark] = left
        return left.refused

    def _after(self, before: _Left | None, now: datetime) -> _Left:
        if before is None:
            return _Left(self._most - 1, now, 0)
        refilled = self._most * (max(now - before.at, timedelta()) / self._span)
        amount = min(self._most, before.amount + refilled)
        if amount < (self._most if before.refused else 1):
            return _Left(amount, now, before.refused + 1)
        return _Left(amount - 1, now, 0)

    def _forget_the_full(self, now: datetime) -> None:
        while self._left and next(iter(self._left.values())).at + self._span <= now:
            self._left.popitem(last=False)
