"""A campaign file laid out over its days and hours."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, TypeGuard

from bot.core.records import Attack, Campaign, CampaignPost, Event, Language, Record
from bot.core.schedule.clock import instant, wall
from bot.core.schedule.days import clamped
from bot.editorial.findings import Finding, Severity, Spot, told
from bot.editorial.lexicons import Lexicons
from bot.editorial.planning.case import AT, Situation
from bot.editorial.planning.hours import quiet_at
from bot.editorial.planning.judging import judge_plan
from bot.editorial.planning.plans import Plan, PlannedPost
from bot.editorial.planning.remembrance import allows
from bot.editorial.planning.telling import names_group, victims_of
from bot.editorial.planning.wordings import sketch

_DAY = timedelta(days=1)
_STEP = timedelta(minutes=15)
FURTHEST = 60
"""Days by which a post is moved on at most; then it stays, with its findings."""


class SeriesRule(NamedTuple):
    id: str
    severity: Severity
    wrong: str
    cure: str


LATE = SeriesRule(
    "T9", "warning", "little time for writing and review before the day it is tied to",
    "have it reviewed at once, or start it another time",
)  # fmt: skip
DARK_END = SeriesRule(
    "T7", "warning", "a campaign that tells of groups ends on such a post",
    "close it on a constructive one",
)  # fmt: skip


class Slot(NamedTuple):
    """Where one post of a series would go out: `number` counts its posts from 1.

    `moved` says that its day or its hour is not the one the file gives, `why` what spoke against
    that one; nothing did where a post only stays behind the one before it.
    """

    number: int
    post: CampaignPost
    at: datetime
    moved: bool
    findings: tuple[Finding, ...]
    why: tuple[Finding, ...] = ()


def laid_out(
    campaign: Campaign,
    start: date,
    situation: Situation,
    lexicons: Lexicons,
    channel: str,
    plan: Plan | None = None,
    language: Language = "en",
) -> tuple[Slot, ...]:
    """The series of a campaign file that is started on a date, in its order.

    Each post is judged beside the others and beside `plan`, as `judge_plan` does. One whose day
    does not allow its type waits for the next day that does, and those after it stay behind it;
    an hour that is to be quiet gives way to the nearest that is not. The posts of a commemoration
    lie on the days on which the calendar remembers what they tell of, or on its anniversaries;
    without one, on the day the campaign is tied to.
    """
    meant = [_meant(campaign, post, start, situation) for post in campaign.posts]
    times = list(_free(campaign, meant, situation))
    planned = [
        _planned(campaign, number, at, situation, lexicons, channel, language)
        for number, at in enumerate(times, 1)
    ]
    together = Plan((*(plan.posts if plan else ()), *planned))
    return tuple(
        Slot(
            -each.id,
            post,
            each.at,
            each.at != instant(first, situation.zone),
            (
                *judge_plan(each, together, situation),
                *_of_series(campaign, each, planned, situation),
            ),
            _against(each, instant(first, situation.zone), situation),
        )
        for post, each, first in zip(campaign.posts, planned, meant, strict=True)
    )


def _against(post: PlannedPost, first: datetime, situation: Situation) -> tuple[Finding, ...]:
    """What its day and hour in the file would be told, where it was moved from them."""
    if post.at == first:
        return ()
    found = judge_plan(replace(post, at=first), Plan(), situation)
    return tuple(each for each in found if each.field == AT)


def _meant(campaign: Campaign, post: CampaignPost, start: date, situation: Situation) -> datetime:
    """Its time on the wall as the file has it."""
    slots = campaign.window.slots
    clock = time.fromisoformat(slots[min(post.slot, len(slots)) - 1])
    day = start + (post.day - 1) * _DAY
    if campaign.kind == "commemoration":
        day = _anniversary(campaign, post, start, situation) or day
    return datetime.combine(day, clock)


def _anniversary(
    campaign: Campaign, post: CampaignPost, start: date, situation: Situation
) -> date | None:
    """The day on which the calendar remembers it, else that of its year, else the campaign's."""
    told, calendar = situation.library.get(post.record or ""), situation.calendar
    kept = [name for name, day in calendar.days.items() if told and told.id in day.records]
    if not kept and (isinstance(told, Attack) or _is_of_a_day(told)):
        years = (start.year, start.year + 1)
        days = (clamped(year, told.date.month, told.date.day) for year in years)
        return next(day for day in days if day >= start)
    tied = kept or ([campaign.calendar] if campaign.calendar else [])
    dates = (next(calendar.coming(name, start), None) for name in tied)
    return min((each.date for each in dates if each), default=None)


def _is_of_a_day(record: Record | None) -> TypeGuard[Event]:
    return isinstance(record, Event) and record.precision == "day"


def _free(campaign: Campaign, meant: list[datetime], situation: Situation) -> Iterator[datetime]:
    """The moments that are free for the posts: each after the one before, save anniversaries."""
    after: datetime | None = None
    for post, first in zip(campaign.posts, meant, strict=True):
        at = first
        if campaign.kind != "commemoration":
            while after and at <= after:
                at += _DAY
            days = (at + n * _DAY for n in range(FURTHEST + 1))
            at = next((day for day in days if allows(post.type, day.date(), situation)), at)
            after = at
        yield instant(_nearest_hour(at, situation), situation.zone)


def _nearest_hour(at: datetime, situation: Situation) -> datetime:
    """The same time on the wall, or the nearest of the day at which posts may go out."""
    for steps in range(96):
        for other in (at + steps * _STEP, at - steps * _STEP):
            moment = instant(other, situation.zone)
            if other.date() == at.date() and not quiet_at(moment, other, situation):
                return other
    return at


def _planned(
    campaign: Campaign,
    number: int,
    at: datetime,
    situation: Situation,
    lexicons: Lexicons,
    channel: str,
    language: Language,
) -> PlannedPost:
    """The post as it would be planned; numbers below zero are of posts that are not written yet."""
    post = campaign.posts[number - 1]
    text = f"{post.headline.in_language(language)}\n{post.text.in_language(language)}"
    records = (post.record,) if post.record else ()
    return PlannedPost(
        id=-number,
        channel=channel,
        at=at,
        type=post.type,
        wording=sketch(text),
        language=language,
        campaign=campaign.id,
        kind=campaign.kind,
        names_group=names_group(text, lexicons),
        victims=victims_of(records, situation.library, lexicons),
        records=records,
    )


def _of_series(
    campaign: Campaign, post: PlannedPost, planned: list[PlannedPost], situation: Situation
) -> Iterator[Finding]:
    """What the series as a whole is told at its first and at its last post."""
    if post is planned[0] and campaign.calendar:
        first = wall(post.at, situation.zone).date()
        tied = next(situation.calendar.coming(campaign.calendar, first), None)
        days = (tied.date - situation.today).days if tied else situation.rules.lead_days
        if days < situation.rules.lead_days:
            about = f"{days} days until {situation.calendar.day(campaign.calendar).name.en}"
            yield told(LATE, Spot(AT, f"{first}", about))
    if post is planned[-1] and post.exposes and campaign.kind != "commemoration":
        yield told(DARK_END, Spot(("type",), post.type))
