"""An event loop on which time passes at once: it jumps to whatever is due next."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Jumping(selectors.DefaultSelector):
    """Does not wait: what would have been waited is added to `passed`."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("everything waits and nothing is due: this test would never end")
        self.passed += timeout
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._clock = _Jumping()
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.passed


def at_once(work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, on a loop whose clock begins at 0 and never makes anyone wait."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)
