"""The one translation of Telegram's errors into ours."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TypeVar

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.adapters.telegram.transport import NeverLeft
from bot.core.errors import ChatGone, DeliveryError, NotSent, Refused, TryLater

T = TypeVar("T")

PATIENCE = timedelta(seconds=30)
"""How long an answer waits when Telegram asks to wait; a post goes back to its queue instead."""


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """The call's result, after as many waits as Telegram asks for within `PATIENCE`."""
    left = PATIENCE
    while True:
        try:
            async with translated():
                return await call()
        except TryLater as error:
            left -= error.wait
            if left < timedelta():
                raise
            await asyncio.sleep(error.wait.total_seconds())


@asynccontextmanager
async def translated() -> AsyncIterator[None]:
    """Telegram's errors as ours, told apart by whether the message can have been sent."""
    try:
        yield
    except RetryAfter as error:
        raise TryLater(span_of(error)) from error
    except Forbidden as error:
        raise ChatGone(error.message) from error
    except (BadRequest, ChatMigrated, InvalidToken) as error:
        raise Refused(error.message) from error
    except NeverLeft as error:
        raise NotSent(error.message) from error
    except TelegramError as error:
        raise DeliveryError(error.message) from error


def span_of(error: RetryAfter) -> timedelta:
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
