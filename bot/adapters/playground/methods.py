"""The table of Bot API methods that the stand-in knows.

To add one: a function of `World` and `Params` that returns the `result` or raises a `Refusal`,
and its row in `METHODS`. Only `getUpdates` is not here, since it waits (`polling.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.adapters.playground import (
    about,
    editing,
    files,
    inline_answers,
    menu,
    polls,
    presses,
    sending,
)
from bot.adapters.playground.checks import Params
from bot.adapters.playground.world import World


@dataclass(frozen=True, slots=True)
class Method:
    """`floods`: the call counts as a message for flood control."""

    name: str
    run: Callable[[World, Params], Any]
    floods: bool = False


METHODS = {
    method.name.lower(): method
    for method in (
        Method("answerCallbackQuery", presses.answer_callback_query),
        Method("answerInlineQuery", inline_answers.answer_inline_query),
        Method("deleteMessage", editing.delete_message),
        Method("deleteMyCommands", menu.delete_my_commands),
        Method("deleteWebhook", about.delete_webhook),
        Method("editMessageCaption", editing.edit_message_caption, floods=True),
        Method("editMessageMedia", editing.edit_message_media, floods=True),
        Method("editMessageReplyMarkup", editing.edit_message_reply_markup, floods=True),
        Method("editMessageText", editing.edit_message_text, floods=True),
        Method("getChat", about.get_chat),
        Method("getChatAdministrators", about.get_chat_administrators),
        Method("getChatMember", about.get_chat_member),
        Method("getChatMemberCount", about.get_chat_member_count),
        Method("getFile", files.get_file),
        Method("getMe", about.get_me),
        Method("getMyCommands", menu.get_my_commands),
        Method("getWebhookInfo", about.get_webhook_info),
        Method("sendChatAction", sending.send_chat_action),
        Method("sendDocument", sending.send_document, floods=True),
        Method("sendMessage", sending.send_message, floods=True),
        Method("sendPhoto", sending.send_photo, floods=True),
        Method("sendPoll", polls.send_poll, floods=True),
        Method("setMyCommands", menu.set_my_commands),
        Method("stopPoll", polls.stop_poll, floods=True),
    )
}
