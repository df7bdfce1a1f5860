"""Which chat a call means, and whether the bot may do there what it asks."""

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.checks import Params, Refusal, bad, forbidden
from bot.adapters.playground.messages import Message
from bot.adapters.playground.world import World


def chat_of(world: World, params: Params) -> Chat:
    """The chat under `chat_id`, whether or not the bot may write there."""
    name = params.text("chat_id").strip()
    if not name:
        raise bad("chat_id is empty")
    chat = world.find_chat(name)
    if chat is None:
        raise bad("chat not found")
    return chat


def known_chat(world: World, params: Params) -> Chat:
    """For reading about a chat: the bot has met the person, or is in the group or channel."""
    chat = chat_of(world, params)
    if chat.is_private and not chat.started:
        raise bad("chat not found")
    if not chat.is_private and not (chat.is_channel and chat.username):
        check_presence(chat)
    return chat


def check_presence(chat: Chat) -> None:
    member = chat.bot_member()
    if member.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if member.status == "left":
        raise forbidden(f"bot is not a member of the {chat.type} chat")


def check_may_write(chat: Chat, kind: str = "text messages") -> None:
    """Raise what Telegram answers to a message of this kind that the bot may not send here."""
    if chat.is_private:
        _check_person(chat)
        return
    check_presence(chat)
    member = chat.bot_member()
    if chat.is_channel and not member.may("can_post_messages"):
        raise bad("need administrator rights in the channel chat")
    if member.silenced:
        raise bad(f"not enough rights to send {kind} to the chat")


def check_may_delete(chat: Chat, message: Message) -> None:
    own = chat.world.bot.id == message.get("from", {}).get("id")
    if chat.is_private or own:
        return
    if not chat.bot_member().may("can_delete_messages"):
        raise bad("message can't be deleted")


def editable(world: World, params: Params) -> Message:
    """The message a call wants changed; in a channel also one of other administrators."""
    if inline_id := params.text("inline_message_id"):
        return _inline_message(world, inline_id)
    chat = chat_of(world, params)
    if chat.is_private:
        _check_person(chat, editing=True)
    else:
        check_presence(chat)
    number = params.integer("message_id")
    if not number:
        raise bad("message identifier is not specified")
    message = chat.history.get(number)
    if message is None:
        raise bad("message to edit not found")
    if chat.is_channel:
        if not chat.bot_member().may("can_edit_messages"):
            raise bad("need administrator rights in the channel chat")
    elif message.get("from", {}).get("id") != world.bot.id:
        raise bad("message can't be edited")
    return message


def _inline_message(world: World, inline_id: str) -> Message:
    message = world.inline.message(inline_id)
    if message is None:
        raise bad("MESSAGE_ID_INVALID")
    return message


def _check_person(chat: Chat, editing: bool = False) -> None:
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.started:
        if editing:
            raise bad("chat not found")
        raise Refusal(403, "Forbidden: bot can't initiate conversation with a user")
