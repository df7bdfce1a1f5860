"""Who asks and who moderates in tests, and how they talk to the bot."""

from collections.abc import Iterator
from itertools import count

from bot.commands.desk import Desk
from bot.commands.table import press, respond
from bot.core.people import PersonId
from bot.core.records import Language
from bot.core.replies import Button, Reply, Request

READER: PersonId = "telegram:7310001001"
OTHER: PersonId = "telegram:1002"
AUTHOR: PersonId = "telegram:2001"
REVIEWER: PersonId = "telegram:2002"
GROUP = "telegram:-1002000000001"


class Chat:
    """`chat(AUTHOR, "/posts")`: the reply to what a person types. Each message has its origin."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._numbers = count(1)

    def __call__(
        self,
        person: PersonId | None,
        text: str,
        language: Language = "en",
        origin: str | None = None,
    ) -> Reply:
        request = Request(text, person, language, origin=origin or f"test:{next(self._numbers)}")
        return respond(request, self.desk)

    def press(
        self, person: PersonId | None, button: Button | str, language: Language = "en"
    ) -> Reply:
        """The reply to pressing a button, or to an action that somebody forged."""
        action = button.action if isinstance(button, Button) else button
        return press(Request(action, person, language), self.desk)

    def in_group(self, person: PersonId | None, text: str, *, manages: bool = False) -> Reply:
        """The reply to what a person types in `GROUP`, maybe as one of its administrators."""
        request = Request(text, person, private=False, chat=GROUP, manages=manages)
        return respond(request, self.desk)


def buttons(reply: Reply) -> list[Button]:
    return [button for row in reply.buttons for button in row]


def actions(reply: Reply) -> list[str]:
    return [button.action for button in buttons(reply)]


def walk(reply: Reply) -> Iterator[str]:
    """Every piece of text in a reply that a person may read."""
    for block in reply.blocks:
        yield from (span.text for span in block.spans)
    yield from (button.label for button in buttons(reply))
