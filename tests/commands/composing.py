"""How tests compose a post: pressing one button after the other."""

from dataclasses import replace

from bot.commands.desk import Desk
from bot.core.channels import Address, Channel, Kind, Look, Right
from bot.core.posts import Post
from bot.core.replies import Button, Reply
from tests.fakes.people import AUTHOR, Chat, buttons

NEWS = -1001000000001
TESTS = -1001000000002
ATTACK = "safoora-goth-2015"


def with_channels(desk: Desk) -> Desk:
    """One where channel `NEWS` is enabled, and the platform knows `TESTS` too."""

    def look(address: Address) -> Look | None:
        rights = frozenset(Right)
        known = {
            NEWS: Look(NEWS, "News", Kind.CHANNEL, "wazahat_news", True, rights),
            TESTS: Look(TESTS, "Tests", Kind.CHANNEL, None, True, rights),
        }
        return known.get(int(address.chat)) if str(address.chat).lstrip("-").isdigit() else None

    with desk.new_uow() as uow:
        offered = Channel(
            Look(NEWS, "News", Kind.CHANNEL, "wazahat_news", True, frozenset(Right)), desk.clock()
        )
        uow.channels.put(offered.enabled(AUTHOR, desk.clock()))
        uow.commit()
    return replace(desk, look=look)


def post(desk: Desk, number: int = 1) -> Post:
    with desk.new_uow() as uow:
        found = uow.posts.get(number)
    assert found is not None
    return found


def button(reply: Reply, label: str) -> Button:
    """The button whose label holds this."""
    found = [each for each in buttons(reply) if label in each.label]
    assert found, [each.label for each in buttons(reply)]
    return found[0]


def pressed(say: Chat, reply: Reply, *labels: str) -> Reply:
    """Press one button after the other, each of the message before."""
    for label in labels:
        reply = say.press(AUTHOR, button(reply, label))
    return reply


def answered(say: Chat, asked: Reply, text: str) -> Reply:
    """An answer to a question completes its command line."""
    assert asked.asks
    return say(AUTHOR, f"/{asked.asks} {text}")


def drafted(say: Chat, *steps: str) -> Reply:
    """A draft with a text, opened at these steps."""
    asked = pressed(say, say(AUTHOR, "/compose"), "Text", "Write it")
    return pressed(say, answered(say, asked, "Hello there.\n\nSecond."), *steps)


def ready(say: Chat) -> Reply:
    """A draft of a record with a target."""
    found = answered(say, pressed(say, say(AUTHOR, "/compose"), "Text", "Find a record"), ATTACK)
    return pressed(say, pressed(say, found, "Safoora"), "Where to", "News", "‹ The draft")
