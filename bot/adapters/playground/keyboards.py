"""Keyboards below messages: what Telegram takes, and its words for what it does not."""

from dataclasses import dataclass
from typing import Any

from bot.adapters.playground.checks import Json, Params, bad
from bot.adapters.playground.entities import checked_link

MOST_BUTTONS = 100
ACTIONS = frozenset(
    [
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
    ]
)
MAY_BE_EMPTY = ("switch_inline_query", "switch_inline_query_current_chat")


@dataclass(frozen=True, slots=True)
class Markup:
    """`keyboard` is inline and part of the message; `asks` is a force reply, which is not."""

    keyboard: Json | None = None
    asks: Json | None = None


NO_MARKUP = Markup()


def markup_for(params: Params) -> Markup:
    """The checked `reply_markup` of a message to send; reply keyboards pass and are not shown."""
    markup = _given(params)
    if markup is None:
        return NO_MARKUP
    if "inline_keyboard" in markup:
        return Markup(keyboard=_inline(markup))
    return Markup(asks=markup) if markup.get("force_reply") is True else NO_MARKUP


def inline_keyboard(params: Params) -> Json | None:
    """For edits and inline results: None for no keyboard and for an empty one, which removes it."""
    markup = _given(params)
    if not markup:
        return None
    if "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    return _inline(markup)


def _given(params: Params) -> Json | None:
    markup = params.structure("reply_markup", "can't parse reply keyboard markup JSON object")
    if markup is not None and not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    return markup


def _inline(markup: Json) -> Json | None:
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
        for name, value in button.items()
        if name in ACTIONS and (value or (value == "" and name in MAY_BE_EMPTY))
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
