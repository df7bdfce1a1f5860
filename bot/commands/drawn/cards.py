"""A record as a fact card: its figures and what its brief begins with."""

from collections.abc import Callable, Iterator
from typing import Any

from bot.commands.briefs.attacks import COUNTED, range_in
from bot.commands.briefs.cards import LAYOUTS
from bot.commands.briefs.telling import Telling
from bot.commands.drawn.sheets import alt_of, footer, worded
from bot.core.drawings import FactCard
from bot.core.records import Attack, Campaign, Narrative, Organisation, Record

Paragraphs = Callable[[Telling, Any], Iterator[str]]


def fact_card(telling: Telling, record: Record) -> FactCard:
    title, subtitle = telling.own(record.name), below(telling, record)
    figures = tuple(_figures(telling, record)) if isinstance(record, Attack) else ()
    own = _PARAGRAPHS.get(type(record), _nothing_more)
    told = (worded(telling, record.summary), *own(telling, record))
    counted = telling.join(f"{figure} {label}" for figure, label in figures)
    return FactCard(
        language=telling.language,
        title=title,
        subtitle=subtitle,
        footer=footer(telling, telling.ending(record).text),
        alt=alt_of(filter(None, (title, subtitle, counted, *told))),
        figures=figures,
        paragraphs=tuple(line for each in told for line in each.split("\n")),
    )


def below(telling: Telling, record: Record) -> str:
    """The line under the title of its brief: when and where, or of what kind."""
    title = next(iter(LAYOUTS[type(record)].pieces(telling, record)))
    return title.blocks[0].spans[-1].text.strip()


def _figures(telling: Telling, attack: Attack) -> Iterator[tuple[str, str]]:
    for of in COUNTED:
        if counted := attack.toll_range(of):
            said = range_in(*counted, telling.desk, telling.language)
            yield said, telling.say("toll." + of)


def _attack(telling: Telling, attack: Attack) -> Iterator[str]:
    held = attack.responsibility
    yield f"{telling.say(f'status.{held.status}')} {worded(telling, held.why)}"


def _narrative(telling: Telling, narrative: Narrative) -> Iterator[str]:
    """The claim and what is wrong with it in one piece: nowhere is the claim told alone."""
    claim = f"{telling.say('narrative.claim')} {worded(telling, narrative.claim)}"
    verdict = telling.say(f"verdict.{narrative.verdict}")
    yield f"{claim}\n{verdict} {worded(telling, narrative.why_false)}"


def _organisation(telling: Telling, group: Organisation) -> Iterator[str]:
    if group.caution:
        yield f"{telling.say('record.caution')} {worded(telling, group.caution)}"
    if group.today:
        yield f"{telling.say('group.today')} {worded(telling, group.today)}"


def _campaign(telling: Telling, campaign: Campaign) -> Iterator[str]:
    yield from (worded(telling, pillar.text) for pillar in campaign.pillars)


def _nothing_more(_: Telling, __: Record) -> Iterator[str]:
    return iter(())


_PARAGRAPHS: dict[type[Record], Paragraphs] = {
    Attack: _attack,
    Campaign: _campaign,
    Narrative: _narrative,
    Organisation: _organisation,
}
"""What a card says beyond the summary, by kind."""
