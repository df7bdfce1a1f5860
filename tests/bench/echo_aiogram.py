"""A peer: an echo bot as aiogram's own examples have it. Runs in an environment of its own."""

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message


async def echo(message: Message) -> None:
    await message.answer(message.text or "")


async def main() -> None:
    server = TelegramAPIServer.from_base(os.environ["WAZAHAT_API_URL"])
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    bot = Bot(os.environ["WAZAHAT_TOKEN"], session=AiohttpSession(api=server))
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
