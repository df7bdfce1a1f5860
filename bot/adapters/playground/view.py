"""What the chat page is told of a message and of an event: only what it draws."""

from typing import Any

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.checks import Json
from bot.adapters.playground.inline import InlineQuery, Results
from bot.adapters.playground.messages import Message


def shown(message: Message) -> Json:
    view: Json = {
        "id": message.id,
        "date": message["date"],
        "text": message.text,
        "entities": message.entities,
        "keyboard": message.get("reply_markup", {}).get("inline_keyboard", []),
        "edited": message.retexted,
        **_sender(message),
        **_media(message),
    }
    if reply := message.get("reply_to_message"):
        view["reply"] = {"text": _line(Message(reply)), **_sender(reply)}
    if via := message.get("via_bot"):
        view["via"] = via["username"]
    if ballot := message.apart.ballot:
        votes = {str(user): vote for user, vote in ballot.votes.items()}
        view["poll"] = {**message["poll"], "votes": votes}
    if message.apart.asks:
        view["asks"] = _asked(message)
    return view


def shown_event(kind: str, chat: Chat | None, payload: Any) -> Json | None:
    """The event as the page takes it, or None for one that it does not draw."""
    if kind == "commands":
        return {"kind": kind}
    if chat is None:
        return None
    event: Json = {"kind": kind, "chat": chat.id}
    if kind in ("message", "edited"):
        return event | {"message": shown(payload)}
    if kind == "deleted":
        return event | {"id": payload.id}
    if kind == "action":
        return event | {"action": payload}
    if kind == "answer":
        answer = payload.answer
        told = {"text": answer.text, "alert": answer.alert, "url": answer.url}
        return event | {"user": payload.user.id, "press": payload.id} | told
    return event | _results(payload) if kind == "results" else None


def _media(message: Message) -> Json:
    if "photo" in message:
        largest = message["photo"][-1]
        size = {name: largest[name] for name in ("width", "height")}
        above = bool(message.get("show_caption_above_media"))
        return {"photo": {"src": _address(largest), **size, "below": above}}
    if "document" in message:
        document = message["document"]
        told = {"name": document["file_name"], "size": document["file_size"]}
        return {"document": {"src": _address(document), **told}}
    return {}


def _address(file: Json) -> str:
    return f"/playground/file/{file['file_id']}"


def _asked(message: Message) -> Json:
    """Whom a force reply is for, None meaning everyone here, and what the empty box says."""
    asks = message.apart.asks or {}
    replied = message.get("reply_to_message", {}).get("from", {}).get("id")
    whom = replied if asks.get("selective") else None
    return {"whom": whom, "placeholder": str(asks.get("input_field_placeholder") or "")}


def _results(query: InlineQuery) -> Json:
    answer = query.answer or Results()
    offers = [
        {
            "id": result.id,
            "title": result.shown.get("title") or result.fields.get("caption", ""),
            "description": result.shown.get("description", ""),
            "photo": _media(Message(result.fields)).get("photo"),
        }
        for result in answer.results
    ]
    more = {"next": answer.next_offset, "offset": query.offset, "button": answer.button}
    return {"user": query.user.id, "query": query.id, "results": offers, **more}


def _line(message: Message) -> str:
    """What stands for a message where it is replied to."""
    kinds = {"photo": "Photo", "document": "File"}
    kind = next((name for key, name in kinds.items() if key in message), "")
    return message.text[:120] or message.get("poll", {}).get("question", "") or kind


def _sender(message: Json) -> Json:
    chat, person = message.get("sender_chat"), message.get("from", {})
    if chat is not None:
        return {"from": chat["id"], "name": chat["title"]}
    return {"from": person.get("id"), "name": person.get("first_name", "")}
