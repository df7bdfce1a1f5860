"""Bot API methods that send: texts, pictures, files, and that something is on its way."""

from bot.adapters.playground.ballots import Ballot
from bot.adapters.playground.chats import Chat, in_topic, replying
from bot.adapters.playground.checks import Json, Params, bad
from bot.adapters.playground.keyboards import markup_for
from bot.adapters.playground.media import sent_file
from bot.adapters.playground.messages import Apart, Message
from bot.adapters.playground.rights import chat_of, check_may_write
from bot.adapters.playground.texts import caption_fields, text_fields
from bot.adapters.playground.world import World

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
    return sent(world, params, text_fields(params, "message is too long"), "text messages")


def send_photo(world: World, params: Params) -> Message:
    caption = caption_fields(params, "message caption is too long")
    fields = sent_file(world, params, "photo").fields() | caption
    if params.flag("has_spoiler"):
        fields["has_media_spoiler"] = True
    return sent(world, params, fields, "photos")


def send_document(world: World, params: Params) -> Message:
    caption = caption_fields(params, "message caption is too long")
    caption.pop("show_caption_above_media", None)
    fields = sent_file(world, params, "document").fields() | caption
    return sent(world, params, fields, "documents")


def send_chat_action(world: World, params: Params) -> bool:
    action = params.text("action").strip().lower()
    if action not in ACTIONS:
        raise bad("wrong parameter action in request")
    chat = chat_of(world, params)
    check_may_write(chat)
    world.publish("action", chat, action)
    return True


def sent(
    world: World, params: Params, fields: Json, kind: str, ballot: Ballot | None = None
) -> Message:
    """Say `fields` in the chat of the call, with all that any message may carry."""
    markup = markup_for(params)
    chat = chat_of(world, params)
    check_may_write(chat, kind)
    if markup.keyboard:
        fields["reply_markup"] = markup.keyboard
    fields |= _options(chat, params)
    return world.bot_says(chat, fields, Apart(asks=markup.asks, ballot=ballot))


def _options(chat: Chat, params: Params) -> Json:
    """What every kind of message may carry: the one it replies to, its preview, protection."""
    fields: Json = {}
    if thread := params.integer("message_thread_id"):
        if thread not in (chat.topics or {}):
            raise bad("message thread not found")
        fields |= in_topic(thread)
    reply = params.structure("reply_parameters", "can't parse reply parameters JSON object") or {}
    if number := int(reply.get("message_id", 0)) or params.integer("reply_to_message_id"):
        replied = chat.history.get(number)
        lenient = reply.get("allow_sending_without_reply")
        if replied is None and not (lenient or params.flag("allow_sending_without_reply")):
            raise bad("message to be replied not found")
        if replied is not None:
            fields |= replying(replied)
    preview = params.structure(
        "link_preview_options", "can't parse link preview options JSON object"
    )
    if preview:
        fields["link_preview_options"] = preview
    if params.flag("protect_content"):
        fields["has_protected_content"] = True
    return fields
