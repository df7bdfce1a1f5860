"""A keeper of content that has the shipped set and lets nobody change it."""

from bot.core.changes import News, Proposal, Written
from bot.core.errors import EditRefused


class FakeKeeper:
    """The `Keeper` of `bot.core.ports` for tests that are not about changing content."""

    def __init__(self, revision: str) -> None:
        self._news = News(revision)

    def state(self) -> News:
        return self._news

    def reload(self, *, confirmed: bool) -> News:
        return self._news

    def propose(self, file_name: str, raw: bytes, hint: str) -> Proposal:
        return Proposal(file_name, token="")

    def write(self, token: str) -> Written:
        raise EditRefused("edit.gone")

    def drop(self, token: str) -> None:
        pass

    def undo(self) -> Written:
        raise EditRefused("edit.gone")
