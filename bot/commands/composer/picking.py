"""When a draft goes out: quick picks, a grid of a month and its hours, or typed by an answer."""

import re
from calendar import monthcalendar
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bot.commands.composer.overview import note, settle
from bot.commands.composer.repeating import repeated_from
from bot.commands.composer.work import Work
from bot.commands.guide import Guide
from bot.core.replies import Button, Reply, plain
from bot.core.schedule import NotATime, Once, read_schedule
from bot.core.text import clean, cut, isolate

EVENING, MORNING = time(18), time(9)
HOURS = range(6, 24)
A_ROW = 4
MONTHS_AHEAD = 24
_DAY = timedelta(days=1)
_MONTH = re.compile(r"(\d{4})-(\d\d)")


def when(work: Work, _: str) -> Reply:
    """The ways to say when."""
    say, now = work.say, work.desk.clock().astimezone(work.desk.zone)
    picks = [work.button(say("button.draft.now"), "time", "now")]
    picks.append(work.button(say("button.draft.hour"), "time", "+1h"))
    if now.time() < EVENING:
        tonight = f"{now:%Y-%m-%d} {EVENING:%H:%M}"
        picks.append(work.button(say("button.draft.tonight"), "time", tonight))
    tomorrow = f"{now + _DAY:%Y-%m-%d} {MORNING:%H:%M}"
    picks.append(work.button(say("button.draft.tomorrow"), "time", tomorrow))
    more = [
        work.button(say("button.draft.month"), "month"),
        work.button(say("button.draft.type"), "time"),
    ]
    rows = [picks[at : at + 2] for at in range(0, len(picks), 2)]
    return plain(say("composer.ask-when", zone=work.desk.zone.key)).with_buttons(
        *rows, more, [work.back()]
    )


def month(work: Guide, which: str) -> Reply:
    """The days of a month that are to come, as buttons."""
    today = work.desk.today()
    found = _MONTH.fullmatch(which)
    year, number = (int(found[1]), int(found[2])) if found else (today.year, today.month)
    away = (year - today.year) * 12 + number - today.month
    if not (1 <= number <= 12 and 0 <= away <= MONTHS_AHEAD):
        year, number, away = today.year, today.month, 0
    title = f"{work.say(f'month.{number}')} {year}"
    rows = [_week(work, year, number, week, today) for week in monthcalendar(year, number)]
    turns = [
        work.button(label, "month", f"{at // 12:04}-{at % 12 + 1:02}")
        for label, at, offered in (
            ("‹", year * 12 + number - 2, away > 0),
            ("›", year * 12 + number, away < MONTHS_AHEAD),
        )
        if offered
    ]
    head = plain(f"{title}\n{work.say('composer.weekdays')}")
    return head.with_buttons(*(row for row in rows if row), turns, [work.back()])


def day(work: Work, which: str) -> Reply:
    """The hours of a day that are to come, as buttons."""
    try:
        chosen = date.fromisoformat(which)
    except ValueError:
        return month(work, "")
    now = work.desk.clock().astimezone(work.desk.zone)
    hours = [
        work.button(f"{hour:02}:00", "time", f"{chosen} {hour:02}:00")
        for hour in HOURS
        if datetime.combine(chosen, time(hour), work.desk.zone) > now
    ]
    rows = [hours[at : at + A_ROW] for at in range(0, len(hours), A_ROW)]
    typed = work.button(work.say("button.draft.type"), "time")
    months = work.button("‹", "month", f"{chosen:%Y-%m}")
    told = plain(work.say("composer.ask-hour", date=isolate(str(chosen))))
    return told.with_buttons(*rows, [months, typed], [work.back()])


def at_time(work: Work, written: str) -> Reply:
    """The time that was picked or typed; a draft that repeats goes on doing so from then."""
    if not written:
        return work.ask("time", work.say("composer.type-when"))
    desk = work.desk
    try:
        schedule = read_schedule(written, desk.clock(), desk.zone, desk.calendar)
    except NotATime as error:
        shown = {name: isolate(cut(clean(value), 40)) for name, value in error.values.items()}
        values = {"when": isolate(cut(clean(written), 40)), **shown}
        return note(work, work.say(error.key, **values))
    if isinstance(schedule, Once):
        schedule = repeated_from(work.draft.schedule, schedule)
    return settle(work, schedule=schedule)


def _week(work: Guide, year: int, month: int, week: list[int], today: date) -> list[Button]:
    """A row of seven; empty where no day of it is to come."""
    days = [date(year, month, number) if number else None for number in week]
    if not any(each and each >= today for each in days):
        return []
    return list(_days(work, days, f"{year:04}-{month:02}", today))


def _days(work: Guide, days: list[date | None], shown: str, today: date) -> Iterator[Button]:
    for each in days:
        if each and each >= today:
            yield work.button(str(each.day), "day", each)
        else:
            yield work.button("·", "month", shown)
