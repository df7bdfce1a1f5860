"""Questions to the Bot API for `wazahat doctor`: nothing is changed or sent."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

import aiohttp
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.adapters.telegram.chats import look
from bot.adapters.telegram.transport import CONNECT, READ, SendingRequest
from bot.core.channels import Look


@dataclass(frozen=True, slots=True)
class Examined:
    """What the Bot API told. `failed` is why nothing could be learnt; `known_token`, whether it is
    for another reason than a token that it does not know."""

    username: str = ""
    webhook: str = ""
    webhook_error: str = ""
    waiting: int = 0
    looks: dict[int, Look | None] = field(default_factory=dict)
    failed: str = ""
    known_token: bool = True


async def examine(token: str, api_url: str, chats: Collection[int]) -> Examined:
    """Who the bot is, what stands in the way of its updates, and its place in these chats."""
    request = SendingRequest()
    bot = Bot(token, f"{api_url}/bot", f"{api_url}/file/bot", request=request)
    try:
        await bot.initialize()
        webhook = await bot.get_webhook_info()
        looks = {chat: await look(bot, chat) for chat in chats}
    except InvalidToken:
        return Examined(failed="it does not know this token", known_token=False)
    except TelegramError as error:
        return Examined(failed=error.message)
    finally:
        await request.shutdown()
    return Examined(
        bot.username,
        webhook.url,
        webhook.last_error_message or "",
        webhook.pending_update_count,
        looks,
    )


async def time_of(api_url: str) -> datetime | None:
    """The server's own time, to the second; None where it does not tell."""
    timeout = aiohttp.ClientTimeout(total=CONNECT + READ)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, trust_env=True) as session,
            session.get(api_url, allow_redirects=False) as response,
        ):
            return parsedate_to_datetime(response.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return None
