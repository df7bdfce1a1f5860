"""A record as cards that a reader moves through: the front one, its parts, sources, related."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.commands.briefs import attacks, others
from bot.commands.briefs.corrected import corrections_of
from bot.commands.briefs.telling import Layout, Piece, Telling
from bot.commands.desk import Desk
from bot.core.finding import Field
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

LAYOUTS: dict[type[Record], Layout] = {
    Attack: attacks.LAYOUT,
    Campaign: others.CAMPAIGN,
    Event: others.EVENT,
    Narrative: others.NARRATIVE,
    Organisation: others.ORGANISATION,
    Quiz: others.QUIZ,
    Topic: others.TOPIC,
}
COMMANDS: dict[type[Record], str] = {
    Attack: "attack",
    Narrative: "myth",
    Organisation: "group",
    Topic: "topic",
}
"""The command that opens a record of a kind; `search` opens the others."""


FOLDED_ABOVE = 400
"""Characters of a later block of a card beyond which it is folded."""


class Told(NamedTuple):
    """A piece of a brief, and whether something of it is in English for want of a translation."""

    blocks: tuple[Block, ...]
    untranslated: bool


@dataclass(frozen=True, slots=True)
class Brief:
    """One record in one language.

    `first` are front cards that begin with the answer about one field. `short` is for a group: it
    leads to the private chat for the rest.
    """

    front: Reply
    first: Mapping[Field, Reply]
    short: Reply
    cards: Mapping[str, Reply]


def brief(record: Record, desk: Desk, language: Language) -> Brief:
    key = (record.id, language, desk.today())
    return desk.briefs.get(key, lambda: _laid_out(record, desk, language))


def whole(record: Record, desk: Desk, language: Language) -> tuple[Block, ...]:
    """All of a brief in one piece, made anew: for a record that is not the one that is served."""
    telling = Telling(desk, language)
    return _with_ending(telling, record, *_pieces(telling, record).values())


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


def _pieces(telling: Telling, record: Record) -> dict[str, Told]:
    """The pieces that there are, in the order in which their sources are numbered."""
    told = {}
    telling.untranslated = False
    for name, blocks in _in_order(telling, record):
        if blocks:
            told[name] = Told(blocks, telling.untranslated)
        telling.untranslated = False
    return told


def _in_order(telling: Telling, record: Record) -> Iterator[Piece]:
    yield from LAYOUTS[type(record)].pieces(telling, record)
    yield Piece("corrected", tuple(corrections_of(telling, record)))


def _laid_out(record: Record, desk: Desk, language: Language) -> Brief:
    telling, layout = Telling(desk, language), LAYOUTS[type(record)]
    pieces = _pieces(telling, record)
    apart = [name for name in pieces if name not in (*layout.front, *layout.aside)]
    cards = {name: _card(telling, record, pieces[name]) for name in apart}
    if telling.citing.cited:
        cards["sources"] = _sources(telling, record)
    if record.related:
        cards["related"] = _related(telling, record)
    labels = {name: _label(telling, name) for name in cards}
    buttons = _front_buttons(telling, record, labels)

    def starting_with(*names: str) -> Reply:
        front = [name for name in layout.front if name in pieces and name not in names]
        order = [*front[:1], *(name for name in names if name in pieces), *front[1:]]
        blocks = _with_ending(telling, record, *(pieces[name] for name in order))
        return Reply(blocks, buttons, lasting=True)

    return Brief(
        starting_with(),
        {field: starting_with(*names) for field, names in layout.first.items()},
        replace(starting_with(), buttons=(_elsewhere(telling, record),)),
        {name: _with_ways(telling, record, name, labels, card) for name, card in cards.items()},
    )


def _with_ending(telling: Telling, record: Record, *pieces: Told) -> tuple[Block, ...]:
    untranslated = any(piece.untranslated for piece in pieces)
    blocks = (block for piece in pieces for block in piece.blocks)
    return (*blocks, telling.ending(record, untranslated=untranslated))


def _card(telling: Telling, record: Record, told: Told) -> Reply:
    """A part by itself: its beginning need not be unfolded, what is long behind it must."""
    title = Block((Span(telling.own(record.name), italic=True),))
    first, *more = _with_ending(telling, record, told)
    folded = (replace(each, quotation=len(each.text) > FOLDED_ABOVE) for each in more)
    return Reply((title, replace(first, quotation=False), *folded), lasting=True)


def _sources(telling: Telling, record: Record) -> Reply:
    """The sources of the brief by their numbers."""
    spans = [Span(telling.say("sources.title", name=telling.own(record.name)), bold=True)]
    for number, source in telling.citing.cited:
        where = telling.join(filter(None, (source.publisher, source.published)))
        spans.append(Span(f"\n{number}. "))
        spans.append(Span(source.title, url=str(source.url) if source.url else None))
        spans.append(Span(f" ({where})"))
    return Reply((Block(tuple(spans)),), lasting=True)


def _related(telling: Telling, record: Record) -> Reply:
    title = Span(telling.say("related.title", name=telling.own(record.name)), bold=True)
    others = [telling.desk.library.records[each] for each in record.related]
    buttons = pairs([button_for(each, telling.language) for each in others])
    return Reply((Block((title,)),), lasting=True).with_buttons(*buttons)


def _front_buttons(
    telling: Telling, record: Record, labels: Mapping[str, str]
) -> tuple[tuple[Button, ...], ...]:
    library, say = telling.desk.library, telling.say
    buttons = [Button(label, f"card {record.id} {name}") for name, label in labels.items()]
    if isinstance(record, Quiz):
        buttons.insert(0, Button(say("button.quiz"), f"quiz {record.id}"))
    if isinstance(record, Organisation) and library.attacks_of(record.id):
        buttons.append(Button(say("button.attacks"), f"attacks {record.id}"))
    if len(library.dated_with(record.id)) > 1:
        buttons.append(Button(say("button.timeline"), f"timeline {record.id}"))
    buttons.append(Button(say("button.picture"), f"picture {record.id}"))
    buttons.append(Button(say("button.wrong"), f"wrong {record.id}"))
    return tuple(map(tuple, pairs(buttons)))


def _with_ways(
    telling: Telling, record: Record, name: str, labels: Mapping[str, str], card: Reply
) -> Reply:
    """The card with the way back and the way on."""
    names = list(labels)
    after = names[(names.index(name) + 1) % len(names)]
    ways = [Button(telling.say("button.back"), command_for(record))]
    if after != name:
        ways.append(Button(f"{labels[after]} ›", f"card {record.id} {after}"))
    if name == "toll":
        ways.append(Button(telling.say("button.chart"), f"tolls {record.id}"))
    return card.with_buttons(*card.buttons, *pairs(ways))


def _elsewhere(telling: Telling, record: Record) -> tuple[Button, ...]:
    return (Button(telling.say("button.private"), start=f"b_{record.id}"),)


def _label(telling: Telling, name: str) -> str:
    return telling.say(f"part.{name}", n=len(telling.citing.cited))
