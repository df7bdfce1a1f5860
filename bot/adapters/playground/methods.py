"""The table of Bot API methods that the stand-in knows, and those about messages.

To add one: a function of `World` and `Params` that returns the `result` or raises a `Refusal`,
and its row in `METHODS`. Only `getUpdates` is not here, since it waits (`polling.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.adapters.playground import about, files, menu
from bot.adapters.playground.chats import Chat
from bot.adapters.playground.checks import Json, Params, bad, utf16_length
from bot.adapters.playground.detect import detect
from bot.adapters.playground.entities import parse_html, trimmed
from bot.adapters.playground.keyboards import inline_keyboard
from bot.adapters.playground.messages import Message
from bot.adapters.playground.people import Answer
from bot.adapters.playground.rights import chat_of, check_may_delete, check_may_write, editable
from bot.adapters.playground.world import World

LONGEST_TEXT = 4096
LONGEST_ANSWER = 200
ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def send_message(world: World, params: Params) -> Message:
    fields = _text(params, "message is too long")
    if markup := inline_keyboard(params):
        fields["reply_markup"] = markup
    chat = chat_of(world, params)
    check_may_write(chat)
    fields |= sending_options(chat, params)
    return world.bot_says(chat, fields)


def edit_message_text(world: World, params: Params) -> Message:
    fields = _text(params, "MESSAGE_TOO_LONG")
    return _edited(world, params, {"entities": None, **fields})


def edit_message_reply_markup(world: World, params: Params) -> Message:
    return _edited(world, params, {})


def delete_message(world: World, params: Params) -> bool:
    chat = chat_of(world, params)
    if not (number := params.integer("message_id")):
        raise bad("message identifier is not specified")
    message = chat.history.get(number)
    if message is None:
        raise bad("message to delete not found")
    check_may_delete(chat, message)
    chat.remove(message)
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    text = params.text("text")
    if len(text) > LONGEST_ANSWER:
        raise bad("MESSAGE_TOO_LONG")
    press = world.open_press(params.text("callback_query_id"))
    if press is None:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    world.answer(press, Answer(text, params.flag("show_alert"), params.text("url")))
    return True


def send_chat_action(world: World, params: Params) -> bool:
    action = params.text("action").strip().lower()
    if action not in ACTIONS:
        raise bad("wrong parameter action in request")
    chat = chat_of(world, params)
    check_may_write(chat)
    world.publish("action", chat, action)
    return True


def sending_options(chat: Chat, params: Params) -> Json:
    """What every kind of message may carry: the one it replies to, its preview, protection."""
    fields: Json = {}
    reply = params.structure("reply_parameters", "can't parse reply parameters JSON object") or {}
    if number := int(reply.get("message_id", 0)) or params.integer("reply_to_message_id"):
        replied = chat.history.get(number)
        lenient = reply.get("allow_sending_without_reply")
        if replied is None and not (lenient or params.flag("allow_sending_without_reply")):
            raise bad("message to be replied not found")
        if replied is not None:
            fields["reply_to_message"] = replied.changed(reply_to_message=None)
    preview = params.structure(
        "link_preview_options", "can't parse link preview options JSON object"
    )
    if preview:
        fields["link_preview_options"] = preview
    if params.flag("protect_content"):
        fields["has_protected_content"] = True
    return fields


def formatted(params: Params, name: str, entities_name: str) -> tuple[str, list[Json]]:
    """Text under `name` with its entities: by parse mode, else as listed, and those detected."""
    text, mode = params.text(name), params.text("parse_mode").lower()
    given: list[Json] = []
    if mode == "html":
        text, given = parse_html(text)
    elif mode in ("markdown", "markdownv2"):
        raise bad("unsupported parse_mode: this stand-in of the Bot API reads HTML only")
    elif mode not in ("", "none"):
        raise bad("unsupported parse_mode")
    else:
        given = params.structure(entities_name, "can't parse entities JSON object") or []
    text, given = trimmed(text, given)
    return text, detect(text, given)


def _text(params: Params, too_long: str) -> Json:
    if not params.text("text"):
        raise bad("message text is empty")
    text, entities = formatted(params, "text", "entities")
    if not text:
        raise bad("text must be non-empty")
    if utf16_length(text) > LONGEST_TEXT:
        raise bad(too_long)
    return {"text": text, "entities": entities} if entities else {"text": text}


def _edited(world: World, params: Params, fields: Json) -> Message:
    """Edit the message named; the keyboard is always replaced, by none if none is given."""
    fields["reply_markup"] = inline_keyboard(params)
    message = editable(world, params)
    if fields.keys() >= {"text"} and "text" not in message:
        raise bad("there is no text in the message to edit")
    if all(message.get(name) == value for name, value in fields.items()):
        same = "specified new message content and reply markup are exactly the same as"
        raise bad(
            f"message is not modified: {same} a current content and reply markup of the message"
        )
    return world.bot_edits(message, **fields)


@dataclass(frozen=True, slots=True)
class Method:
    """`floods`: the call counts as a message for flood control."""

    name: str
    run: Callable[[World, Params], Any]
    floods: bool = False


METHODS = {
    method.name.lower(): method
    for method in (
        Method("answerCallbackQuery", answer_callback_query),
        Method("deleteMessage", delete_message),
        Method("deleteMyCommands", menu.delete_my_commands),
        Method("deleteWebhook", about.delete_webhook),
        Method("editMessageReplyMarkup", edit_message_reply_markup, floods=True),
        Method("editMessageText", edit_message_text, floods=True),
        Method("getChat", about.get_chat),
        Method("getChatAdministrators", about.get_chat_administrators),
        Method("getChatMember", about.get_chat_member),
        Method("getChatMemberCount", about.get_chat_member_count),
        Method("getFile", files.get_file),
        Method("getMe", about.get_me),
        Method("getMyCommands", menu.get_my_commands),
        Method("getWebhookInfo", about.get_webhook_info),
        Method("sendChatAction", send_chat_action),
        Method("sendMessage", send_message, floods=True),
        Method("setMyCommands", menu.set_my_commands),
    )
}
