"""The pace of everything that is sent: below Telegram's limits, answers before posts.

Telegram lets pass about 30 messages a second, one a second to a chat, 20 a minute to a group; who
sends more is told to wait. We stay below by counting what went out in the last second, as Telegram
would. An answer goes as soon as there is room; posts leave room for the next answers, go evenly
spread, and stand back as long as an answer waits.
"""

import asyncio
from collections import deque
from contextlib import suppress
from datetime import timedelta

from bot.core.errors import TryLater

Chat = int | str | None
"""A chat's number or @username; None where a message is edited that only its own id names."""

LATENESS = 1.03
"""How much longer than a second our window is: what left us evenly arrives a little unevenly."""

ASKED_LATELY = 10.0
"""Seconds after an answer in which the whole share of answers is kept free, and not just one."""

PATIENCE = 1.0
"""Seconds that a post waits here, for its chat or for its turn; longer than that, it goes back to
its queue, where a hold stops it and a lease cannot run out under it."""

EVERYWHERE = 2
"""So many chats told to wait within a second, though we kept to the limits of each, mean that all
are: Telegram does not say which of its limits was reached."""


class Limit:
    """At most `most` messages a chat within `span` seconds; what is older is forgotten."""

    def __init__(self, most: int, span: float) -> None:
        self._most, self._span = most, span
        self._chats: dict[Chat, deque[float]] = {}

    def __len__(self) -> int:
        return len(self._chats)

    def wait(self, chat: Chat, now: float) -> float:
        """Seconds until another message may go there."""
        times = self._chats.get(chat)
        full = times is not None and len(times) >= self._most
        return max(0.0, times[-self._most] + self._span - now) if full and times else 0.0

    def is_kept(self, chat: Chat) -> bool:
        """Whether the last message there was within the limit."""
        times = self._chats.get(chat)
        if times is None or len(times) <= self._most:
            return True
        return times[-1] - times[0] >= self._span

    def note(self, chat: Chat, at: float) -> None:
        times = self._chats.pop(chat, None) or deque(maxlen=self._most + 1)
        times.append(at)
        self._chats[chat] = times  # at the end: the first is the one longest idle
        while self._chats[first := next(iter(self._chats))][-1] <= at - self._span:
            del self._chats[first]


class Pace:
    """One for the whole bot, on one event loop.

    `overall` is messages a second, 0 for no limit of ours; `kept` the share of them, 0 to 1, that
    posts leave to answers while people ask. Both ways in raise `TryLater` at once where Telegram
    said to wait, and `post` also where its turn is too far off.
    """

    def __init__(self, overall: float, kept: float) -> None:
        self._most = max(1, int(overall))
        self._span = LATENESS * self._most / overall if overall else 0.0
        self._free = overall == 0
        self._kept = min(self._most - 1, round(self._most * kept))
        self._sent: deque[float] = deque()
        self._answered = -ASKED_LATELY
        self._next_post = 0.0
        self._chats, self._groups = Limit(1, LATENESS), Limit(20, 60 * LATENESS)
        self._stopped: dict[Chat, float] = {}
        self._innocent: dict[Chat, float] = {}
        self._stopped_all = 0.0
        self._answers: deque[asyncio.Future[None]] = deque()
        self._posts: deque[asyncio.Future[None]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    async def answer(self, chat: Chat) -> None:
        """Return when an answer may go to `chat`."""
        now = asyncio.get_running_loop().time()
        self._check_stops(chat, now)
        self._note(chat, now)
        if self._free:
            return
        self._answered = now
        if not self._answers and self._room(self._most, now) <= 0:
            self._sent.append(now)
        else:
            await self._wait_in(self._answers)

    async def post(self, chat: Chat) -> None:
        """Return when a post may go to `chat`."""
        now = asyncio.get_running_loop().time()
        self._check_stops(chat, now)
        if self._free:
            self._note(chat, now)
            return
        wait = max(self._chats.wait(chat, now), self._groups.wait(chat, now))
        if wait > PATIENCE:
            raise TryLater(timedelta(seconds=wait))
        self._note(chat, now + wait)
        if wait:
            await asyncio.sleep(wait)
        try:
            async with asyncio.timeout(PATIENCE):
                await self._wait_in(self._posts)
        except TimeoutError:
            raise TryLater(timedelta(seconds=PATIENCE)) from None
        self._check_stops(chat, asyncio.get_running_loop().time())

    def stop(self, chat: Chat, wait: timedelta) -> None:
        """Telegram asked to wait: with this chat, and with all when it says so of several."""
        now = asyncio.get_running_loop().time()
        until = now + wait.total_seconds()
        self._stopped = {each: end for each, end in self._stopped.items() if end > now}
        self._stopped[chat] = max(until, self._stopped.get(chat, 0.0))
        if self._chats.is_kept(chat) and self._groups.is_kept(chat):
            lately = {each: at for each, at in self._innocent.items() if at > now - 1}
            self._innocent = lately | {chat: now}
            if len(self._innocent) >= EVERYWHERE:
                self._stopped_all = max(until, self._stopped_all)

    def _note(self, chat: Chat, at: float) -> None:
        self._chats.note(chat, at)
        if is_group(chat):
            self._groups.note(chat, at)

    def _check_stops(self, chat: Chat, now: float) -> None:
        until = max(self._stopped_all, self._stopped.get(chat, 0.0)) if self._stopped else 0.0
        if until > now:
            raise TryLater(timedelta(seconds=until - now))

    def _room(self, most: int, now: float) -> float:
        """Seconds until fewer than `most` messages are in the window."""
        while self._sent and self._sent[0] <= now - self._span:
            self._sent.popleft()
        over = len(self._sent) - most
        return self._sent[over] + self._span - now if over >= 0 else 0.0

    async def _wait_in(self, line: deque[asyncio.Future[None]]) -> None:
        mine = asyncio.get_running_loop().create_future()
        line.append(mine)
        self._let_go()
        try:
            await mine
        except asyncio.CancelledError:
            with suppress(ValueError):  # it went just now
                line.remove(mine)
            raise

    def _let_go(self) -> None:
        """Let those go who may, and come back when the next one may."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        loop = asyncio.get_running_loop()
        now = loop.time()
        while line := self._answers or self._posts:
            wait = self._room(self._most, now) if line is self._answers else self._post_wait(now)
            if wait > 0:
                self._timer = loop.call_at(now + wait, self._let_go)
                return
            if not (first := line.popleft()).done():  # done: whoever waited was cancelled
                self._sent.append(now)
                if line is self._posts:
                    apart = self._apart(now)
                    self._next_post = max(self._next_post, now - apart) + apart
                first.set_result(None)

    def _post_wait(self, now: float) -> float:
        return max(self._room(self._posts_at_most(now), now), self._next_post - now)

    def _posts_at_most(self, now: float) -> int:
        """How full posts may make the window. One place is free for whoever asks after a pause."""
        asked = now - self._answered < ASKED_LATELY
        return self._most - (self._kept if asked else min(1, self._kept))

    def _apart(self, now: float) -> float:
        """Seconds between two posts that are evenly spread."""
        return self._span / self._posts_at_most(now)


def is_group(chat: Chat) -> bool:
    """Whether it is a group or a channel, for which Telegram has a limit a minute."""
    return isinstance(chat, str) or (chat is not None and chat < 0)
