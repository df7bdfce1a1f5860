"""Bot API methods that change or take back what was sent, in a chat or through inline mode."""

from typing import Any

from bot.adapters.playground.checks import Json, Params, bad
from bot.adapters.playground.keyboards import inline_keyboard
from bot.adapters.playground.media import ATTACHED, KINDS, named_file
from bot.adapters.playground.messages import Message
from bot.adapters.playground.rights import chat_of, check_may_delete, editable
from bot.adapters.playground.texts import caption_fields, text_fields
from bot.adapters.playground.world import World

SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
#: Of each kind of content, what goes when another takes its place.
TEXT = ("text", "entities", "link_preview_options")
CAPTION = ("caption", "caption_entities", "show_caption_above_media")
MEDIA = ("photo", "document", "has_media_spoiler")


def edit_message_text(world: World, params: Params) -> Message | bool:
    fields = text_fields(params, "MESSAGE_TOO_LONG")
    message = editable(world, params)
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    return _edited(world, params, message, {"entities": None, **fields})


def edit_message_caption(world: World, params: Params) -> Message | bool:
    """Without a caption in the call, the message loses its own."""
    fields = caption_fields(params, "MEDIA_CAPTION_TOO_LONG")
    message = editable(world, params)
    if not _has_media(message):
        raise bad("there is no caption in the message to edit")
    return _edited(world, params, message, dict.fromkeys(CAPTION) | fields)


def edit_message_media(world: World, params: Params) -> Message | bool:
    """Put a picture or file in place of another, or of a text, with a caption of its own."""
    fields = _media_fields(world, params)
    message = editable(world, params)
    if not (_has_media(message) or "text" in message):
        raise bad("message media can't be edited")
    gone = dict.fromkeys((*TEXT, *CAPTION, *MEDIA))
    return _edited(world, params, message, gone | fields)


def edit_message_reply_markup(world: World, params: Params) -> Message | bool:
    return _edited(world, params, editable(world, params), {})


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


def _media_fields(world: World, params: Params) -> Json:
    media = params.structure("media", "can't parse input media JSON object")
    if not isinstance(media, dict):
        raise bad("media is not specified" if media is None else "expected an Object as media")
    kind = media.get("type")
    if kind not in KINDS:
        raise bad(f"can't parse InputMedia: this stand-in of the Bot API has no type {kind!r}")
    given: Any = media.get("media")
    if params.text("inline_message_id") and str(given or "").startswith(ATTACHED):
        raise bad("invalid message content specified")
    file = named_file(world, params, given, kind, "media not found")
    nested = Params(media)
    fields = file.fields() | caption_fields(nested, "MEDIA_CAPTION_TOO_LONG")
    if kind == "document":
        fields.pop("show_caption_above_media", None)
    elif nested.flag("has_spoiler"):
        fields["has_media_spoiler"] = True
    return fields


def _edited(world: World, params: Params, message: Message, fields: Json) -> Message | bool:
    """Edit the message; its keyboard is always replaced, by none if none is given."""
    fields["reply_markup"] = inline_keyboard(params)
    if all(message.get(name) == value for name, value in fields.items()):
        raise bad(SAME)
    changed = world.bot_edits(message, **fields)
    return True if params.text("inline_message_id") else changed


def _has_media(message: Message) -> bool:
    return "photo" in message or "document" in message
