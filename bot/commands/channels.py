"""Channels: where posts go, what the bot may do there, and who decided so."""

from collections.abc import Iterator
from dataclasses import replace

from bot.commands.desk import Desk
from bot.commands.pages import asked_page, page_of, turning
from bot.commands.targets import looked_at
from bot.core.channels import (
    Address,
    Channel,
    ForumTopic,
    Look,
    Reach,
    Right,
    Turn,
    Use,
    address_of,
)
from bot.core.errors import DeliveryError
from bot.core.people import PersonId, Role
from bot.core.records import Language
from bot.core.replies import SILENCE, Block, Button, Reply, Request, Span, plain
from bot.core.text import clean, cut, isolate

A_PAGE = 8
MOST_OFFERED = 20
"""Chats that wait for a moderator's word; anyone can add the bot to theirs, and would fill the list
of those that matter."""


def channels(request: Request, desk: Desk, line: str) -> Reply:
    """All channels, or one of them enabled, disabled or looked at anew."""
    verb, _, named = line.partition(" ")
    act = {"enable": _enable, "disable": _disable, "check": _check}.get(verb.lower())
    if act is None:
        words, page = asked_page(line)
        return _list(request, desk, page) if not words else _no(request, desk, "channels.usage")
    address = address_of(named)
    if address is None or address.is_person or request.person is None:
        return _no(request, desk, "target.unclear", target=isolate(cut(clean(named), 60)))
    try:
        return act(request, request.person, desk, address)
    except DeliveryError:
        return _no(request, desk, "channels.unreachable", target=isolate(str(address)))


def place_changed(look: Look, by: PersonId | None, desk: Desk, *, administrator: bool) -> Reply:
    """Note what became of our place in a chat; the reply is made of notices to the moderators.

    A chat that is not known yet is offered to them where `by`, who changed it, is one of them or
    made us an administrator. Others add the bot to groups to ask it: that is nobody's business.
    """
    at = desk.clock()
    turn: Turn | None
    with desk.new_uow() as uow:
        known = uow.channels.get(look.chat_id)
        if known is None:
            by_staff = desk.role_in(uow, by) >= Role.MODERATOR
            offered = sum(each.use is Use.OFFERED for each in uow.channels.all())
            full = offered >= MOST_OFFERED and not by_staff
            if not look.present or full or not (administrator or by_staff):
                return SILENCE
            channel, turn = Channel(look, at), Turn.OFFER
        else:
            channel, turn = known.seen(look, at)
        if channel.reach is Reach.GONE and channel.use in (Use.OFFERED, Use.DISABLED):
            uow.channels.remove(channel.chat_id)
        else:
            uow.channels.put(channel)
        uow.commit()
    return replace(SILENCE, notices=tuple(_notices(channel, turn, desk)) if turn else ())


def topic_named(topic: ForumTopic, desk: Desk) -> None:
    """Remember a topic of a forum that is known."""
    with desk.new_uow() as uow:
        if uow.channels.get(topic.chat_id) is not None:
            uow.channels.name_topic(topic)
            uow.commit()


def _enable(request: Request, person: PersonId, desk: Desk, address: Address) -> Reply:
    """Let posts go there, if we may send there as things are now."""
    channel, turn = looked_at(address, desk)
    if channel is None:
        return _no(request, desk, "channels.unknown", target=isolate(str(address)))
    if channel.reach is not Reach.OK:
        key = "channels.gone" if channel.reach is Reach.GONE else "channels.missing"
        return _one(request, desk, channel, key, turn)
    enabled = channel.enabled(person, desk.clock())
    return _decided(request, person, desk, enabled, "channel.enabled")


def _disable(request: Request, person: PersonId, desk: Desk, address: Address) -> Reply:
    with desk.new_uow() as uow:
        channel = address.among(uow.channels.all())
    if channel is None:
        return _no(request, desk, "channels.unknown", target=isolate(str(address)))
    return _decided(request, person, desk, channel.disabled(), "channel.disabled")


def _check(request: Request, _: PersonId, desk: Desk, address: Address) -> Reply:
    """Look at our rights there now."""
    channel, turn = looked_at(address, desk)
    if channel is None:
        return _no(request, desk, "channels.unknown", target=isolate(str(address)))
    return _one(request, desk, channel, "channels.checked", turn)


def _decided(request: Request, person: PersonId, desk: Desk, channel: Channel, event: str) -> Reply:
    with desk.new_uow() as uow:
        if desk.role_in(uow, person) < Role.MODERATOR:  # revoked since the command was let in
            return _no(request, desk, "unknown-command", name="channels")
        uow.channels.put(channel)
        about = f"channel {channel.chat_id}"
        uow.audit.append(person, event, about, desk.clock(), name=channel.name)
        uow.commit()
    return replace(_one(request, desk, channel, f"channels.{channel.use}"), reschedules=True)


def _list(request: Request, desk: Desk, page: int) -> Reply:
    with desk.new_uow() as uow:
        found, topics = uow.channels.all(), uow.channels.topics()
    if not found:
        return _no(request, desk, "channels.none")
    shown, turned = page_of(found, page, A_PAGE)
    title = desk.say(request.language, "channels.title", n=len(found))
    blocks = [_described(each, topics, desk, request.language) for each in shown]
    rows = [_buttons(each, desk, request.language, named=True) for each in shown]
    head = Block((Span(title, bold=True),))
    return Reply((head, *blocks)).with_buttons(*rows, turning(turned, "channels"))


def _one(
    request: Request, desk: Desk, channel: Channel, key: str, turn: Turn | None = None
) -> Reply:
    """What was done about a channel, and how it stands; the others hear of a `turn`."""
    with desk.new_uow() as uow:
        topics = uow.channels.topics()
    told = _said(key, channel, desk, request.language)
    described = _described(channel, topics, desk, request.language)
    all_of_them = Button(desk.say(request.language, "button.channels"), "channels")
    others = _notices(channel, turn, desk) if turn else ()
    return Reply(
        (*plain(told).blocks, described),
        (tuple(_buttons(channel, desk, request.language)), (all_of_them,)),
        tuple(each for each in others if each[0] != request.person),
    )


def _notices(channel: Channel, turn: Turn, desk: Desk) -> Iterator[tuple[PersonId, Reply]]:
    """What moderators are told, each in their language."""
    for person in desk.people():
        language = desk.language_of(person, desk.languages[0])
        told = plain(_said(f"channels.{turn}", channel, desk, language))
        described = _described(channel, [], desk, language)
        notice = Reply((*told.blocks, described))
        yield person, notice.with_buttons(_buttons(channel, desk, language))


def _described(channel: Channel, topics: list[ForumTopic], desk: Desk, language: Language) -> Block:
    """A channel in a few lines: what it is, what may be done there, who enabled it."""

    def say(key: str, **values: object) -> str:
        return desk.say(language, key, **values)

    kind = say(f"channels.kind.{channel.look.kind}")
    standing = channel.use if channel.reach is Reach.OK else channel.reach
    lines = [f"{isolate(channel.name)} · {kind} · {say(f'channels.state.{standing}')}"]
    if channel.use is Use.PAUSED and channel.reach is not Reach.OK:
        lines.append(say("channels.waits"))
    if channel.reach is not Reach.GONE:
        rights = [right for right in Right if right in channel.look.rights]
        lines.append(say("channels.may", rights=_rights(rights, desk, language)))
        if channel.missing:
            lines.append(say("channels.lacks", rights=_rights(channel.missing, desk, language)))
    if channel.enabled_by and channel.enabled_at and channel.use is not Use.DISABLED:
        by, at = channel.enabled_by.removeprefix("telegram:"), desk.local(channel.enabled_at)
        lines.append(say("channels.by", person=isolate(by), at=isolate(at)))
    lines.append(say("channels.at", at=isolate(desk.local(channel.checked_at))))
    own = [each for each in topics if each.chat_id == channel.chat_id]
    lines += [f"{isolate(each.target)} – {isolate(cut(each.name, 60))}" for each in own]
    title = isolate(cut(clean(channel.look.title), 60))
    return Block((Span(title, bold=True), Span("".join(f"\n{line}" for line in lines))))


def _rights(rights: "list[Right] | tuple[Right, ...]", desk: Desk, language: Language) -> str:
    names = [desk.say(language, f"channels.right.{each}") for each in rights]
    return desk.say(language, "join.comma").join(names) or "–"


def _buttons(
    channel: Channel, desk: Desk, language: Language, *, named: bool = False
) -> list[Button]:
    """What can be done with a channel; in a list they say with which."""
    verb = "disable" if channel.use is Use.ENABLED else "enable"
    label = "go-on" if channel.use is Use.PAUSED else verb
    of = f" {cut(channel.name if channel.look.username else channel.look.title, 24)}"
    return [
        Button(
            desk.say(language, f"button.{key}") + (of if named else ""),
            f"channels {action} {channel.chat_id}",
        )
        for key, action in ((label, verb), ("check-rights", "check"))
    ]


def _said(key: str, channel: Channel, desk: Desk, language: Language) -> str:
    return desk.say(language, key, target=isolate(channel.name))


def _no(request: Request, desk: Desk, key: str, **values: object) -> Reply:
    return plain(desk.say(request.language, key, **values))
