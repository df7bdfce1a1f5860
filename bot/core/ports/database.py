"""One transaction, and the repositories that it carries."""

from contextlib import AbstractContextManager
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.core.ports.calendar import ConfirmedDays, Notices
from bot.core.ports.corrections import Corrections, InlineCards
from bot.core.ports.deliveries import Deliveries
from bot.core.ports.people import Audit, Feeds, Languages, Reports, Roles, SilentGroups, Subscribers
from bot.core.ports.posts import Channels, Holds, Posts, Runs
from bot.core.ports.results import Results
from bot.core.posts import PostState


class Uploads(Protocol):
    """Pictures that the platform has already, by 64 digits that stand for what was drawn, how, and
    for which bot."""

    def file_id(self, fingerprint: str) -> str | None: ...

    def keep(self, fingerprint: str, file_id: str, now: datetime) -> None:
        """Remember it, and forget what is older than the newest five thousand."""


class Figures(Protocol):
    """Counts for whoever looks after the bot."""

    def posts(self) -> dict[PostState, int]: ...

    def database(self) -> str:
        """What kind it is: sqlite or postgresql."""


class Traces(StrEnum):
    """For how long what was deleted is still in the database's own files."""

    NONE = "none"
    FOR_MINUTES = "minutes"
    UNTIL_SERVER_CLEANS = "server"


class UnitOfWork(Protocol):
    """One short transaction. Rolled back unless `commit()` ran."""

    @property
    def posts(self) -> Posts: ...

    @property
    def deliveries(self) -> Deliveries: ...

    @property
    def languages(self) -> Languages: ...

    @property
    def silent_groups(self) -> SilentGroups: ...

    @property
    def subscribers(self) -> Subscribers: ...

    @property
    def reports(self) -> Reports: ...

    @property
    def uploads(self) -> Uploads: ...

    @property
    def roles(self) -> Roles: ...

    @property
    def audit(self) -> Audit: ...

    @property
    def holds(self) -> Holds: ...

    @property
    def figures(self) -> Figures: ...

    @property
    def channels(self) -> Channels: ...

    @property
    def feeds(self) -> Feeds: ...

    @property
    def results(self) -> Results: ...

    @property
    def runs(self) -> Runs: ...

    @property
    def corrections(self) -> Corrections: ...

    @property
    def inline_cards(self) -> InlineCards: ...

    @property
    def confirmed_days(self) -> ConfirmedDays: ...

    @property
    def notices(self) -> Notices: ...

    def commit(self) -> None: ...

    def cleanse(self) -> Traces:
        """After a commit: rid the database's own files of what was deleted, as far as it goes now.

        The clock does it again and again. It may hold up who writes for half a second.
        """


class NewUow(Protocol):
    """A maker of units of work."""

    def __call__(self, *, reading: bool = False) -> AbstractContextManager[UnitOfWork]:
        """One that is only for `reading` waits for nobody who writes.

        It changes nothing, and raises `OutsideError` where the database does not answer at once.
        """
