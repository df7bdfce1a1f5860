"""What was wrong in a brief and has been put right."""

from collections.abc import Iterator

from bot.commands.briefs.telling import Telling
from bot.commands.citing import lines
from bot.commands.dates import date_in
from bot.core.records import Correction, Record
from bot.core.replies import Block, Span


def corrections_of(telling: Telling, record: Record) -> Iterator[Block]:
    """What was corrected in one brief, newest first; nothing where nothing was."""
    made = sorted(record.corrections, key=lambda each: each.date, reverse=True)
    if made:
        yield lines(telling.say("record.corrections"), (row(telling, each) for each in made))


def row(telling: Telling, correction: Correction, *names: str) -> Iterator[Span]:
    day = date_in(correction.date, telling.desk, telling.language)
    yield Span(" · ".join((day, *names)), bold=True)
    yield Span(telling.say("join.colon"))
    yield from telling.prose(correction.text)
