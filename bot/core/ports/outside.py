"""Platforms and files outside the database."""

from typing import Protocol

from bot.core.changes import News, Proposal, Written
from bot.core.channels import Address, Look
from bot.core.people import PersonId
from bot.core.replies import Reply


class Keeper(Protocol):
    """Who keeps the content, from any thread; what it takes over is served at once."""

    def state(self) -> News:
        """The revision that is served, and the faults of what is on disk, if it has any."""

    def reload(self, *, confirmed: bool) -> News:
        """Look at the files now; `confirmed` lets many records vanish."""

    def propose(self, file_name: str, raw: bytes, hint: str) -> Proposal:
        """Check a file without writing it; `hint` may name its folder. Raises `EditRefused`."""

    def write(self, token: str) -> Written:
        """Write a proposal, keeping the version before it. Raises `EditRefused`, also where the
        file was changed since it was proposed."""

    def drop(self, token: str) -> None: ...

    def undo(self) -> Written:
        """Bring back what the latest write replaced. Raises `EditRefused`."""


class Messenger(Protocol):
    """A platform that messages can be sent to."""

    async def send(self, target: str, reply: Reply, under: int | None = None) -> int:
        """Send, as an answer to message `under` if it is there, and return the id of the (first)
        message.

        Raises `TryLater`, `NotSent`, `Refused`, or plain `DeliveryError` where nobody can tell.
        """

    async def amend(self, target: str, message_id: int, reply: Reply) -> None:
        """Show the reply in place of a message of ours that is of its kind: text, or picture.

        One that shows it already is fine. Raises as `send` does, `Refused` where that message
        cannot be edited (any more).
        """

    async def amend_inline(self, inline_id: str, reply: Reply) -> None:
        """The same for a message that somebody sent through us."""

    async def tell(self, person: PersonId, reply: Reply) -> bool:
        """Send to a person's private chat; False, and nothing raised, where it is worth another
        try. A person who cannot be written to counts as told."""


class Chats(Protocol):
    """A platform that can be asked about its chats."""

    async def look(self, address: Address) -> Look | None:
        """The chat and our place in it; None where there is no such chat, or none that we may see.

        Raises `DeliveryError` where the platform cannot be asked now.
        """
