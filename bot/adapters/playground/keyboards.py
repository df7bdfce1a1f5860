"""Inline keyboards: what Telegram takes, and its words for what it does not."""

from typing import Any

from bot.adapters.playground.checks import Json, Params, bad
from bot.adapters.playground.entities import checked_link

MOST_BUTTONS = 100
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
MAY_BE_EMPTY = ("switch_inline_query", "switch_inline_query_current_chat")


def inline_keyboard(params: Params) -> Json | None:
    """The checked `reply_markup`, or None for none and for an empty one, which removes it.

    Keyboards of the other kinds (reply keyboard, force reply) pass: they are no part of a message.
    """
    markup = params.structure("reply_markup", "can't parse reply keyboard markup JSON object")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" not in markup:
        return None
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" must be an Array of Arrays')
    kept = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, kept)) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise _fault("InlineKeyboardButton must be an Object")
    text = button.get("text")
    if text is None:
        raise _fault('Can\'t find field "text"')
    if not isinstance(text, str):
        raise _fault('Field "text" must be of type String')
    if not text.strip():
        raise bad("inline keyboard button text must be non-empty")
    actions = [
        name
        for name in ACTIONS
        if button.get(name) not in (None, "", False)
        or (name in MAY_BE_EMPTY and button.get(name) == "")
    ]
    if not actions:
        raise _fault("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        # Telegram takes the first and drops the rest; its documentation asks for exactly one.
        raise _fault(f"exactly one of {', '.join(actions)} must be used")
    _check_action(button)
    return button


def _check_action(button: Json) -> None:
    data = button.get("callback_data")
    if data is not None and not (isinstance(data, str) and 1 <= len(data.encode()) <= 64):
        raise bad("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and (not isinstance(url, str) or checked_link(url) is None):
        raise bad("BUTTON_URL_INVALID")


def _fault(what: str) -> Exception:
    return bad(f"can't parse inline keyboard button: {what}")
