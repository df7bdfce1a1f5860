"""What the rules of planning make of a campaign that begins on a day, for commands to ask for."""

import calendar as months
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.core.library import Library
from bot.core.posts import Finding, Post
from bot.core.records import Campaign, CampaignPost, Language
from bot.core.schedule import Calendar

_NAMED = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(months.month_name[1:])})\b")
_YEARS = 5
"""How far ahead 29 February surely comes."""


class Laid(Protocol):
    """One post of the series, from 1, at its time; `why` is what moved it from that of its file."""

    @property
    def number(self) -> int: ...
    @property
    def post(self) -> CampaignPost: ...
    @property
    def at(self) -> datetime: ...
    @property
    def moved(self) -> bool: ...
    @property
    def findings(self) -> Sequence[Finding]: ...
    @property
    def why(self) -> Sequence[Finding]: ...


@dataclass(frozen=True)
class Start:
    """A campaign on its first day in one channel, with the posts that are planned or were sent."""

    campaign: Campaign
    day: date
    channel: str
    language: Language
    beside: Iterable[Post] = ()


class LayOut(Protocol):
    def __call__(
        self, start: Start, library: Library, calendar: Calendar, now: datetime, /
    ) -> Sequence[Laid]:
        """The series in its order, each post judged at its time."""


def unplanned(start: Start, *_: object) -> Sequence[Laid]:
    raise LookupError(f"{start.campaign.id}: nobody lays campaigns out; give the desk a `lay_out`")


def suggested_day(campaign: Campaign, calendar: Calendar, today: date) -> date | None:
    """The next day that its file names as the first, else that of the day it is tied to.

    Words like "8 October" are looked for in `window.starts`; of several the earliest to come.
    """
    found = _NAMED.match(campaign.window.starts or "")
    if found:
        month = list(months.month_name).index(found[2])
        years = range(today.year, today.year + _YEARS)
        return next((day for each in years if (day := _date(each, month, found[1])) > today), None)
    tied = campaign.calendar and next(
        calendar.coming(campaign.calendar, today + timedelta(days=1)), None
    )
    return tied.date if tied else None


def _date(year: int, month: int, day: str) -> date:
    """The day of that year; the last one of the month where it has fewer."""
    return date(year, month, min(int(day), months.monthrange(year, month)[1]))
