"""A chat of the stand-in: who is in it with which rights, and what was said."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.adapters.playground.checks import Json
from bot.adapters.playground.detect import detect
from bot.adapters.playground.messages import NOTHING, Apart, Message

if TYPE_CHECKING:
    from bot.adapters.playground.people import User
    from bot.adapters.playground.world import World

#: Telegram writes these in place of whom it hides.
ANONYMOUS_ADMIN = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_VOICE = {
    "id": 136817688,
    "is_bot": True,
    "first_name": "Channel",
    "username": "Channel_Bot",
}
RIGHTS = frozenset(
    [
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
    ]
)
CHANNEL_RIGHTS = RIGHTS | {"can_post_messages", "can_edit_messages"}
GROUP_RIGHTS = RIGHTS | {"can_pin_messages", "can_manage_topics"}
#: Most bot messages kept for `wait_for` in a chat where nobody waits.
UNREAD = 200


@dataclass(frozen=True, slots=True)
class Member:
    """`rights` count for administrators; `silenced` members of a group may not write."""

    status: str = "member"
    rights: frozenset[str] = frozenset()
    anonymous: bool = False
    silenced: bool = False

    @property
    def is_admin(self) -> bool:
        return self.status in ("creator", "administrator")

    @property
    def is_in(self) -> bool:
        return self.status not in ("left", "kicked")

    def may(self, right: str) -> bool:
        return self.status == "creator" or (self.is_admin and right in self.rights)


@dataclass(slots=True, eq=False)
class Chat:
    """`started` and `blocked` are of private chats; `unread` is what no `wait_for` took yet.

    `topics` are the names of a forum's topics by their numbers, None where a chat has none.
    """

    world: "World"
    id: int
    type: str
    title: str
    username: str | None = None
    members: dict[int, Member] = field(default_factory=dict)
    started: bool = True
    blocked: bool = False
    last_id: int = 0
    history: dict[int, Message] = field(default_factory=dict)
    unread: list[Message] = field(default_factory=list)
    topics: dict[int, str] | None = None
    _json: Json = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        return self.type == "private"

    @property
    def is_channel(self) -> bool:
        return self.type == "channel"

    @property
    def messages(self) -> list[Message]:
        """What the chat shows, oldest first."""
        return list(self.history.values())

    @property
    def last(self) -> Message:
        """The newest message; a chat without one raises LookupError."""
        if not self.history:
            raise LookupError(f"nothing was said in chat {self.id} ({self.title}) so far")
        return self.history[next(reversed(self.history))]

    def json(self) -> Json:
        if not self._json:
            self._json = {"id": self.id, "type": self.type}
            self._json["first_name" if self.is_private else "title"] = self.title
            if self.username:
                self._json["username"] = self.username
            if self.topics is not None:
                self._json["is_forum"] = True
        return self._json

    def member(self, user_id: int) -> Member:
        return self.members.get(user_id, Member("left"))

    def bot_member(self) -> Member:
        return self.member(self.world.bot.id)

    def add(self, *users: "User", status: str = "member", rights: Iterable[str] = ()) -> None:
        for user in users:
            self.members[user.id] = Member(status, frozenset(rights))

    def set_bot(
        self, status: str, rights: Iterable[str] | None = None, by: "User | None" = None
    ) -> None:
        """Give the bot this place in the chat and tell it so, as Telegram does, if `by` is given.

        An administrator without `rights` named has all of them.
        """
        if status != "administrator":
            rights = ()
        elif rights is None:
            rights = CHANNEL_RIGHTS if self.is_channel else GROUP_RIGHTS
        was, now = self.bot_member(), Member(status, frozenset(rights))
        self.members[self.world.bot.id] = now
        if by is not None:
            self.tell_of_bot(was, now, by)

    def tell_of_bot(self, was: Member, now: Member, by: "User") -> None:
        bot = self.world.bot.json()
        change = {
            "chat": self.json(),
            "from": by.json(),
            "date": self.world.now(),
            "old_chat_member": member_json(was, bot, self),
            "new_chat_member": member_json(now, bot, self),
        }
        self.world.push_update("my_chat_member", change)

    def put(self, sender: Json, fields: Json, apart: Apart = NOTHING) -> Message:
        """Add a message of whom `sender` (from, sender_chat) names; the oldest may fall off."""
        self.last_id += 1
        message = Message(message_id=self.last_id, **sender)
        message["chat"], message["date"] = self.json(), self.world.now()
        message.update(fields)
        message.apart = apart
        self.history[self.last_id] = message
        if len(self.history) > self.world.history:
            del self.history[next(iter(self.history))]
        self.world.publish("message", self, message)
        return message

    def replace(self, message: Message) -> None:
        self.history[message.id] = message
        self.world.publish("edited", self, message)

    def remove(self, message: Message) -> None:
        del self.history[message.id]
        self.world.publish("deleted", self, message)

    def note_unread(self, message: Message) -> None:
        self.unread.append(message)
        if len(self.unread) > UNREAD:
            del self.unread[: UNREAD // 2]

    def opens_topic(self, by: "User", name: str) -> int:
        """The number of a new topic of this forum, by which messages go into it."""
        if self.topics is None:
            raise ValueError(f"chat {self.id} ({self.title}) is no forum: add_group(forum=True)")
        number = self.last_id + 1
        self.topics[number] = name
        made = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        self._tell_of_topic(self.put({"from": by.json()}, in_topic(number) | made))
        return number

    def renames_topic(self, by: "User", number: int, name: str) -> None:
        if self.topics is None or number not in self.topics:
            raise LookupError(f"chat {self.id} ({self.title}) has no topic {number}")
        self.topics[number] = name
        edited = {"forum_topic_edited": {"name": name}}
        self._tell_of_topic(self.put({"from": by.json()}, in_topic(number) | edited))

    def _tell_of_topic(self, message: Message) -> None:
        """What is not said but done, a bot is told of whatever its privacy mode."""
        if self.bot_member().is_in:
            self.world.push_update("message", message)

    def posts(self, text: str) -> Message:
        """A post in this channel by one of its people; the bot is told if it is in the channel."""
        return self.hear(self.put({"sender_chat": self.json()}, said(text)))

    def says_anonymously(self, text: str, reply_to: Message | None = None) -> Message:
        """An administrator of this group, hidden behind it."""
        sender = {"from": ANONYMOUS_ADMIN, "sender_chat": self.json()}
        return self.hear(self.put(sender, said(text, reply_to)))

    def says_as_channel(
        self, channel: "Chat", text: str, reply_to: Message | None = None
    ) -> Message:
        """Someone in this group who speaks in the name of a channel."""
        sender = {"from": CHANNEL_VOICE, "sender_chat": channel.json()}
        return self.hear(self.put(sender, said(text, reply_to)))

    def hear(self, message: Message) -> Message:
        """Tell the bot of a message, unless it is not here or its privacy mode keeps it out."""
        kind = "channel_post" if self.is_channel else "message"
        if self.is_private or (self.bot_member().is_in and self._is_for_bot(message)):
            self.world.push_update(kind, message)
        return message

    def _is_for_bot(self, message: Message) -> bool:
        bot = self.world.bot
        if not self.world.privacy_mode or self.is_channel or self.bot_member().is_admin:
            return True
        if message.get("via_bot", {}).get("id") == bot.id:
            return True
        if message.get("reply_to_message", {}).get("from", {}).get("id") == bot.id:
            return True
        for entity in message.entities:
            word = utf16_part(message.text, entity)
            name = word.partition("@")[2].lower()
            if entity["type"] == "bot_command" and not name:
                return True
            if entity["type"] in ("bot_command", "mention") and name == bot.username.lower():
                return True
        return False


def said(text: str, reply_to: Message | None = None) -> Json:
    """The fields of what a person typed: trimmed, with the entities that Telegram finds in it."""
    text = text.strip()
    if not text:
        raise ValueError("a message needs a text: Telegram's apps send no empty one")
    fields: dict[str, Any] = {"text": text}
    if entities := detect(text):
        fields["entities"] = entities
    return fields | replying(reply_to)


def in_topic(number: int) -> Json:
    return {"message_thread_id": number, "is_topic_message": True}


def replying(reply_to: Message | None) -> Json:
    """What a reply carries: the message it is to, and the topic that it stands in."""
    if reply_to is None:
        return {}
    topic = reply_to.get("message_thread_id")
    replied = {"reply_to_message": reply_to.changed(reply_to_message=None)}
    return replied | (in_topic(topic) if topic else {})


def utf16_part(text: str, entity: Json) -> str:
    raw = text.encode("utf-16-le")
    start = 2 * entity["offset"]
    return raw[start : start + 2 * entity["length"]].decode("utf-16-le", "replace")


def member_json(member: Member, user: Json, chat: Chat) -> Json:
    shown: Json = {"status": member.status, "user": user}
    if member.status == "creator":
        shown["is_anonymous"] = member.anonymous
    elif member.status == "administrator":
        rights = CHANNEL_RIGHTS if chat.is_channel else GROUP_RIGHTS
        shown |= {"can_be_edited": False, "is_anonymous": member.anonymous}
        shown |= {right: right in member.rights for right in sorted(rights)}
    elif member.status == "kicked":
        shown["until_date"] = 0
    return shown
