"""A message as Telegram's JSON, with the views that a test or a page asks of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.adapters.playground.checks import Json

if TYPE_CHECKING:
    from bot.adapters.playground.ballots import Ballot


@dataclass(frozen=True, slots=True)
class Apart:
    """What Telegram keeps out of a message's JSON.

    `asks` is its force reply, `inline_id` that by which a bot edits what was sent through its
    inline mode, `ballot` knows who voted in its poll.
    """

    asks: Json | None = None
    inline_id: str = ""
    ballot: "Ballot | None" = None


NOTHING = Apart()


class Message(dict[str, Any]):
    """Telegram's JSON of one message. An edit makes a new one: who holds the old keeps the old.

    `retexted` says that an edit changed what is read, not only the buttons below it.
    """

    retexted: bool = False
    apart: Apart = NOTHING

    @property
    def id(self) -> int:
        return int(self["message_id"])

    @property
    def chat_id(self) -> int:
        return int(self["chat"]["id"])

    @property
    def text(self) -> str:
        return str(self.get("text") or self.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        return list(self.get("entities") or self.get("caption_entities") or ())

    @property
    def buttons(self) -> list[Json]:
        """Every button, row after row."""
        rows = self.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in self.buttons]

    def button(self, wanted: str) -> Json:
        """The button with this label, or else this callback data, or else a label holding it."""
        for match in self._ways(wanted):
            for button in self.buttons:
                if match(button):
                    return button
        raise LookupError(f"message {self.id} has no button {wanted!r}; it has {self.labels}")

    def _ways(self, wanted: str) -> Iterator[Any]:
        yield lambda button: button["text"] == wanted
        yield lambda button: button.get("callback_data") == wanted
        yield lambda button: wanted in button["text"]

    def changed(self, **fields: Any) -> "Message":
        """A copy with these fields; a field given as None is taken out."""
        merged = {**self, **fields}
        copy = Message((name, value) for name, value in merged.items() if value is not None)
        copy.retexted = self.retexted or copy.text != self.text
        copy.apart = self.apart
        return copy
