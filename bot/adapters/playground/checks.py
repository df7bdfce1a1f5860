"""What the Bot API refuses, in its words, and the parameters of a call."""

import json
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


class Refusal(Exception):
    """An answer with `ok: false`: status, Telegram's own description, and its `parameters`."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return {**body, "parameters": self.parameters} if self.parameters else body


def bad(description: str) -> Refusal:
    return Refusal(400, f"Bad Request: {description}")


def forbidden(description: str) -> Refusal:
    return Refusal(403, f"Forbidden: {description}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file within a multipart body."""

    name: str
    content: bytes


class Params(dict[str, Any]):
    """The parameters of one call as they came: strings from forms, any type from JSON bodies,
    files from multipart bodies.

    Telegram reads them leniently: what is no number is the default, structures may be JSON in a
    string or nested, and a name that a method does not know is never looked at.
    """

    def text(self, name: str) -> str:
        value = self.get(name)
        if value is None or isinstance(value, Upload):
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(self.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.text(name).lower()
        return value in ("true", "yes", "1") if value else default

    def structure(self, name: str, fault: str) -> Any:
        """The JSON under this name, or None; JSON that does not parse is refused with `fault`."""
        value = self.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad(fault) from None


def utf16_length(text: str) -> int:
    """Telegram's unit of length: an emoji outside the basic plane counts as two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
