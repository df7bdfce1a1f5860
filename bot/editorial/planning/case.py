"""One post at its time, with everything that it is judged by."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from bot.core.library import Library
from bot.core.plan_rules import PlanRules
from bot.core.schedule import Calendar
from bot.core.schedule.clock import wall
from bot.editorial.findings import Spot
from bot.editorial.planning.days import KeptDays
from bot.editorial.planning.plans import Plan, PlannedPost


@dataclass(frozen=True)
class Situation:
    """What holds for all posts at one moment.

    `days` is the calendar by date, `zone` the one of wall-clock times.
    """

    library: Library
    days: KeptDays
    zone: tzinfo
    now: datetime

    @property
    def rules(self) -> PlanRules:
        return self.library.plan_rules

    @property
    def calendar(self) -> Calendar:
        return self.days.calendar

    @property
    def today(self) -> date:
        return wall(self.now, self.zone).date()


@dataclass(frozen=True)
class Case:
    post: PlannedPost
    plan: Plan
    situation: Situation

    @property
    def rules(self) -> PlanRules:
        return self.situation.rules

    @property
    def wall(self) -> datetime:
        """Its time as the clocks on the wall show it."""
        return self.wall_of(self.post)

    @property
    def day(self) -> date:
        return self.wall.date()

    def wall_of(self, post: PlannedPost) -> datetime:
        return wall(post.at, self.situation.zone)

    def others(self, before: timedelta, after: timedelta) -> tuple[PlannedPost, ...]:
        """The other posts of the channel around it; its own in other languages are none."""
        found = self.plan.near(self.post, before, after)
        return tuple(each for each in found if each.story != self.post.story or each.repeats)

    def others_that_day(self) -> tuple[PlannedPost, ...]:
        day = timedelta(days=1)
        return tuple(e for e in self.others(day, day) if self.wall_of(e).date() == self.day)


Check = Callable[[Case], Iterator[Spot]]
AT = ("at",)


def at(about: str = "", case: Case | None = None) -> Spot:
    """A spot that means the time of the post."""
    return Spot(AT, f"{case.wall:%Y-%m-%d %H:%M}" if case else "", about)
