"""Finding and reading briefs."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.commands.briefs import brief, button_for, command_for, pairs
from bot.commands.briefs.attacks import range_in
from bot.commands.dates import date_in
from bot.commands.desk import Desk
from bot.commands.pages import asked_page, page_of, turning
from bot.commands.support import concerned
from bot.core.finding import NOTHING, Finding
from bot.core.letters import words_of
from bot.core.records import Attack, Language, Narrative, Organisation, Record, Topic
from bot.core.replies import Block, Button, Reply, Request, Span, plain
from bot.core.text import clean, cut, isolate

Kinds = tuple[type[Record], ...]

ANY: Kinds = (Record,)
LONGEST_QUESTION = 300
"""Characters of a question that are looked at; nobody asks for a brief in more."""
LONGEST_ACTION = 58
"""Bytes of a list's command line that leave room for a page in a button's 64."""


def question(request: Request, desk: Desk) -> Reply:
    """Answer a free question with one brief, a choice of some, or an honest no."""
    return _answer(request, request.text, desk, ANY)


def search(request: Request, desk: Desk, words: str) -> Reply:
    if not words:
        return plain(desk.say(request.language, "search.usage"))
    return _answer(request, words, desk, ANY)


def group(request: Request, desk: Desk, name: str) -> Reply:
    if not name:
        return groups(request, desk, "")
    return _answer(request, name, desk, (Organisation,))


def attack(request: Request, desk: Desk, name: str) -> Reply:
    if not name:
        return attacks(request, desk, "")
    return _answer(request, name, desk, (Attack,))


def myth(request: Request, desk: Desk, name: str) -> Reply:
    if not name:
        return myths(request, desk, "")
    return _answer(request, name, desk, (Narrative,))


def topic(request: Request, desk: Desk, name: str) -> Reply:
    if not name:
        return topics(request, desk, "")
    return _answer(request, name, desk, (Topic,))


def sources(request: Request, desk: Desk, name: str) -> Reply:
    if not name:
        return plain(desk.say(request.language, "sources.usage"))
    found = _found(name, desk, ANY)
    if found.outcome == "answer":
        record = desk.library.records[found.ids[0]]
        told = brief(record, desk, request.language)
        return replace(told.cards.get("sources", told.front), found=found)
    return choices(request, name, found, desk, lambda each: f"sources {each.id}")


def card(request: Request, desk: Desk, which: str) -> Reply:
    """One card of a brief: a record's id and the card's name; the front one if it has no such."""
    record_id, _, name = which.partition(" ")
    record = desk.library.get(record_id)
    if record is None:
        return _answer(request, record_id, desk, ANY)
    told = brief(record, desk, request.language)
    return told.cards.get(name.strip(), told.front)


def opened(request: Request, desk: Desk, record_id: str) -> Reply:
    """The brief that a link leads to; one that is gone is said to be, whatever is like it."""
    if desk.library.get(record_id):
        return _answer(request, record_id, desk, ANY)
    return choices(request, record_id, NOTHING, desk, command_for)


def none(request: Request, desk: Desk, _: str) -> Reply:
    """None of the choices was meant."""
    say = desk.say
    lists = ("groups", "attacks", "myths", "topics")
    buttons = [Button(say(request.language, f"button.{each}"), each) for each in lists]
    return plain(say(request.language, "find.neither")).with_buttons(*pairs(buttons))


def groups(request: Request, desk: Desk, which: str) -> Reply:
    return _list(request, desk, "groups", "groups.title", desk.library.organisations, which)


def myths(request: Request, desk: Desk, which: str) -> Reply:
    return _list(request, desk, "myths", "myths.title", desk.library.of(Narrative), which)


def topics(request: Request, desk: Desk, which: str) -> Reply:
    return _list(request, desk, "topics", "topics.title", desk.library.of(Topic), which)


def _list(
    request: Request, desk: Desk, name: str, title: str, records: Sequence[Record], which: str
) -> Reply:
    shown, page = page_of(records, asked_page(which)[1])
    buttons = [button_for(each, request.language) for each in shown]
    told = plain(desk.say(request.language, title))
    return told.with_buttons(*pairs(buttons), turning(page, name))


def attacks(request: Request, desk: Desk, which: str) -> Reply:
    """The attacks of a year, of a place or of a group; all of them without one."""
    words, number = asked_page(clean(which)[:LONGEST_QUESTION])
    listed = attacks_in(words, desk)
    if listed:
        return _listed(request, desk, listed, words, number)
    found = find(words, desk)
    if found.concern:
        return concerned(request, desk, found)
    groups = tuple(i for i in found.ids if isinstance(desk.library.records[i], Organisation))
    if found.outcome == "answer" and groups[:1] == found.ids[:1]:
        return _of_group(request, desk, desk.library.organisation(groups[0]), number)
    if len(groups) > 1:
        asked = replace(found, ids=groups)
        return choices(request, words, asked, desk, lambda each: f"attacks {each.id}")
    return plain(desk.say(request.language, "attacks.none", which=_shown(words)))


def attacks_in(which: str, desk: Desk) -> tuple[Attack, ...]:
    """The attacks of a year or of a place, in any of the languages; without words, all of them."""
    words = words_of(which)
    if len(words) == 1 and words[0].isdecimal():
        return tuple(a for a in desk.library.attacks if str(a.date.year) == words[0])
    asked = f" {' '.join(words)} " if words else ""
    return tuple(a for a in desk.library.attacks if asked in _whereabouts(a, desk))


def _of_group(request: Request, desk: Desk, group: Organisation, number: int) -> Reply:
    found = desk.library.attacks_of(group.id)
    back = Button(desk.say(request.language, "button.back"), command_for(group))
    if not found:
        name = isolate(group.name.in_language(request.language))
        none = plain(desk.say(request.language, "attacks.none", which=name))
        return none.with_buttons([back])
    told = _listed(request, desk, found, group.id, number, group.name.in_language(request.language))
    return told.with_buttons(*told.buttons, [back])


def _listed(
    request: Request, desk: Desk, found: Sequence[Attack], which: str, number: int, name: str = ""
) -> Reply:
    """A page of attacks, latest first. Pages turn by `which`, where it fits into a button."""
    shown, page = page_of(found, number)
    title = desk.say(request.language, "attacks.title", n=len(found))
    if name:
        title = desk.say(request.language, "attacks.of", name=name, title=title)
    spans = [Span(title, bold=True)]
    spans += [Span("\n" + _line(each, desk, request.language)) for each in shown]
    buttons = pairs([button_for(each, request.language) for each in shown])
    action = f"attacks {which}".strip()
    turn = turning(page, action) if len(action.encode()) <= LONGEST_ACTION else []
    return Reply((Block(tuple(spans)),)).with_buttons(*buttons, turn)


def find(words: str, desk: Desk) -> Finding:
    """What `words` are about; a record's id is about that record."""
    if desk.library.get(words.strip()):
        return Finding("answer", (words.strip(),), 1.0)
    return desk.index.find(clean(words)[:LONGEST_QUESTION])


def _answer(request: Request, words: str, desk: Desk, kinds: Kinds) -> Reply:
    found = _found(words, desk, kinds)
    if found.outcome == "answer":
        told = brief(desk.library.records[found.ids[0]], desk, request.language)
        front = told.first.get(found.field, told.front) if found.field else told.front
        return replace(front if request.private else told.short, found=found)
    return choices(request, words, found, desk, command_for)


def _found(words: str, desk: Desk, kinds: Kinds) -> Finding:
    """What `words` are about; of several that may be meant the wanted kinds, if there are any."""
    found = find(words, desk)
    if found.outcome == "answer":
        return found
    wanted = tuple(each for each in found.ids if isinstance(desk.library.records[each], kinds))
    return replace(found, ids=wanted or found.ids)


def choices(
    request: Request, words: str, found: Finding, desk: Desk, action: Callable[[Record], str]
) -> Reply:
    """Ask which is meant; where nothing is, say so and offer the nearest."""
    if found.concern:
        return concerned(request, desk, found)
    key = "find.which" if len(found.ids) > 1 else "find.nearest"
    offered = found.ids or desk.index.nearest(clean(words)[:LONGEST_QUESTION])
    records = [desk.library.records[each] for each in offered]
    told = desk.say(request.language, key if records else "find.none", words=_shown(words))
    buttons = [Button(each.name.in_language(request.language), action(each)) for each in records]
    neither = [Button(desk.say(request.language, "button.none"), "none")] if found.ids else []
    return replace(plain(told).with_buttons(*pairs(buttons), neither), found=found)


def _shown(words: str) -> str:
    """What a person wrote, made safe to repeat to them."""
    return isolate(cut(" ".join(clean(words).split()), 80))


def _whereabouts(attack: Attack, desk: Desk) -> str:
    """Place and province in all languages, word by word, with a space at each end."""
    place = attack.place
    province = [desk.say(each, f"province.{place.province}") for each in desk.languages]
    names = (place.name.en, place.name.ur or "", *province)
    return f" {' '.join(word for name in names for word in words_of(name))} "


def _line(attack: Attack, desk: Desk, language: Language) -> str:
    day = date_in(attack.date, desk, language)
    counted = attack.toll_range("killed")
    if counted is None:
        return f"{day} · {attack.place.name.in_language(language)}"
    count = range_in(*counted, desk, language)
    place = attack.place.name.in_language(language)
    return desk.say(language, "attacks.line", date=day, place=place, count=count)
