"""What was wrong and has been put right, for everyone to see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.commands.briefs import button_for, pairs
from bot.commands.briefs.corrected import row
from bot.commands.briefs.telling import Telling
from bot.commands.citing import lines
from bot.commands.desk import Desk
from bot.commands.pages import asked_page, page_of, turning
from bot.core.errors import OutsideError
from bot.core.records import Correction, Record, Text
from bot.core.replies import Reply, Request, plain

A_PAGE = 10
MOST_OF_POSTS = 100


@dataclass(frozen=True, slots=True)
class Made:
    """A correction of a record's brief, or of posts that were made from none."""

    correction: Correction
    record: Record | None = None

    @property
    def order(self) -> tuple[date, str]:
        return self.correction.date, self.record.id if self.record else ""


def corrections(request: Request, desk: Desk, which: str) -> Reply:
    """Every correction, newest first, each with its brief if it has one."""
    made = [*_of_records(desk), *_of_posts(desk)]
    if not made:
        return plain(desk.say(request.language, "corrections.none"))
    made.sort(key=lambda each: each.order, reverse=True)
    shown, page = page_of(made, asked_page(which)[1], A_PAGE)
    telling = Telling(desk, request.language)
    title = telling.say("corrections.title", n=len(made))
    rows = (row(telling, each.correction, _name(telling, each.record)) for each in shown)
    records = {each.record.id: each.record for each in shown if each.record}
    buttons = [button_for(each, request.language) for each in records.values()]
    turn = turning(page, "corrections")
    return Reply((lines(title, rows),)).with_buttons(*pairs(buttons), turn)


def _of_records(desk: Desk) -> Iterator[Made]:
    for record in desk.library.records.values():
        yield from (Made(each, record) for each in record.corrections)


def _of_posts(desk: Desk) -> list[Made]:
    """What was said of posts; without a database, as on the command line, there are none."""
    try:
        with desk.new_uow(reading=True) as uow:
            posts = uow.corrections.without_record(MOST_OF_POSTS)
    except OutsideError:
        return []
    said = (each.draft.corrects for each in posts)
    return [Made(Correction(date=each.day, text=Text(en=each.what))) for each in said if each]


def _name(telling: Telling, record: Record | None) -> str:
    return telling.own(record.name) if record else telling.say("corrections.post")
