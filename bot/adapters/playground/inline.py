"""Inline mode: what people type after the bot's name, its results, and what is sent of them."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.adapters.playground.checks import Json
from bot.adapters.playground.messages import Apart, Message

if TYPE_CHECKING:
    from bot.adapters.playground.chats import Chat
    from bot.adapters.playground.people import User
    from bot.adapters.playground.world import World

LONGEST_QUERY = 256
MOST_QUERIES = 10_000
MOST_MESSAGES = 10_000


@dataclass(frozen=True, slots=True)
class Result:
    """One of the things to choose: `shown` as the bot gave it, `fields` of the message it makes."""

    shown: Json
    fields: Json

    @property
    def id(self) -> str:
        return str(self.shown["id"])


@dataclass(frozen=True, slots=True)
class Results:
    """The bot's answer; a `next_offset` means that there is more."""

    results: tuple[Result, ...] = ()
    next_offset: str = ""
    button: Json | None = None

    @property
    def ids(self) -> list[str]:
        return [result.id for result in self.results]

    def result(self, result_id: str) -> Result:
        for result in self.results:
            if result.id == result_id:
                return result
        raise LookupError(f"there is no result {result_id!r}; there are {self.ids}")


@dataclass(slots=True, eq=False)
class InlineQuery:
    """Words typed in `chat`; the bot may answer once, while they are young."""

    id: str
    user: "User"
    chat: "Chat"
    query: str
    offset: str
    at: float
    answer: Results | None = None


@dataclass(slots=True)
class InlineMode:
    """`enabled` and `feedback` are the bot's settings at BotFather.

    Telegram may answer a query from its cache; here each one reaches the bot.
    """

    world: "World"
    enabled: bool = True
    feedback: bool = True
    query_lifetime: timedelta = timedelta(seconds=15)
    _queries: dict[str, InlineQuery] = field(default_factory=dict)
    _messages: dict[str, tuple[int, int]] = field(default_factory=dict)
    _last: int = 0

    def ask(self, user: "User", chat: "Chat", text: str, offset: str) -> InlineQuery:
        """Tell the bot what was typed; ValueError where Telegram's apps would not ask it."""
        if not self.enabled:
            raise ValueError("the bot has no inline mode: world.inline.enabled is False")
        if len(text) > LONGEST_QUERY:
            raise ValueError(f"an inline query has at most {LONGEST_QUERY} characters")
        self._last += 1
        query_id = f"{user.id}{self._last:08}"
        query = InlineQuery(query_id, user, chat, text, offset, self.world.clock())
        self._queries[query_id] = query
        if len(self._queries) > MOST_QUERIES:
            del self._queries[next(iter(self._queries))]
        told = {"id": query_id, "from": user.json(), "query": text, "offset": offset}
        kind = "sender" if chat.is_private else chat.type
        self.world.push_update("inline_query", {**told, "chat_type": kind})
        return query

    def open_query(self, query_id: str) -> InlineQuery | None:
        """The query with this id, while it is young and unanswered."""
        query = self._queries.get(query_id)
        if query is None or query.answer is not None:
            return None
        age = timedelta(seconds=self.world.clock() - query.at)
        return query if age <= self.query_lifetime else None

    def query(self, query_id: str) -> InlineQuery | None:
        return self._queries.get(query_id)

    def answer(self, query: InlineQuery, results: Results) -> None:
        query.answer = results
        self.world.publish("results", query.chat, query)

    def choose(self, query: InlineQuery, result_id: str, chat: "Chat") -> Message:
        """Send the result as a message of the one who asked, and tell the bot which it was."""
        if query.answer is None:
            raise LookupError(f"the bot has not answered {query.query!r} yet")
        result = query.answer.result(result_id)
        inline_id = ""
        if "reply_markup" in result.fields:
            self._last += 1
            inline_id = f"inline-{self._last:08}"
        sender = {"sender_chat": chat.json()} if chat.is_channel else {"from": query.user.json()}
        fields = {"via_bot": self.world.bot.json(), **result.fields}
        message = chat.put(sender, fields, Apart(inline_id=inline_id))
        if inline_id:
            self._messages[inline_id] = (chat.id, message.id)
            if len(self._messages) > MOST_MESSAGES:
                del self._messages[next(iter(self._messages))]
        if self.feedback:
            chosen = {"result_id": result_id, "from": query.user.json(), "query": query.query}
            known = {"inline_message_id": inline_id} if inline_id else {}
            self.world.push_update("chosen_inline_result", chosen | known)
        return chat.hear(message)

    def message(self, inline_id: str) -> Message | None:
        """The message with this inline id as it stands now."""
        chat_id, number = self._messages.get(inline_id, (0, 0))
        chat = self.world.chats.get(chat_id)
        return chat.history.get(number) if chat else None
