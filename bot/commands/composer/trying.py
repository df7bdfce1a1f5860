"""Seeing a draft as it will be sent: alone, or in a chat that is there for tests."""

from dataclasses import replace

from bot.commands.composer.overview import note, overview
from bot.commands.composer.work import Work
from bot.commands.moderation.message import message_of
from bot.commands.targets import looked_at
from bot.core.channels import Address, Channel, Reach, Use, address_of
from bot.core.errors import DeliveryError
from bot.core.people import Role
from bot.core.replies import Reply, plain
from bot.core.text import clean, cut, isolate


def preview(work: Work, _: str) -> Reply:
    """Exactly what will be sent, as a message of its own, to the composer only."""
    message = _message(work)
    if message is None or work.request.person is None:
        return overview(work)
    shown = overview(work, work.say("composer.previewed"))
    return replace(shown, notices=((work.request.person, message),))


def test(work: Work, named: str) -> Reply:
    """Send it to a chat that no posts go to, marked as a test: nobody has approved it yet."""
    if not named:
        return work.ask("test", work.say("composer.type-test"))
    message, address = _message(work), address_of(named)
    shown = isolate(cut(clean(named), 60))
    if message is None:
        return overview(work)
    if address is None:
        return note(work, work.say("composer.test-unclear", target=shown))
    person = _staff(work, address) or _chat(work, address)
    if person is None:
        return note(work, work.say("composer.test-refused", target=shown))
    with work.desk.new_uow() as uow:
        if work.desk.role_in(uow, work.request.person) < Role.MODERATOR:
            return plain(work.say("post.role", id=work.post.id))
        about, revision = f"post {work.post.id}", work.post.revision.number
        at = work.desk.clock()
        uow.audit.append(
            work.request.person, "post.tested", about, at, revision=revision, target=str(address)
        )
        uow.commit()
    marked = plain(work.desk.say(work.draft.language, "composer.test-mark", id=work.post.id))
    sent = overview(work, work.say("composer.tested", target=shown))
    return replace(sent, notices=((person, marked), (person, message)))


def _message(work: Work) -> Reply | None:
    return message_of(work.draft, work.desk) if work.draft.blocks else None


def _staff(work: Work, address: Address) -> str | None:
    """The private chat of somebody who works on the bot."""
    person = f"telegram:{address.chat}"
    return person if address.is_person and person in work.desk.people() else None


def _chat(work: Work, address: Address) -> str | None:
    """A chat that we can send to and that readers get no posts in."""
    if address.is_person or address.thread is not None:
        return None
    try:
        channel, _ = looked_at(address, work.desk)
    except DeliveryError:
        return None
    return f"telegram:{channel.chat_id}" if channel and _is_for_tests(channel) else None


def _is_for_tests(channel: Channel) -> bool:
    return channel.reach is Reach.OK and channel.use in (Use.OFFERED, Use.DISABLED)
