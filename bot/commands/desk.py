"""What a command may reach."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.commands.choices import Choices
from bot.commands.counting import Counting
from bot.commands.gathering import Gathering
from bot.commands.sightings import Sightings
from bot.commands.staff import Staff
from bot.core.allowance import Allowance
from bot.core.channels import Address, Look
from bot.core.drawings import Drawing
from bot.core.errors import NotSent, OutsideError
from bot.core.laying import LayOut, unplanned
from bot.core.library import Library
from bot.core.people import PersonId, Role
from bot.core.phrases import Phrases
from bot.core.ports import Clock, Grounds, Judge, Keeper, NewUow, UnitOfWork
from bot.core.recent import Recent
from bot.core.records import Language
from bot.core.schedule import Calendar
from bot.search.index import Index

if TYPE_CHECKING:
    from bot.commands.briefs import Brief

RECENT_BRIEFS = 500
REPORTS_OF_ONE, REPORTS_WITHIN = 3, timedelta(minutes=10)
"""So that nobody takes all the places of reports that may wait."""


def nobody_to_ask(address: Address) -> Look | None:
    raise NotSent(f"{address}: there is no platform here that could be asked about it")


def nobody_to_count(address: Address) -> int:
    raise NotSent(f"{address}: there is no platform here that could count its members")


def nobody_to_draw(drawing: Drawing) -> bytes:
    raise OutsideError(f"{drawing.title}: pictures are not drawn here; ask the running bot")


@dataclass(frozen=True)
class Desk:
    """Everything a command works with; another set of content makes another desk.

    `owners` are the people whom the settings name, `staff` those who were granted a role. `zone` is
    the one that moderators' wall-clock times are meant in, `languages` those that one may choose,
    `username` the bot's own, where it has one, `web_root` the beginning of its addresses over HTTP.
    `look` is that of `Chats` in `bot.core.ports`, for commands, which run in a thread and may wait;
    so are `members`, how many a chat has (it raises `DeliveryError` where that is not told), and
    `draw`, a drawing as a PNG. `judge` says what speaks against a post, `taps` counts those on
    links, `lay_out` lays a campaign out over its days.
    `started_at` is when this process did, `errors` how many it logged within the last hour.
    """

    library: Library
    index: Index
    phrases: Phrases
    owners: tuple[PersonId, ...]
    clock: Clock
    zone: ZoneInfo
    new_uow: NewUow
    keeper: Keeper
    choices: Choices
    staff: Staff
    languages: tuple[Language, ...]
    sightings: Sightings
    judge: Judge
    username: str = ""
    web_root: str = ""
    look: Callable[[Address], Look | None] = nobody_to_ask
    members: Callable[[Address], int] = nobody_to_count
    draw: Callable[[Drawing], bytes] = nobody_to_draw
    lay_out: LayOut = unplanned
    started_at: datetime | None = None
    errors: Callable[[], int] = lambda: 0
    briefs: "Recent[tuple[str, Language, date], Brief]" = field(
        default_factory=lambda: Recent(RECENT_BRIEFS)
    )
    reporting: Allowance = field(default_factory=lambda: Allowance(REPORTS_OF_ONE, REPORTS_WITHIN))
    new_reports: Gathering = field(default_factory=Gathering)
    taps: Counting = field(default_factory=Counting)

    @property
    def calendar(self) -> Calendar:
        """The days that schedules lean on."""
        return Calendar(self.library.calendar, self.sightings.confirmed)

    def grounds(self, language: Language = "en") -> Grounds:
        """What posts are judged on now, for somebody who reads this language."""
        return Grounds(self.library, self.calendar, self.clock(), language, self.username)

    def say(self, language: Language, key: str, **values: object) -> str:
        return self.phrases.say(language, key, **values)

    def role_of(self, person: PersonId | None) -> Role:
        """As it was when the roles were last read, for menus and notices."""
        if person is None:
            return Role.READER
        return Role.OWNER if person in self.owners else self.staff.role_of(person)

    def role_now(self, person: PersonId | None) -> Role:
        """As it is in the database at this moment."""
        if person is not None:
            self.staff.load()
        return self.role_of(person)

    def role_in(self, uow: UnitOfWork, person: PersonId | None) -> Role:
        """As it is in this transaction: for what may not be done by somebody whose role is gone."""
        if person is None:
            return Role.READER
        return Role.OWNER if person in self.owners else uow.roles.of(person)

    def people(self, least: Role = Role.MODERATOR) -> tuple[PersonId, ...]:
        """Everyone of that role or a higher one, owners first."""
        granted = (each for each, role in self.staff.roles.items() if role >= least)
        return tuple(dict.fromkeys((*self.owners, *granted)))

    def language_of(self, person: PersonId | None, otherwise: Language) -> Language:
        """The language that a person chose, where it is still offered."""
        chosen = self.choices.language_of(person)
        return chosen if chosen in self.languages else otherwise

    def today(self) -> date:
        return self.clock().astimezone(self.zone).date()

    def local(self, moment: datetime) -> str:
        """A moment as moderators read it: `YYYY-MM-DD HH:MM` in the zone of the settings."""
        return f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M}"

    def others(self, person: PersonId | None) -> tuple[PersonId, ...]:
        """The other people who may decide on what `person` wrote."""
        return tuple(other for other in self.people() if other != person)
