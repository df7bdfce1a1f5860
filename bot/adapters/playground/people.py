"""A person of the stand-in, and all that a person does: say, press, edit, block."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.adapters.playground.ballots import cast
from bot.adapters.playground.chats import Chat, Member, replying, said
from bot.adapters.playground.checks import Json, utf16_length
from bot.adapters.playground.detect import detect
from bot.adapters.playground.inline import InlineQuery
from bot.adapters.playground.messages import Message
from bot.adapters.playground.shelf import File

if TYPE_CHECKING:
    from bot.adapters.playground.world import World

#: A longer text is cut into several messages by Telegram's apps.
LONGEST_TYPED = 4096


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered to a pressed button: a toast, an alert, or nothing to show."""

    text: str = ""
    alert: bool = False
    url: str = ""


@dataclass(slots=True, eq=False)
class Press:
    """One press of a button: a callback query that the bot may answer once, for a while."""

    id: str
    user: "User"
    message: Message
    data: str
    at: float
    answer: Answer | None = None


@dataclass(slots=True, eq=False)
class User:
    world: "World"
    id: int
    name: str
    language: str = "en"
    username: str = ""
    is_bot: bool = False
    _json: Json = field(default_factory=dict)

    def json(self) -> Json:
        if not self._json:
            self._json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
            if self.username:
                self._json["username"] = self.username
            if self.language and not self.is_bot:
                self._json["language_code"] = self.language
        return self._json

    @property
    def private_chat(self) -> Chat:
        return self.world.chats[self.id]

    def says(self, text: str, chat: Chat | None = None, reply_to: Message | None = None) -> Message:
        """Send a text: to the bot, or in a group, where speaking makes one a member.

        The first words to the bot, whatever they are, stand for pressing Start as well.
        """
        chat = self._goes_to(chat)
        if utf16_length(text) > LONGEST_TYPED:
            raise ValueError(f"{utf16_length(text)} UTF-16 units typed; send {LONGEST_TYPED} each")
        return chat.hear(chat.put({"from": self.json()}, said(text, reply_to)))

    def sends(
        self,
        name: str,
        raw: bytes,
        caption: str = "",
        chat: Chat | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Send a file, with a few words if wanted: to the bot, or in a group."""
        return self._sends(self.world.files.keep_document(raw, name), caption, chat, reply_to, {})

    def shows(
        self,
        raw: bytes,
        caption: str = "",
        chat: Chat | None = None,
        reply_to: Message | None = None,
        **more: Any,
    ) -> Message:
        """Send a picture as a photo; `more` is what Telegram's JSON has besides, such as the
        `media_group_id` that the pictures of an album share, or the origin of a forwarded one."""
        return self._sends(self.world.files.keep_photo(raw), caption, chat, reply_to, more)

    def _sends(
        self, file: File, caption: str, chat: Chat | None, reply_to: Message | None, more: Json
    ) -> Message:
        chat = self._goes_to(chat)
        fields = file.fields() | replying(reply_to) | more
        if caption := caption.strip():
            fields["caption"] = caption
            if entities := detect(caption):
                fields["caption_entities"] = entities
        return chat.hear(chat.put({"from": self.json()}, fields))

    def edits(self, message: Message, text: str) -> Message:
        """Change an own message; the bot gets it as an edited one."""
        chat = self.world.chats[message.chat_id]
        fields = {"entities": None, **said(text), "edit_date": self.world.now()}
        changed = chat.history[message.id].changed(**fields)
        chat.replace(changed)
        self.world.push_update("edited_message", changed)
        return changed

    def presses(self, message: Message, button: str) -> Press:
        """Press the button with this label (or data) on the message as it stands now."""
        chat = self.world.chats[message.chat_id]
        if message.id not in chat.history:
            raise LookupError(f"message {message.id} is gone from chat {chat.id} ({chat.title})")
        current = chat.history[message.id]
        chosen = current.button(button)
        if "callback_data" not in chosen:
            raise LookupError(f"button {chosen['text']!r} asks the bot nothing: {chosen}")
        return self.world.press(self, current, chosen["callback_data"])

    def votes(self, message: Message, *options: str | int) -> None:
        """Answer a poll by labels or places of options; with none, take the answer back.

        LookupError for what the poll does not have, ValueError for what it does not allow.
        """
        cast(self.world, self, message, options)

    def types_inline(self, query: str, offset: str = "", chat: Chat | None = None) -> InlineQuery:
        """Type `@bot query` into a chat, the one with the bot or another; nothing is sent yet."""
        return self.world.inline.ask(self, chat or self.private_chat, query, offset)

    def chooses(self, query: InlineQuery, result_id: str, chat: Chat | None = None) -> Message:
        """Send one of the results, where the words were typed or in another chat."""
        chat = chat or query.chat
        return self.world.inline.choose(query, result_id, self._goes_to(chat, posts=True))

    def speaks(self, language: str) -> None:
        """Change the language of this person's Telegram."""
        self.language = language
        self._json = {}
        self.world.publish("commands", None, None)

    def blocks_bot(self) -> None:
        self._block(True)

    def unblocks_bot(self) -> None:
        self._block(False)

    def _goes_to(self, chat: Chat | None, posts: bool = False) -> Chat:
        chat = chat or self.private_chat
        if chat.is_channel and posts:
            return chat
        if chat.is_channel:
            raise ValueError("people read a channel; a post in it is channel.posts(text)")
        if chat.is_private:
            if chat.blocked:
                raise ValueError(f"{self.name} blocked the bot: call unblocks_bot() first")
            chat.started = True
        elif not chat.member(self.id).is_in:
            chat.add(self)
        return chat

    def _block(self, blocked: bool) -> None:
        chat = self.private_chat
        was, now = Member("kicked" if chat.blocked else "member"), Member()
        if blocked:
            now = Member("kicked")
        chat.blocked = blocked
        if was != now:
            chat.tell_of_bot(was, now, self)
