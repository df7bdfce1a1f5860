"""Texts of a call: parsed, with the entities Telegram finds by itself, and not too long."""

from bot.adapters.playground.checks import Json, Params, bad, utf16_length
from bot.adapters.playground.detect import detect
from bot.adapters.playground.entities import parse_html, trimmed

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
"""UTF-16 units, after parsing, as of the text."""


def text_fields(params: Params, too_long: str, name: str = "text") -> Json:
    """`text` and `entities` of a message; an empty one is refused."""
    if not params.text(name):
        raise bad("message text is empty")
    text, entities = formatted(params, name, "entities")
    if not text:
        raise bad("text must be non-empty")
    if utf16_length(text) > LONGEST_TEXT:
        raise bad(too_long)
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_fields(params: Params, too_long: str) -> Json:
    """`caption`, `caption_entities` and where it stands, of a message with a file."""
    fields: Json = {}
    text, entities = formatted(params, "caption", "caption_entities")
    if utf16_length(text) > LONGEST_CAPTION:
        raise bad(too_long)
    if text:
        fields["caption"] = text
    if entities:
        fields["caption_entities"] = entities
    if text and params.flag("show_caption_above_media"):
        fields["show_caption_above_media"] = True
    return fields


def formatted(
    params: Params, name: str, entities_name: str, mode_name: str = "parse_mode"
) -> tuple[str, list[Json]]:
    """Text under `name` with its entities: by parse mode, else as listed, and those detected."""
    text, mode = params.text(name), params.text(mode_name).lower()
    given: list[Json] = []
    if mode == "html":
        text, given = parse_html(text)
    elif mode in ("markdown", "markdownv2"):
        raise bad("unsupported parse_mode: this stand-in of the Bot API reads HTML only")
    elif mode not in ("", "none"):
        raise bad("unsupported parse_mode")
    else:
        given = params.structure(entities_name, "can't parse entities JSON object") or []
    text, given = trimmed(text, given)
    return text, detect(text, given)
