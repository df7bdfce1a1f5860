"""Pictures of records: a fact card of any, the counts of an attack by source."""

from typing import Literal

from bot.commands.briefs import command_for
from bot.commands.briefs.telling import Telling
from bot.commands.desk import Desk
from bot.commands.drawn.cards import fact_card
from bot.commands.drawn.charts import toll_chart
from bot.commands.drawn.sheets import captioned
from bot.commands.find import find, search
from bot.core.drawings import Drawing
from bot.core.records import Attack, Record
from bot.core.replies import Button, Reply, Request


def picture(request: Request, desk: Desk, name: str) -> Reply:
    """One brief at a glance; a name that means several or none is looked up as words."""
    record = _record(name, desk)
    if record is None:
        return search(request, desk, name)
    telling = Telling(desk, request.language)
    drawing = fact_card(telling, record)
    ways = [_back(telling, record)]
    if isinstance(record, Attack):
        ways.append(Button(telling.say("button.chart"), f"tolls {record.id}"))
    return captioned(drawing, telling, [record], ways)


def tolls(request: Request, desk: Desk, name: str) -> Reply:
    """Every count of an attack by its source, as ranges on one scale."""
    record = _record(name, desk)
    if not isinstance(record, Attack):
        return search(request, desk, name)
    telling = Telling(desk, request.language)
    drawing = toll_chart(telling, record)
    as_text = Button(telling.say("button.as-text"), f"card {record.id} toll")
    ways = [_back(telling, record), as_text]
    return captioned(drawing, telling, [record], ways)


def drawing_of(kind: Literal["card", "tolls"], telling: Telling, record: Record) -> Drawing | None:
    """None for the counts of what is no attack."""
    if kind == "card":
        return fact_card(telling, record)
    return toll_chart(telling, record) if isinstance(record, Attack) else None


def _record(name: str, desk: Desk) -> Record | None:
    found = find(name, desk)
    return desk.library.records[found.ids[0]] if found.outcome == "answer" else None


def _back(telling: Telling, record: Record) -> Button:
    return Button(telling.say("button.back"), command_for(record))
