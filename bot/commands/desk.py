"""What a command may reach."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from bot.commands.choices import Choices
from bot.commands.gathering import Gathering
from bot.core.allowance import Allowance
from bot.core.library import Library
from bot.core.people import PersonId, Role
from bot.core.phrases import Phrases
from bot.core.ports import Clock, Keeper, NewUow
from bot.core.recent import Recent
from bot.core.records import Language
from bot.search.index import Index

if TYPE_CHECKING:
    from bot.commands.briefs import Brief

RECENT_BRIEFS = 500
REPORTS_OF_ONE, REPORTS_WITHIN = 3, timedelta(minutes=10)
"""So that nobody takes all the places of reports that may wait."""


@dataclass(frozen=True)
class Desk:
    """Everything a command works with; another set of content makes another desk.

    `owners` are the people whom the settings name; today they are the moderators too. `zone` is
    the one that moderators' wall-clock times are meant in, `languages` those that one may choose,
    `username` the bot's own, where it has one.
    """

    library: Library
    index: Index
    phrases: Phrases
    owners: tuple[PersonId, ...]
    clock: Clock
    zone: tzinfo
    new_uow: NewUow
    keeper: Keeper
    choices: Choices
    languages: tuple[Language, ...]
    username: str = ""
    briefs: "Recent[tuple[str, Language, date], Brief]" = field(
        default_factory=lambda: Recent(RECENT_BRIEFS)
    )
    reporting: Allowance = field(default_factory=lambda: Allowance(REPORTS_OF_ONE, REPORTS_WITHIN))
    new_reports: Gathering = field(default_factory=Gathering)

    def say(self, language: Language, key: str, **values: object) -> str:
        return self.phrases.say(language, key, **values)

    def role_of(self, person: PersonId | None) -> Role:
        return Role.OWNER if person in self.owners else Role.READER

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
        return tuple(other for other in self.owners if other != person)
