"""What a person does on the page. ValueError and LookupError carry the words to show them."""

from collections.abc import Callable
from mimetypes import guess_type

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.checks import Json
from bot.adapters.playground.messages import Message
from bot.adapters.playground.people import User

LANGUAGES = ("en", "ur")


def say(user: User, chat: Chat, order: Json) -> Json:
    user.says(str(order.get("text", "")), chat, _replied(chat, order))
    return {}


def send(user: User, chat: Chat, order: Json, raw: bytes) -> Json:
    name, caption = str(order.get("name") or "file"), str(order.get("caption", ""))
    replied = _replied(chat, order)
    if (guess_type(name)[0] or "").startswith("image/"):  # as Telegram's apps send it by default
        user.shows(raw, caption, chat, replied)
    else:
        user.sends(name, raw, caption, chat, replied)
    return {}


def press(user: User, chat: Chat, order: Json) -> Json:
    rows = _message(chat, order).get("reply_markup", {}).get("inline_keyboard", [])
    try:
        button = rows[int(order["row"])][int(order["column"])]
        data = button["callback_data"]
    except LookupError:
        raise LookupError("This button is gone: the message has changed.") from None
    return {"press": chat.world.press(user, _message(chat, order), data).id}


def vote(user: User, chat: Chat, order: Json) -> Json:
    user.votes(_message(chat, order), *map(int, order["options"]))
    return {}


def inline(user: User, chat: Chat, order: Json) -> Json:
    query = user.types_inline(str(order.get("text", "")), str(order.get("offset", "")), chat)
    return {"query": query.id}


def choose(user: User, chat: Chat, order: Json) -> Json:
    query = chat.world.inline.query(str(order.get("query")))
    if query is None or query.user is not user:
        raise LookupError("These results are gone: type the words again.")
    user.chooses(query, str(order.get("result")), chat)
    return {}


def language(user: User, _: Chat, order: Json) -> Json:
    if order.get("language") not in LANGUAGES:
        raise ValueError(f"The page knows the languages {', '.join(LANGUAGES)}.")
    user.speaks(order["language"])
    return {}


def _message(chat: Chat, order: Json) -> Message:
    message = chat.history.get(int(order.get("message", 0)))
    if message is None:
        raise LookupError("This message is gone.")
    return message


def _replied(chat: Chat, order: Json) -> Message | None:
    return chat.history.get(int(order.get("reply") or 0))


ORDERS: dict[str, Callable[[User, Chat, Json], Json]] = {
    order.__name__: order for order in (say, press, vote, inline, choose, language)
}
