"""What was wrong and has been put right, for everyone to see."""

from bot.commands.briefs import button_for, pairs
from bot.commands.briefs.corrected import row
from bot.commands.briefs.telling import Telling
from bot.commands.citing import lines
from bot.commands.desk import Desk
from bot.commands.pages import asked_page, page_of, turning
from bot.core.replies import Reply, Request, plain

A_PAGE = 10


def corrections(request: Request, desk: Desk, which: str) -> Reply:
    """Every correction, newest first, each with its brief."""
    made = [
        (each, record) for record in desk.library.records.values() for each in record.corrections
    ]
    if not made:
        return plain(desk.say(request.language, "corrections.none"))
    made.sort(key=lambda each: (each[0].date, each[1].id), reverse=True)
    shown, page = page_of(made, asked_page(which)[1], A_PAGE)
    telling = Telling(desk, request.language)
    title = telling.say("corrections.title", n=len(made))
    rows = (row(telling, each, telling.own(record.name)) for each, record in shown)
    records = {record.id: record for _, record in shown}
    buttons = [button_for(each, request.language) for each in records.values()]
    turn = turning(page, "corrections")
    return Reply((lines(title, rows),)).with_buttons(*pairs(buttons), turn)
