"""What happened when: attacks and events in one line of time."""

from collections import Counter
from collections.abc import Sequence

from bot.commands.briefs import button_for, command_for, pairs
from bot.commands.briefs.telling import Telling
from bot.commands.dates import date_in
from bot.commands.desk import Desk
from bot.commands.drawn.charts import timeline_chart
from bot.commands.drawn.sheets import captioned
from bot.commands.find import choices, find
from bot.core.library import Dated
from bot.core.records import Event
from bot.core.replies import Block, Button, Reply, Request, Span, plain
from bot.core.text import clean

YEARS_IN_A_ROW = 4
MOST_BUTTONS = 30
LONGEST_YEAR = 9
AS_PICTURE = " picture"


def timeline(request: Request, desk: Desk, which: str) -> Reply:
    """A year's or a record's attacks and events in order; without one, the years there are.

    With "picture" behind it, the same as a picture.
    """
    words = clean(which)
    if not words:
        return _years(request, desk)
    asked = words.removesuffix(AS_PICTURE)
    if asked.isdecimal():
        of = str(int(asked[:LONGEST_YEAR]))
        found: Sequence[Dated] = _of_year(int(of), desk)
    else:
        meant = find(asked, desk)
        if meant.outcome != "answer":
            return choices(request, asked, meant, desk, lambda each: f"timeline {each.id}")
        of = meant.ids[0]
        found = desk.library.dated_with(of)
    if not found:
        return plain(desk.say(request.language, "timeline.none"))
    if asked != words:
        return _drawn(request, desk, of, found)
    record = desk.library.get(of)
    name = record.name.in_language(request.language) if record else of
    title = Span(desk.say(request.language, "timeline.of", name=name), bold=True)
    count = Span("\n" + desk.say(request.language, "timeline.title", n=len(found)), italic=True)
    rows = [Span(f"\n{_day(each, desk, request)} · {_name(each, request)}") for each in found]
    buttons = pairs([button_for(each, request.language) for each in found[:MOST_BUTTONS]])
    picture = Button(desk.say(request.language, "button.picture"), f"timeline {of}{AS_PICTURE}")
    years = Button(desk.say(request.language, "timeline.years"), "timeline")
    record = desk.library.get(of)
    back = (
        [Button(desk.say(request.language, "button.back"), command_for(record))] if record else []
    )
    return Reply((Block((title, count, *rows)),)).with_buttons(*buttons, [*back, picture, years])


def _drawn(request: Request, desk: Desk, of: str, found: Sequence[Dated]) -> Reply:
    telling, record = Telling(desk, request.language), desk.library.get(of)
    name = telling.own(record.name) if record else of
    drawing = timeline_chart(telling, telling.say("timeline.of", name=name), found)
    ways = [Button(telling.say("button.as-text"), f"timeline {of}")]
    if record:
        ways.insert(0, Button(telling.say("button.back"), command_for(record)))
    return captioned(drawing, telling, found, ways)


def _years(request: Request, desk: Desk) -> Reply:
    counted = Counter(each.date.year for each in desk.library.dated)
    buttons = [Button(f"{year} ({n})", f"timeline {year}") for year, n in sorted(counted.items())]
    rows = [buttons[at : at + YEARS_IN_A_ROW] for at in range(0, len(buttons), YEARS_IN_A_ROW)]
    return plain(desk.say(request.language, "timeline.which")).with_buttons(*rows)


def _of_year(year: int, desk: Desk) -> Sequence[Dated]:
    return [each for each in desk.library.dated if each.date.year == year]


def _day(each: Dated, desk: Desk, request: Request) -> str:
    precision = each.precision if isinstance(each, Event) else "day"
    return date_in(each.date, desk, request.language, precision)


def _name(each: Dated, request: Request) -> str:
    return each.name.in_language(request.language)
