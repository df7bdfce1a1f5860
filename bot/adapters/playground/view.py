"""What the chat page is told of a message and of an event: only what it draws."""

from typing import Any

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.checks import Json
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
    }
    if reply := message.get("reply_to_message"):
        view["reply"] = {"text": Message(reply).text[:120], **_sender(reply)}
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
    return None


def _sender(message: Json) -> Json:
    chat, person = message.get("sender_chat"), message.get("from", {})
    if chat is not None:
        return {"from": chat["id"], "name": chat["title"]}
    return {"from": person.get("id"), "name": person.get("first_name", "")}
