"""The most recent results of something that takes long to make."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """At most `most` results; the one that was made longest ago makes room. For any thread."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: dict[K, V] = {}

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The result for `key`, made if it is not there. Two threads may make the same one."""
        found = self._made.get(key)
        if found is None:
            self.put(key, found := make())
        return found

    def find(self, key: K) -> V | None:
        return self._made.get(key)

    def put(self, key: K, value: V) -> None:
        self._made[key] = value
        while len(self._made) > self._most:
            self._made.pop(next(iter(self._made)), None)
