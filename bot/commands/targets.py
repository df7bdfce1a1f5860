"""Where a post may go: one name for each chat, whatever a moderator calls it."""

from collections.abc import Iterable
from dataclasses import replace

from bot.commands.audiences import audience_in, counted
from bot.commands.desk import Desk
from bot.core.channels import Address, Channel, Kind, NoTarget, Reach, Turn, Use, address_of
from bot.core.errors import DeliveryError
from bot.core.posts import Draft
from bot.core.records import Language
from bot.core.text import clean, cut, isolate


def resolve(text: str, desk: Desk) -> str:
    """The target that `text` names, the same for a channel's @name, its number and its link.

    Raises `NoTarget` where posts cannot go. A chat that nobody heard of is asked for at the
    platform, and known from then on; where that cannot be asked now, the name is taken as it is and
    sending will tell. A person's chat is never looked at.
    """
    if audience := audience_in(text, desk):
        return str(audience)
    address = address_of(text)
    if address is None:
        raise NoTarget("target.unclear", target=_shown(text))
    if address.is_person:
        return str(address)
    with desk.new_uow() as uow:
        known = address.among(uow.channels.all())
    if known is None or not known.takes_posts:
        try:
            known, _ = looked_at(address, desk)
        except DeliveryError:
            return str(address)
    if known is None:
        raise NoTarget("target.unknown", target=_shown(text))
    _check(known, address)
    return str(replace(address, chat=known.chat_id))


def looked_at(address: Address, desk: Desk) -> tuple[Channel | None, Turn | None]:
    """The channel after a look at it, kept, and what is to be told of that.

    No channel where there is none, or none that we are in; as it was where the platform cannot be
    asked now. Raises `DeliveryError` where that is so and we do not know it either.
    """
    with desk.new_uow() as uow:
        known = address.among(uow.channels.all())
    try:
        look = desk.look(Address(known.chat_id) if known else address)
    except DeliveryError:
        if known is None:
            raise
        return known, None
    if look is None and known:
        look = replace(known.look, present=False, rights=frozenset())
    if look is None or not (look.present or known):
        return None, None
    with desk.new_uow() as uow:
        held = uow.channels.get(look.chat_id) or Channel(look, desk.clock())
        now, turn = held.seen(look, desk.clock())
        uow.channels.put(now)
        uow.commit()
    return now, turn


def named(targets: Iterable[str], desk: Desk) -> list[str]:
    """Targets as people know them: by @name where the chat has one."""
    with desk.new_uow() as uow:
        names = {str(each.chat_id): each.name for each in uow.channels.all()}
    split = (target.partition("/") for target in targets)
    return [names.get(chat, chat) + slash + topic for chat, slash, topic in split]


def in_words(draft: Draft, desk: Desk, language: Language) -> list[str]:
    """The targets of a draft as people know them; of subscribers, how many they are at present."""
    counts = counted(draft, desk, language)
    names = zip(draft.targets, named(draft.targets, desk), strict=True)
    return [counts.get(target, name) for target, name in names]


def _check(channel: Channel, address: Address) -> None:
    name = _shown(channel.name)
    if channel.use is Use.DISABLED:
        raise NoTarget("target.disabled", target=name)
    if channel.reach is not Reach.OK:
        raise NoTarget("target.rights", target=name)
    if channel.use is Use.PAUSED:
        raise NoTarget("target.paused", target=name)
    if address.thread is not None and channel.look.kind is not Kind.FORUM:
        raise NoTarget("target.no-topics", target=name)


def _shown(text: str) -> str:
    return isolate(cut(clean(text), 60))
