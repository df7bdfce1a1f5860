"""The state of the stand-in: people, chats, what was said, and what the bot is yet to hear.

No HTTP and no event loop here: whatever happens is published to `listeners` at once.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import count
from typing import Any

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.checks import Json
from bot.adapters.playground.inline import InlineMode
from bot.adapters.playground.messages import NOTHING, Apart, Message
from bot.adapters.playground.people import Answer, Press, User
from bot.adapters.playground.shelf import Shelf

Listener = Callable[[str, Chat | None, Any], None]

#: Telegram sends these only to a bot that names them in `allowed_updates`.
ON_REQUEST = frozenset(("chat_member", "message_reaction", "message_reaction_count"))
MOST_UPDATES = 100_000
MOST_PRESSES = 10_000


class World:
    """`privacy_mode` is the bot's setting for groups; `history` bounds each chat's messages."""

    def __init__(
        self,
        bot_id: int,
        bot_username: str = "wazahat_demo_bot",
        bot_name: str = "Wazahat",
        clock: Callable[[], float] = time.time,
        history: int = 500,
    ) -> None:
        self.clock = clock
        self.history = history
        self.privacy_mode = True
        self.press_lifetime = timedelta(seconds=60)
        self.bot = User(self, bot_id, bot_name, username=bot_username, is_bot=True)
        self.users: dict[int, User] = {bot_id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.files = Shelf()
        self.inline = InlineMode(self)
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.updates: deque[Json] = deque(maxlen=MOST_UPDATES)
        self.allowed: frozenset[str] | None = None
        self.listeners: list[Listener] = []
        self._named: dict[str, Chat] = {}
        self.poll_ids = count(5_000_000_001)
        self._last_update = 0
        self._last_press = 0

    def now(self) -> int:
        return int(self.clock())

    def add_user(
        self,
        user_id: int,
        name: str,
        language: str = "en",
        username: str = "",
        started: bool = False,
    ) -> User:
        """A person, whom the bot cannot write to before they wrote to it (or `started`)."""
        user = User(self, user_id, name, language, username)
        self._place(Chat(self, user_id, "private", name, username or None, started=started))
        self.users[user_id] = user
        return user

    def add_channel(
        self,
        chat_id: int,
        username: str | None = None,
        title: str = "Channel",
        bot: str = "administrator",
        rights: Iterable[str] | None = None,
    ) -> Chat:
        """A channel; the bot is its administrator with all rights unless told otherwise."""
        channel = self._place(Chat(self, chat_id, "channel", title, username))
        channel.set_bot(bot, rights)
        return channel

    def add_group(
        self,
        chat_id: int,
        title: str = "Group",
        username: str | None = None,
        kind: str = "supergroup",
        bot: str = "member",
        rights: Iterable[str] | None = None,
        forum: bool = False,
    ) -> Chat:
        """A group (`kind` may be `group`, the small old one) with the bot as plain member.

        A `forum` has topics; its message 1 is the one that Telegram itself begins it with.
        """
        group = self._place(Chat(self, chat_id, kind, title, username))
        if forum:
            group.topics, group.last_id = {}, 1
        group.set_bot(bot, rights)
        return group

    def find_chat(self, name: str) -> Chat | None:
        """By id, or by `@username`, which finds channels and public groups but no person."""
        if name.startswith("@"):
            return self._named.get(name[1:].lower())
        try:
            return self.chats.get(int(name))
        except ValueError:
            return None

    def bot_says(self, chat: Chat, fields: Json, apart: Apart = NOTHING) -> Message:
        sender = {"sender_chat": chat.json()} if chat.is_channel else {"from": self.bot.json()}
        message = chat.put(sender, fields, apart)
        chat.note_unread(message)
        return message

    def bot_edits(self, message: Message, **fields: Any) -> Message:
        chat = self.chats[message.chat_id]
        changed = message.changed(**fields, edit_date=self.now())
        chat.note_unread(changed)
        chat.replace(changed)
        return changed

    def press(self, user: User, message: Message, data: str) -> Press:
        self._last_press += 1
        press = Press(f"{user.id}{self._last_press:08}", user, message, data, self.clock())
        self.presses[press.id] = press
        if len(self.presses) > MOST_PRESSES:
            del self.presses[next(iter(self.presses))]
        place: Json = {"message": message}
        if message.apart.inline_id:
            place = {"inline_message_id": message.apart.inline_id}
        query = {
            "id": press.id,
            "from": user.json(),
            **place,
            "chat_instance": str(message.chat_id * 7919),
            "data": data,
        }
        self.push_update("callback_query", query)
        return press

    def open_press(self, press_id: str) -> Press | None:
        """The press with this id, while it is young and unanswered."""
        press = self.presses.get(press_id)
        if press is None or press.answer is not None:
            return None
        age = timedelta(seconds=self.clock() - press.at)
        return press if age <= self.press_lifetime else None

    def answer(self, press: Press, answer: Answer) -> None:
        press.answer = answer
        self.publish("answer", self.chats[press.message.chat_id], press)

    def push_update(self, kind: str, payload: Json) -> None:
        """Queue an update, unless the bot asked for other kinds only."""
        wanted = kind not in ON_REQUEST if self.allowed is None else kind in self.allowed
        if wanted:
            self._last_update += 1
            self.updates.append({"update_id": self._last_update, kind: payload})
            self.publish("update", None, kind)

    def publish(self, kind: str, chat: Chat | None, payload: Any) -> None:
        for listener in self.listeners:
            listener(kind, chat, payload)

    def _place(self, chat: Chat) -> Chat:
        if chat.id in self.chats:
            raise ValueError(f"chat {chat.id} exists already: {self.chats[chat.id].title}")
        self.chats[chat.id] = chat
        if chat.username and not chat.is_private:
            self._named[chat.username.lower()] = chat
        return chat
