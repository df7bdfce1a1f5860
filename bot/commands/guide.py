"""Whatever leads a person by buttons: what steps that several things share need of it."""

from typing import Protocol

from bot.commands.desk import Desk
from bot.core.records import Language
from bot.core.replies import Button, Reply, Request


class Guide(Protocol):
    """Its buttons carry what is worked on, and the revision of it that they were shown with."""

    @property
    def request(self) -> Request: ...
    @property
    def desk(self) -> Desk: ...
    @property
    def language(self) -> Language: ...

    def say(self, key: str, **values: object) -> str: ...

    def action(self, step: str, *values: object) -> str: ...

    def button(self, label: str, step: str, *values: object) -> Button: ...

    def back(self) -> Button: ...

    def ask(self, step: str, *paragraphs: str) -> Reply: ...
