"""Chats as Telegram tells of them: what they are, and what the bot may do there."""

from telegram import Bot, Chat, ChatFullInfo, ChatMember, Message
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden

from bot.core.channels import ForumTopic, Kind, Look, Right

OUT = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
CHANNEL_RIGHTS = {
    Right.POST: "can_post_messages",
    Right.EDIT: "can_edit_messages",
    Right.PIN: "can_edit_messages",
}


async def look(bot: Bot, chat_id: int | str) -> Look | None:
    """A channel or group and the bot's place in it; None where there is none that it may see."""
    try:
        chat = await bot.get_chat(chat_id)
        if chat.type == ChatType.PRIVATE:
            return None
        member = await bot.get_chat_member(chat.id, bot.id)
    except Forbidden:
        return None
    except BadRequest as error:
        if "member list is inaccessible" not in error.message:
            return None
        return seen(chat, None)  # a public channel of others
    return seen(chat, member)


def seen(chat: Chat | ChatFullInfo, member: ChatMember | None) -> Look:
    """What is known of the chat when `member` is the bot's place in it."""
    kind = Kind.FORUM if chat.is_forum else Kind(chat.type)
    present = member is not None and _is_in(member, kind)
    rights = _rights(chat, member, kind) if member is not None and present else frozenset()
    return Look(chat.id, chat.title or str(chat.id), kind, chat.username, present, rights)


def is_administrator(member: ChatMember) -> bool:
    return member.status in (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)


def topic_of(message: Message) -> ForumTopic | None:
    """The topic that a service message made or renamed."""
    told = message.forum_topic_created or message.forum_topic_edited
    if told is None or not told.name or message.message_thread_id is None:
        return None
    return ForumTopic(message.chat_id, message.message_thread_id, told.name)


def _is_in(member: ChatMember, kind: Kind) -> bool:
    if kind is Kind.CHANNEL:
        return is_administrator(member)
    return member.status not in OUT and getattr(member, "is_member", True)


def _rights(chat: Chat | ChatFullInfo, member: ChatMember, kind: Kind) -> frozenset[Right]:
    if kind is Kind.CHANNEL:
        return frozenset(r for r, name in CHANNEL_RIGHTS.items() if getattr(member, name, False))
    rights = {Right.EDIT} | ({Right.POST} if _may_write(chat, member) else set())
    pins = getattr(member, "can_pin_messages", False)
    return frozenset(rights | {Right.PIN} if pins else rights)


def _may_write(chat: Chat | ChatFullInfo, member: ChatMember) -> bool:
    """In a group: administrators, and members unless they, or all of them, are silenced."""
    everyone = getattr(chat, "permissions", None)
    if is_administrator(member):
        return True
    if member.status == ChatMemberStatus.RESTRICTED:
        return bool(getattr(member, "can_send_messages", False))
    return everyone is None or bool(everyone.can_send_messages)
