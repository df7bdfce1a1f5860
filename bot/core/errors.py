"""What can go wrong that a caller may want to catch. Expected refusals are replies, not these."""

from collections.abc import Sequence
from datetime import timedelta

from bot.core.faults import Fault


class BotError(Exception):
    """Base of every error this project raises on purpose."""


class ContentError(BotError):
    """Content that may not be served; the text lists every fault, a line each."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


class EditRefused(BotError):
    """A change to content that cannot be made; carries the key of the phrase that says why."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class SettingsError(BotError):
    """Settings that may not be started with; the text lists every fault, a line each."""


class UsageError(BotError):
    """Arguments or input of the command line that mean nothing; the text says what would."""


class OutsideError(BotError):
    """Something that the bot needs and cannot mend does not work: a database, a port."""


class DeliveryError(BotError):
    """A message whose fate is not known: it may have been sent."""


class NotSent(DeliveryError):
    """A message that surely was not sent, for a cause that may pass by itself."""


class TryLater(NotSent):
    """The platform asks to wait."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"asked to wait {wait.total_seconds():.0f} s")
        self.wait = wait


class Refused(DeliveryError):
    """A message that surely was not sent and never will be as it is; the text says why."""


class ChatGone(Refused):
    """Nothing can be sent there any more: we were blocked or put out, or the account is gone."""
