"""A platform that keeps what it is given, and fails where it was told to."""

import asyncio
from collections import defaultdict, deque

from bot.core.people import PersonId
from bot.core.replies import Reply


class FakeMessenger:
    """The `Messenger` of `bot.core.ports` in memory. Message ids count up from 101.

    `edited` are (`@target 101`, reply) or (inline id, reply), which `fail` and `hold` know too;
    `answered` says which message an answer stands under.
    """

    def __init__(self) -> None:
        self.sent: list[tuple[str, Reply]] = []
        self.told: list[tuple[PersonId, Reply]] = []
        self.edited: list[tuple[str, Reply]] = []
        self.answered: dict[int, int] = {}
        self.asked: list[str] = []
        self.deaf = False
        self._failures: defaultdict[str, deque[Exception]] = defaultdict(deque)
        self._held: dict[str, asyncio.Event] = {}
        self._is_asked = asyncio.Event()

    @property
    def targets(self) -> list[str]:
        """Where something arrived, in order."""
        return [target for target, _ in self.sent]

    def fail(self, target: str, *errors: Exception) -> None:
        """Raise each of `errors` once for `target`, in order, before it works."""
        self._failures[target].extend(errors)

    def hold(self, target: str) -> asyncio.Event:
        """Hang on sending to `target` until the result is set."""
        return self._held.setdefault(target, asyncio.Event())

    async def is_asked(self) -> None:
        """Return once something is to be sent, be it held or not."""
        await asyncio.wait_for(self._is_asked.wait(), 2)

    async def send(self, target: str, reply: Reply, under: int | None = None) -> int:
        self.asked.append(target)
        self._is_asked.set()
        if held := self._held.get(target):
            await held.wait()
        if self._failures[target]:
            raise self._failures[target].popleft()
        self.sent.append((target, reply))
        if under is not None:
            self.answered[100 + len(self.sent)] = under
        return 100 + len(self.sent)

    async def amend(self, target: str, message_id: int, reply: Reply) -> None:
        await self._edit(f"{target} {message_id}", reply)

    async def amend_inline(self, inline_id: str, reply: Reply) -> None:
        await self._edit(inline_id, reply)

    async def _edit(self, which: str, reply: Reply) -> None:
        """An edit that was held has been done, as one whose answer was lost."""
        if self._failures[which]:
            raise self._failures[which].popleft()
        self.edited.append((which, reply))
        if held := self._held.get(which):
            await held.wait()

    async def tell(self, person: PersonId, reply: Reply) -> bool:
        if not self.deaf:
            self.told.append((person, reply))
        return not self.deaf
