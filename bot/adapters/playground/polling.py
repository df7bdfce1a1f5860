"""getUpdates: the queue as Telegram serves it, one listener at a time, waiting when empty."""

import asyncio
from itertools import islice

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.checks import Json, Params, Refusal
from bot.adapters.playground.world import World

MOST_AT_ONCE = 100
LONGEST_WAIT = 50
TAKEN_OVER = Refusal(
    409,
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
)


class Polling:
    """`open` ends with the server, so that no poll outlives it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._waiting: asyncio.Future[bool] | None = None
        world.listeners.append(self._on_event)

    async def get_updates(self, params: Params) -> list[Json]:
        """Confirm what lies before `offset`, then answer with the rest, at once or when it comes.

        A second call ends the first with a 409: the older one is the one that loses.
        """
        self._end(taken_over=True)
        self._allow(params)
        self._confirm(params.integer("offset"))
        wait = min(max(params.integer("timeout"), 0), LONGEST_WAIT)
        if not self.world.updates and wait:
            await self._wait(wait)
        limit = params.integer("limit", MOST_AT_ONCE)
        limit = limit if 1 <= limit <= MOST_AT_ONCE else MOST_AT_ONCE
        return list(islice(self.world.updates, limit))

    def stop(self) -> None:
        self._end(taken_over=False)

    async def _wait(self, seconds: float) -> None:
        mine = self._waiting = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                taken_over = await mine
        except TimeoutError:
            return
        finally:
            if self._waiting is mine:
                self._waiting = None
        if taken_over:
            raise TAKEN_OVER

    def _end(self, taken_over: bool) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(taken_over)
        self._waiting = None

    def _on_event(self, kind: str, _chat: Chat | None, _payload: object) -> None:
        if kind == "update" and self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(False)

    def _allow(self, params: Params) -> None:
        given = params.structure("allowed_updates", "can't parse allowed_updates JSON object")
        if isinstance(given, list):
            self.world.allowed = frozenset(map(str, given)) or None

    def _confirm(self, offset: int) -> None:
        updates = self.world.updates
        if offset < 0:
            while len(updates) > -offset:
                updates.popleft()
        while updates and updates[0]["update_id"] < offset:
            updates.popleft()
