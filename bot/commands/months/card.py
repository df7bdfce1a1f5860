"""A month as text, and its days as buttons: the twin of the picture, edited in place."""

from calendar import Calendar as Weeks
from collections.abc import Iterator
from datetime import date

from bot.commands.desk import Desk
from bot.commands.months.seen import KeptDay, Seen, seen
from bot.commands.months.wording import CLASH, Words, words_of
from bot.core.months import Month
from bot.core.people import Role
from bot.core.replies import Block, Button, Reply, Request, Span
from bot.core.text import utf16_length

LONGEST_CARD = 3200
"""UTF-16 units, so that it stays one message."""

ROWS_A_DAY = 24
"""Rows, one a target, that a month shows of a day; the day itself shows more."""

POSTS, KEPT = "•", "◦"


def month_card(request: Request, desk: Desk, month: Month) -> Reply:
    """Every day that holds something, as far as one message has room."""
    found = month_seen(desk, month)
    words = words_for(request, desk, found)
    picture = Button(words.say("button.picture"), f"calendar {month}")
    head = Block((Span(words.month(month), bold=True), Span(f"\n{summary(words, found)}")))
    return Reply((head, *_days(words, month, found))).with_buttons(
        *grid(words, month, found), *confirming(request, words, found), [picture]
    )


def month_seen(desk: Desk, month: Month) -> Seen:
    return seen(desk, month.days[0], month.days[-1], ROWS_A_DAY)


def words_for(request: Request, desk: Desk, found: Seen) -> Words:
    return words_of(desk, request.language, found.shown)


def summary(words: Words, found: Seen) -> str:
    """How much there is, and what the marks mean."""
    posts = len(list(found.shown))
    shown = f"{posts}+" if found.crowded else posts
    days = {each.at.astimezone(words.desk.zone).date() for each in found.shown}
    clashing = sum(map(found.clashes_on, days))
    return words.say("calendar.summary", posts=shown, days=len(found.days), clashes=clashing)


def grid(words: Words, month: Month, found: Seen) -> Iterator[list[Button]]:
    """The days as buttons, a row a week, then the months beside it."""
    for week in Weeks().monthdatescalendar(*month):
        yield [_day(day, month, found) for day in week]
    near = (month.away(-1), month.away(1))
    yield [
        Button(words.say(key, month=words.month(each)), f"calendar month {each}")
        for key, each in zip(("calendar.before", "calendar.after"), near, strict=True)
    ]


def confirming(request: Request, words: Words, found: Seen) -> Iterator[list[Button]]:
    """For admins a button for each day that waits for its date."""
    if words.desk.role_of(request.person) >= Role.ADMIN:
        for each in found.days:
            if not each.confirmed:
                yield [confirm_button(words, each)]


def confirm_button(words: Words, kept: KeptDay) -> Button:
    name = kept.day.name.in_language(words.language)
    return Button(words.say("button.confirm-date", name=name), f"moon {kept.id} {kept.year}")


def _day(day: date, month: Month, found: Seen) -> Button:
    if Month.of(day) != month:
        return Button("·", f"calendar month {month}")
    kept = KEPT if found.kept(day) else ""
    mark = CLASH if found.clashes_on(day) else POSTS if found.on(day) else kept
    return Button(f"{day.day}{mark}", f"calendar {day}")


def _days(words: Words, month: Month, found: Seen) -> Iterator[Block]:
    room = LONGEST_CARD
    for day in month.days:
        lines = list(words.day(found, day))
        if not lines:
            continue
        title = f"{day.day} · {words.weekday(day)}"
        room -= utf16_length("\n".join((title, *lines))) + 2
        if room < 0:
            yield Block((Span(words.say("calendar.more", date=words.written(day)), italic=True),))
            return
        yield Block((Span(title, bold=True), *(Span(f"\n{line}") for line in lines)))
