"""Flood control, as far as its limits are known: per second, and per chat."""

from collections import deque
from dataclasses import dataclass, field
from math import ceil

from bot.adapters.playground.checks import Refusal


@dataclass(slots=True)
class Flood:
    """Messages let pass in any window of a second; None for a limit means none.

    `group_minute` is for groups and channels, in any minute.
    """

    overall: int | None = 30
    per_chat: int | None = None
    group_minute: int | None = None
    _all: deque[float] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)
    _groups: dict[int, deque[float]] = field(default_factory=dict)

    def check(self, chat: int | None, now: float) -> None:
        """Count a message to this chat, or raise the 429 that says when to come back.

        No chat: it is not known, or an inline message that only its own id names.
        """
        windows = [(self._all, self.overall, 1.0)]
        if self.per_chat is not None and chat is not None:
            windows.append((self._chats.setdefault(chat, deque()), self.per_chat, 1.0))
        if self.group_minute is not None and chat is not None and chat < 0:
            windows.append((self._groups.setdefault(chat, deque()), self.group_minute, 60.0))
        wait = max(_wait(times, limit, span, now) for times, limit, span in windows)
        if wait > 0:
            seconds = max(1, ceil(wait))
            raise Refusal(
                429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds}
            )
        for times, _, _ in windows:
            times.append(now)


def _wait(times: deque[float], limit: int | None, span: float, now: float) -> float:
    while times and times[0] <= now - span:
        times.popleft()
    return times[0] + span - now if limit is not None and len(times) >= limit else 0.0
