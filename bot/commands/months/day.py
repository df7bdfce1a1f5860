"""One day: what it is, what goes out on it, and what clashes, in words."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.commands.desk import Desk
from bot.commands.months.card import confirm_button, words_for
from bot.commands.months.seen import Seen, seen
from bot.commands.months.wording import Words
from bot.commands.pages import page_of, turning
from bot.core.months import Entry, Month
from bot.core.people import Role
from bot.core.replies import Block, Button, Reply, Request, Span

A_PAGE, A_ROW = 12, 3
ROWS = 90
"""Rows, one a target, that are read of the day."""


def day_card(request: Request, desk: Desk, day: date, number: int) -> Reply:
    """Page `number` of the posts of a day, each with a button, below the days of the calendar."""
    found = seen(desk, day, day, ROWS)
    words = words_for(request, desk, found)
    entries, page = page_of(found.on(day), number, A_PAGE)
    title = Span(words.day_named(day), bold=True)
    blocks = [Block((title,)), *_kept(words, found), *_entries(words, found, entries)]
    if not entries:
        blocks.append(Block((Span(words.say("calendar.empty")),)))
    if day in found.crowded and page.number == page.of:
        blocks.append(Block((Span(words.say("calendar.crowded"), italic=True),)))
    posts = [_opening(words, each) for each in entries]
    rows = [posts[at : at + A_ROW] for at in range(0, len(posts), A_ROW)]
    rows += [turning(page, f"calendar {day}"), *_confirming(request, words, found)]
    return Reply(tuple(blocks)).with_buttons(*filter(None, rows), _ways(words, day))


def _kept(words: Words, found: Seen) -> Iterator[Block]:
    for each in found.days:
        told = [words.kept(each), words.forbids(each)]
        if each.day.note:
            told.append(each.day.note.in_language(words.language))
        yield Block((Span("\n".join(filter(None, told))),))


def _entries(words: Words, found: Seen, entries: Sequence[Entry]) -> Iterator[Block]:
    for each in entries:
        told = [f"/post {each.post_id} · {words.entry(each)}"]
        told += [words.clash(clash) for clash in dict.fromkeys(found.clashes(each))]
        yield Block((Span("\n".join(told)),))


def _opening(words: Words, entry: Entry) -> Button:
    at = f"{entry.at.astimezone(words.desk.zone):%H:%M}"
    return Button(f"{at} · {entry.post_id}", f"post {entry.post_id}")


def _confirming(request: Request, words: Words, found: Seen) -> Iterator[list[Button]]:
    """For admins, also where the date was confirmed before: it may be changed and taken back."""
    if words.desk.role_of(request.person) >= Role.ADMIN:
        for each in found.days:
            if not each.day.month:
                yield [confirm_button(words, each)]


def _ways(words: Words, day: date) -> list[Button]:
    back = Button(words.say("calendar.back"), f"calendar month {Month.of(day)}")
    if day < words.desk.today():
        return [back]
    return [back, Button(words.say("button.compose-on"), f"onday {day}")]
