"""A moderator's phone in tests over HTTP."""

from bot.adapters.playground.messages import Message
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin


class Phone:
    """Somebody who presses one button after the other, each on the latest message."""

    def __init__(self, standin: Standin, user: User) -> None:
        self.standin, self.user = standin, user
        self.shown = Message()

    async def says(self, line: str) -> Message:
        self.user.says(line)
        return await self._next()

    async def presses(self, *labels: str) -> Message:
        for label in labels:
            self.user.presses(self.shown, label)
            await self._next()
        return self.shown

    async def answers(self, text: str) -> Message:
        self.user.says(text, reply_to=self.shown)
        return await self._next()

    async def shows(self, raw: bytes, caption: str = "") -> Message:
        """Send a photo as an answer to the latest message."""
        self.user.shows(raw, caption, reply_to=self.shown)
        return await self._next()

    async def _next(self) -> Message:
        self.shown = await self.standin.wait_for(self.user)
        return self.shown
