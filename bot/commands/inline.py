"""Briefs offered while somebody types in another chat, and the card that is sent there."""

from collections.abc import Iterator

from bot.commands.almanac import kept_on
from bot.commands.briefs.attacks import attack_post, range_in
from bot.commands.briefs.telling import Telling
from bot.commands.desk import Desk
from bot.commands.drawn.cards import below
from bot.commands.find import LONGEST_QUESTION, find
from bot.commands.language import in_chosen_language
from bot.commands.support import support
from bot.commands.today import brief_of_the_day
from bot.core.finding import Finding
from bot.core.people import PersonId, Role
from bot.core.records import Attack, Language, Record
from bot.core.replies import Block, Button, Offer, Reply, Request, Span, plain
from bot.core.text import clean

MOST_OFFERS = 10


def offers(request: Request, desk: Desk) -> tuple[Offer, ...]:
    """Cards for what is being typed, best first; without words, what is of today or led to most.

    What is of concern is not looked up: then help is all that is offered.
    """
    request = in_chosen_language(request, desk)
    words = clean(request.text)
    found = find(words, desk)
    if found.concern:
        return (_help(request, desk),)
    ids = _of_words(words, found.ids, desk) if words else _without_words(desk)
    records = [desk.library.records[each] for each in dict.fromkeys(ids)][:MOST_OFFERS]
    return tuple(_offer(each, desk, request.language) for each in records)


def inline(request: Request, desk: Desk, which: str) -> Reply:
    """`ID [LANGUAGE]`: the card of a record as it is now, to take the place of an older one.

    The language is that of whoever sent it, not of whoever presses the button.
    """
    record_id, _, sent_in = which.partition(" ")
    record = desk.library.get(record_id)
    if record is None:
        gone = plain(desk.say(request.language, "inline.gone"))
        renew = desk.say(request.language, "button.renew")
        return gone.with_buttons([Button(renew, f"inline {which}")])
    language = next((each for each in desk.languages if each == sent_in), request.language)
    return card(record, desk, language)


def shared(
    inline_id: str, record_id: str, language: Language, person: PersonId, desk: Desk
) -> None:
    """Keep a card that somebody of the staff sent, so that corrections reach it.

    Of anybody else nothing is kept: the id of a card holds the number of who sent it.
    """
    if desk.role_of(person) < Role.MODERATOR or record_id not in desk.library.records:
        return
    with desk.new_uow() as uow:
        if desk.role_in(uow, person) >= Role.MODERATOR:
            uow.inline_cards.keep(inline_id, record_id, language, person, desk.today())
            uow.commit()


def card(record: Record, desk: Desk, language: Language) -> Reply:
    """A brief so short that it fits any chat, with all that it needs where it is forwarded to."""
    telling = Telling(desk, language)
    blocks = [*_heart(telling, record), *_named_sources(telling), telling.ending(record)]
    if desk.username:
        blocks.append(Block((Span(telling.say("inline.ask", bot=f"@{desk.username}")),)))
    found = Finding("answer", (record.id,), 1.0)
    return Reply(tuple(blocks), found=found).with_buttons(
        [Button(telling.say("button.read"), start=f"b_{record.id}")],
        [Button(telling.say("button.renew"), f"inline {record.id} {language}")],
    )


def _offer(record: Record, desk: Desk, language: Language) -> Offer:
    telling = Telling(desk, language)
    told = [below(telling, record)]
    if isinstance(record, Attack) and (counted := record.toll_range("killed")):
        told.append(f"{range_in(*counted, desk, language)} {telling.say('toll.killed')}")
    title = telling.own(record.name)
    return Offer(record.id, title, " · ".join(told), card(record, desk, language))


def _heart(telling: Telling, record: Record) -> Iterator[Block]:
    if isinstance(record, Attack):
        yield from attack_post(telling, record)
    else:
        yield telling.title(record, below(telling, record), italic=True)
        yield telling.paragraph(record.summary)


def _named_sources(telling: Telling) -> Iterator[Block]:
    """The sources by number and publisher, each a link."""
    spans = [Span(telling.say("drawn.linked"))]
    for number, source in telling.citing.cited:
        said = telling.isolated(f"[{number}] {source.publisher}")
        spans += [Span(" "), Span(said, url=str(source.url) if source.url else None)]
    if len(spans) > 1:
        yield Block(tuple(spans))


def _help(request: Request, desk: Desk) -> Offer:
    say, language = desk.say, request.language
    told = support(request, desk, "").with_buttons(
        [Button(say(language, "button.open"), start="support")]
    )
    return Offer("support", say(language, "button.support"), say(language, "command.support"), told)


def _of_words(words: str, found: tuple[str, ...], desk: Desk) -> Iterator[str]:
    """What was found, then what shares most with the words, then what the best one leads to."""
    yield from found
    yield from desk.index.nearest(words[:LONGEST_QUESTION])
    if found:
        yield from desk.library.records[found[0]].related


def _without_words(desk: Desk) -> Iterator[str]:
    """What is of today, then the brief of the day, then what others lead to most."""
    kept = kept_on(desk.today(), desk.library)
    yield from (each.id for each in (kept.records if kept else ()))
    if picked := brief_of_the_day(desk):
        yield picked.id
    yield from desk.library.most_led_to
