"""Following what the bot sends."""

import re
from typing import get_args

from bot.commands.briefs import pairs
from bot.commands.dates import date_in
from bot.commands.desk import Desk
from bot.commands.personal import personal
from bot.core.people import PersonId
from bot.core.records import Campaign, Language
from bot.core.records.campaigns import Kind
from bot.core.replies import Button, Reply, Request, plain
from bot.core.subscriptions import Subscription, Topic
from bot.core.text import clean, cut, isolate


def topics(desk: Desk) -> dict[Topic, tuple[Topic, ...]]:
    """What can be followed, beside everything: the kinds, and the campaigns of each."""
    campaigns = desk.library.of(Campaign)
    return {
        kind.replace(" ", "-"): tuple(each.id for each in campaigns if each.kind == kind)
        for kind in get_args(Kind)
    }


@personal
def subscribe(request: Request, person: PersonId, desk: Desk, line: str) -> Reply:
    """Follow everything, or the topics named; who followed everything then follows just those."""
    wanted = _named(line)
    if unknown := _unknown(wanted, (), desk):
        return _refused(unknown, request, desk)
    new = Subscription(person, wanted, request.language, desk.today())
    with desk.new_uow() as uow:
        held = uow.subscribers.follow(new)
        uow.commit()
    return _held(held, request, desk)


@personal
def unsubscribe(request: Request, person: PersonId, desk: Desk, line: str) -> Reply:
    """End the subscription at once, or that to the topics named."""
    unwanted = _named(line)
    with desk.new_uow() as uow:
        held = uow.subscribers.of(person)
        if held is None:
            return plain(desk.say(request.language, "unsubscribe.nothing"))
        if unknown := _unknown(unwanted, held.topics, desk):
            return _refused(unknown, request, desk)
        left = held.without(unwanted, topics(desk)) if unwanted else None
        if left:
            uow.subscribers.change(left)
        else:
            uow.subscribers.remove(person)
        uow.commit()
        uow.cleanse()
    if left:
        return _held(left, request, desk)
    return plain(desk.say(request.language, "unsubscribe.done"))


def _held(held: Subscription, request: Request, desk: Desk) -> Reply:
    """What somebody follows now, what is kept for it, and buttons to change or end it."""
    say, language = desk.say, request.language
    names = [isolate(topic_name(each, request.language, desk)) for each in held.topics]
    followed = say(language, "join.comma").join(names) or say(language, "subscribe.everything")
    day = date_in(held.since, desk, language)
    all_or_none = [Button(say(language, "button.unsubscribe"), "unsubscribe")]
    if held.topics:
        all_or_none.insert(0, Button(say(language, "button.everything"), "subscribe"))
    return plain(
        say(language, "subscribe.done", topics=followed),
        say(language, "subscribe.kept", day=day),
    ).with_buttons(*_choice(request, desk, held.topics), all_or_none)


def _unknown(named: tuple[Topic, ...], held: tuple[Topic, ...], desk: Desk) -> Topic | None:
    """The first that is no topic; one that somebody holds was a topic once."""
    kinds = topics(desk)
    known = {*held, *kinds, *(each for campaigns in kinds.values() for each in campaigns)}
    return next((each for each in named if each not in known), None)


def _refused(topic: Topic, request: Request, desk: Desk) -> Reply:
    told = desk.say(request.language, "subscribe.unknown", topic=isolate(cut(topic, 40)))
    return plain(told).with_buttons(*_choice(request, desk, ()))


def _choice(request: Request, desk: Desk, held: tuple[Topic, ...]) -> list[list[Button]]:
    """A button for each kind, and for what else is held: pressing one that is ticked ends it."""
    buttons = []
    for each in dict.fromkeys((*topics(desk), *held)):
        name, follows = topic_name(each, request.language, desk), each in held
        action = "unsubscribe" if follows else "subscribe"
        buttons.append(Button(f"✓ {name}" if follows else name, f"{action} {each}"))
    return pairs(buttons)


def topic_name(topic: Topic, language: Language, desk: Desk) -> str:
    """A topic as people read it; a campaign that is no more has its id alone."""
    if topic in topics(desk):
        return desk.say(language, f"follow.{topic}")
    campaign = desk.library.get(topic)
    return campaign.name.in_language(language) if campaign else topic


def _named(line: str) -> tuple[Topic, ...]:
    words = re.split(r"[\s,،]+", clean(line).lower())
    return tuple(sorted({word for word in words if word}))
