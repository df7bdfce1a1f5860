"""How often a draft goes out, and when that ends."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bot.commands.composer.overview import note, settle
from bot.commands.composer.work import Work
from bot.core.replies import Button, Reply, plain
from bot.core.schedule import (
    Daily,
    MonthlyOnDay,
    NotASchedule,
    Once,
    Repeating,
    Rule,
    Schedule,
    Weekly,
    Yearly,
    instant,
    occurrences,
)
from bot.core.schedule.schedules import MOST_COUNTED
from bot.core.text import clean, cut, isolate

WEEKDAYS = (0, 1, 2, 3, 4)
COUNTS = (3, 5, 10)
SPANS = (30, 90, 365)
"""Days after which a series may end, as buttons offer it."""

RULES: Mapping[str, Callable[[datetime], Rule]] = {
    "daily": lambda _: Daily(),
    "weekdays": lambda _: Weekly(weekdays=WEEKDAYS),
    "weekly": lambda at: Weekly(weekdays=(at.weekday(),)),
    "monthly": lambda at: MonthlyOnDay(day=at.day),
    "yearly": lambda at: Yearly(month=at.month, day=at.day),
}
"""What a button makes of the moment that the draft goes out at first, on the wall of its zone."""

_COUNT = re.compile(r"x? ?(\d{1,4})")


def repeats(work: Work, which: str) -> Reply:
    """How often; what is chosen begins with the time that the draft has."""
    say, first = work.say, _first(work)
    if first is None:
        pick = work.button(say("button.draft.when"), "when")
        return plain(say("composer.time-first")).with_buttons([pick], [work.back()])
    if which == "once":
        return settle(work, schedule=Once(at=instant(first, work.desk.zone), zone=work.desk.zone))
    if which in RULES:
        made = Repeating(
            rule=RULES[which](first), times=(first.time(),), zone=work.desk.zone, start=first
        )
        return settle(work, schedule=made)
    kinds = [work.button(say(f"button.draft.{each}"), "repeats", each) for each in ("once", *RULES)]
    rows = [kinds[at : at + 2] for at in range(0, len(kinds), 2)]
    if isinstance(work.draft.schedule, Repeating):
        single = Button(say("button.times"), f"times {work.post.id}")
        rows.append([work.button(say("button.draft.end"), "end"), single])
    typed = work.button(say("button.draft.type"), "time")
    return plain(say("composer.ask-repeats")).with_buttons(*rows, [typed], [work.back()])


def end(work: Work, which: str) -> Reply:
    """When the series ends: after a day, after so many times, or not at all."""
    schedule, say = work.draft.schedule, work.say
    if not isinstance(schedule, Repeating):
        return repeats(work, "")
    if which == "type":
        return work.ask("end", say("composer.type-end"))
    if which:
        ends = _end(which)
        shown = isolate(cut(clean(which), 40))
        if ends is None:
            return note(work, say("composer.no-end", text=shown, most=MOST_COUNTED))
        ended = schedule.model_copy(update=ends)
        if next(occurrences(ended, work.desk.calendar, work.desk.clock()), None) is None:
            return note(work, say("schedule.never", part=shown))
        return settle(work, schedule=ended)
    first = (_first(work) or work.desk.clock()).date()
    counts = [work.button(say("button.draft.times", n=n), "end", f"x{n}") for n in COUNTS]
    days = [first + timedelta(days=each) for each in SPANS]
    until = [work.button(say("button.draft.until", date=each), "end", each) for each in days]
    others = [
        work.button(say("button.draft.endless"), "end", "none"),
        work.button(say("button.draft.type"), "end", "type"),
    ]
    return plain(say("composer.ask-end")).with_buttons(
        counts, *([each] for each in until), others, [work.back()]
    )


def repeated_from(before: Schedule | None, once: Once) -> Schedule:
    """The same repetition from another moment on, where it is one that the buttons offer."""
    if not isinstance(before, Repeating):
        return once
    first = once.at.astimezone(before.zone).replace(second=0, microsecond=0, tzinfo=None)
    start = datetime.combine(before.start.date(), before.times[0])
    for made in RULES.values():
        if made(start) == before.rule:
            rule, times = made(first), (first.time(),)
            fresh = {"rule": rule, "times": times, "start": first, "changes": ()}
            return before.model_copy(update=fresh)
    return once


def _first(work: Work) -> datetime | None:
    """On the wall; None where it goes out as soon as it is approved."""
    schedule, desk = work.draft.schedule, work.desk
    if schedule is None:
        return None
    try:
        coming = next(work.draft.coming(desk.calendar, desk.clock()), None)
    except NotASchedule:
        return None
    at = coming.at if coming else work.draft.due_at
    if at is None:
        return None
    return at.astimezone(desk.zone).replace(second=0, microsecond=0, tzinfo=None, fold=0)


def _end(which: str) -> dict[str, Any] | None:
    """How a series ends, of what a button or a person says; None for what is no end."""
    written = " ".join(which.lower().removeprefix("until").split())
    if written == "none":
        return {"until": None, "count": None}
    if found := _COUNT.fullmatch(written):
        count = int(found[1])
        return {"until": None, "count": count} if 1 <= count <= MOST_COUNTED else None
    try:
        return {"until": date.fromisoformat(written), "count": None}
    except ValueError:
        return None
