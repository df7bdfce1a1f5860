"""What happened when: attacks and events in one line of time."""

from collections import Counter

from bot.commands.briefs import button_for, pairs
from bot.commands.dates import date_in
from bot.commands.desk import Desk
from bot.commands.find import find
from bot.core.records import Attack, Event
from bot.core.replies import Block, Button, Reply, Request, Span, plain
from bot.core.text import clean

Dated = Attack | Event

YEARS_IN_A_ROW = 4
MOST_BUTTONS = 30


def timeline(request: Request, desk: Desk, which: str) -> Reply:
    """A year's or a record's attacks and events in order; without one, the years there are."""
    words = clean(which)
    if not words:
        return _years(request, desk)
    found = _of_year(int(words), desk) if words.isdecimal() else _of_record(words, desk)
    if not found:
        return plain(desk.say(request.language, "timeline.none"))
    title = Span(desk.say(request.language, "timeline.title", n=len(found)), bold=True)
    rows = [Span(f"\n{_day(each, desk, request)} · {_name(each, request)}") for each in found]
    buttons = pairs([button_for(each, request.language) for each in found[:MOST_BUTTONS]])
    years = Button(desk.say(request.language, "timeline.years"), "timeline")
    return Reply((Block((title, *rows)),)).with_buttons(*buttons, [years])


def _years(request: Request, desk: Desk) -> Reply:
    counted = Counter(each.date.year for each in _dated(desk))
    buttons = [Button(f"{year} ({n})", f"timeline {year}") for year, n in sorted(counted.items())]
    rows = [buttons[at : at + YEARS_IN_A_ROW] for at in range(0, len(buttons), YEARS_IN_A_ROW)]
    return plain(desk.say(request.language, "timeline.which")).with_buttons(*rows)


def _dated(desk: Desk) -> list[Dated]:
    found: list[Dated] = [*desk.library.attacks, *desk.library.of(Event)]
    return sorted(found, key=lambda each: (each.date, each.id))


def _of_year(year: int, desk: Desk) -> list[Dated]:
    return [each for each in _dated(desk) if each.date.year == year]


def _of_record(words: str, desk: Desk) -> list[Dated]:
    """Those that the record is, names or is named by."""
    ids = find(words, desk).ids[:1]
    return [each for each in _dated(desk) if ids and ids[0] in _linked(each)]


def _linked(each: Dated) -> set[str]:
    named = each.named() if isinstance(each, Attack) else each.organisations
    return {each.id, *named, *each.related}


def _day(each: Dated, desk: Desk, request: Request) -> str:
    precision = each.precision if isinstance(each, Event) else "day"
    return date_in(each.date, desk, request.language, precision)


def _name(each: Dated, request: Request) -> str:
    return each.name.in_language(request.language)
