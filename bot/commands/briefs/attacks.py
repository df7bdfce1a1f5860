"""An attack: what is known first, then who counted, who says who did it, what came after."""

from collections.abc import Iterator
from typing import Literal

from bot.commands.briefs.telling import Layout, Piece, Telling, piece
from bot.commands.citing import labelled, lines
from bot.commands.dates import date_in
from bot.commands.desk import Desk
from bot.core.records import Attack, Attribution, Claim, Language, Place, Toll
from bot.core.replies import Block, Span

COUNTED: tuple[Literal["killed", "injured"], ...] = ("killed", "injured")


def pieces(telling: Telling, attack: Attack) -> Iterator[Piece]:
    day, place = date_in(attack.date, telling.desk, telling.language), _where(telling, attack.place)
    yield piece("title", telling.title(attack, f"{day} · {place}"))
    yield piece("summary", telling.paragraph(attack.summary))
    yield piece("victims", telling.part("attack.victims", attack.victims))
    yield piece("counts", counts(telling, attack))
    yield piece("status", status(telling, attack))
    yield piece("when", labelled(telling.say("attack.when"), day))
    yield piece("where", labelled(telling.say("attack.where"), place))
    tolls = (_toll(telling, toll) for toll in attack.tolls)
    yield piece("toll", lines(telling.say("attack.tolls"), tolls, quotation=True))
    yield piece("who", _who(telling, attack))
    yield piece("after", telling.parts("attack.aftermath", attack.aftermath, quotation=True))
    yield piece("article", telling.part("record.article", attack.article, quotation=True))


LAYOUT = Layout(
    pieces,
    front=("title", "summary", "victims", "counts", "status"),
    aside=("when", "where"),
    first={
        "how many": ("counts", "toll"),
        "who": ("status", "who"),
        "when": ("when",),
        "where": ("where",),
    },
)


def attack_post(telling: Telling, attack: Attack) -> Iterator[Block]:
    """The same as an awareness post: what happened, the toll, who did it."""
    day = date_in(attack.date, telling.desk, telling.language)
    yield telling.title(attack, f"{day} · {_where(telling, attack.place)}")
    yield telling.paragraph(attack.summary)
    yield counts(telling, attack)
    yield status(telling, attack)


def counts(telling: Telling, attack: Attack) -> Block:
    """Killed and injured, as ranges over all sources."""
    spans: list[Span] = []
    for of in COUNTED:
        counted = attack.toll_range(of)
        if counted:
            gap = "  ·  " if spans else ""
            spans.append(Span(gap + telling.say(f"counts.{of}") + " ", bold=True))
            spans.append(Span(range_in(*counted, telling.desk, telling.language)))
    return Block(tuple(spans))


def status(telling: Telling, attack: Attack) -> Block:
    held = attack.responsibility
    return labelled(telling.say(f"status.{held.status}"), telling.prose(held.why))


def range_in(low: int, high: int, at_least: bool, desk: Desk, language: Language) -> str:
    """A toll over all sources: `43 to 47`, `52`, `70 to 90 or more`."""
    key = ("toll.one" if low == high else "toll.range") + (".open" if at_least else "")
    return desk.say(language, key, low=low, high=high)


def _who(telling: Telling, attack: Attack) -> Iterator[Block]:
    """Who claimed it, who holds whom responsible, and what of that is in dispute."""
    if attack.claims:
        claims = (_claim(telling, claim) for claim in attack.claims)
        yield lines(telling.say("attack.claims"), claims)
    if attack.attributions:
        attributions = (_attribution(telling, each) for each in attack.attributions)
        yield lines(telling.say("attack.attributions"), attributions, quotation=True)
    yield from telling.part("record.disputed", attack.disputed, quotation=True)


def _where(telling: Telling, place: Place) -> str:
    """The place and its province, unless the place names that already."""
    name, province = telling.own(place.name), telling.say(f"province.{place.province}")
    return name if name.endswith(province) else telling.join((name, province))


def _toll(telling: Telling, toll: Toll) -> Iterator[Span]:
    high = toll.high or toll.low
    count = range_in(toll.low, high, toll.at_least, telling.desk, telling.language)
    said = [telling.own(toll.by)]
    if toll.as_of:
        said.append(date_in(toll.as_of, telling.desk, telling.language))
    if toll.attackers != "not stated":
        said.append(telling.say(f"toll.attackers.{toll.attackers}"))
    yield Span(f"{count} {telling.say('toll.' + toll.of)}: {telling.join(said)}")
    if toll.note:
        yield Span(f" ({telling.own(toll.note)})")
    yield from telling.citing.numbers(toll.sources)


def _claim(telling: Telling, claim: Claim) -> Iterator[Span]:
    said = [telling.own(claim.through)]
    if claim.date:
        said.append(date_in(claim.date, telling.desk, telling.language))
    yield Span(f"{telling.name(claim.by)}: {telling.join(said)}")
    yield from telling.citing.numbers(claim.sources)


def _attribution(telling: Telling, attribution: Attribution) -> Iterator[Span]:
    to = telling.join(map(telling.name, attribution.to)) or telling.say("attack.no-group")
    kind = telling.say(f"attribution.{attribution.kind}")
    if attribution.overtaken:
        kind = telling.join((kind, telling.say("attribution.overtaken")))
    yield Span(f"{to}: {telling.own(attribution.by)} ({kind}){telling.say('join.stop')}")
    yield from telling.prose(attribution.says)
