"""A record as a brief that fits a phone: what is known first, long parts folded, sources linked."""

from collections.abc import Callable, Iterator
from typing import Any

from bot.commands.briefs import attacks, others
from bot.commands.briefs.telling import Telling
from bot.commands.desk import Desk
from bot.core.records import (
    Attack,
    Campaign,
    Event,
    Language,
    Narrative,
    Organisation,
    Quiz,
    Record,
    Topic,
)
from bot.core.replies import Block, Button, Reply, Span

MOST_RELATED = 6

Layout = Callable[[Telling, Any], Iterator[Block]]

LAYOUTS: dict[type[Record], Layout] = {
    Attack: attacks.attack,
    Campaign: others.campaign,
    Event: others.event,
    Narrative: others.narrative,
    Organisation: others.organisation,
    Quiz: others.quiz,
    Topic: others.topic,
}
COMMANDS: dict[type[Record], str] = {
    Attack: "attack",
    Narrative: "myth",
    Organisation: "group",
    Topic: "topic",
}
"""The command that opens a record of a kind; `search` opens the others."""


def brief(record: Record, desk: Desk, language: Language) -> Reply:
    """The brief on a record, with buttons for its sources and for what is related."""
    key = (record.id, language, desk.today())
    return desk.briefs.get(key, lambda: laid_out(record, desk, language))


def laid_out(record: Record, desk: Desk, language: Language) -> Reply:
    """The same made anew and not kept, for a record that is not the one that is served."""
    telling = Telling(desk, language)
    blocks = _whole(telling, record)
    count = len(telling.citing.cited)
    sources = Button(desk.say(language, "button.sources", n=count), f"sources {record.id}")
    related = [desk.library.records[each] for each in record.related[:MOST_RELATED]]
    buttons = [button_for(each, language) for each in related]
    reply = Reply(blocks, lasting=True)
    return reply.with_buttons([sources] if count else [], *pairs(buttons))


def post_of(record: Record, desk: Desk, language: Language) -> tuple[Block, ...]:
    """A record as an awareness post: its heart, each statement with its source."""
    telling = Telling(desk, language)
    if isinstance(record, Attack):
        body = (*attacks.attack_post(telling, record),)
    else:
        body = (
            Block((Span(telling.own(record.name), bold=True),)),
            telling.paragraph(record.summary),
        )
    return (*body, telling.ending(record))


def sources_of(record: Record, desk: Desk, language: Language) -> Reply:
    """The sources of a brief by number, with a way back."""
    telling = Telling(desk, language)
    _whole(telling, record)  # numbers them as the brief does
    spans = [Span(desk.say(language, "sources.title", name=telling.own(record.name)), bold=True)]
    for number, source in telling.citing.cited:
        where = ", ".join(filter(None, (source.publisher, source.published)))
        spans.append(Span(f"\n{number}. "))
        spans.append(Span(source.title, url=str(source.url) if source.url else None))
        spans.append(Span(f" ({where})"))
    back = Button(desk.say(language, "button.back"), command_for(record))
    return Reply((Block(tuple(spans)),)).with_buttons([back])


def command_for(record: Record) -> str:
    """The command line that opens a record's brief."""
    return f"{COMMANDS.get(type(record), 'search')} {record.id}"


def button_for(record: Record, language: Language) -> Button:
    return Button(record.name.in_language(language), command_for(record))


def pairs(buttons: list[Button]) -> list[list[Button]]:
    """Two buttons a row where both labels are short, else one."""
    rows: list[list[Button]] = []
    for button in buttons:
        if rows and len(rows[-1]) == 1 and len(rows[-1][0].label + button.label) <= 36:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def _whole(telling: Telling, record: Record) -> tuple[Block, ...]:
    return (*LAYOUTS[type(record)](telling, record), telling.ending(record))
