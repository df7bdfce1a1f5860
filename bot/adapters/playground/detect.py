"""Entities that Telegram finds by itself in any text: commands, mentions, hashtags, addresses."""

import re

from bot.adapters.playground.checks import Json, utf16_length

PATTERN = re.compile(
    r"(?P<url>(?:https?://|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|info|me|pk|gov|edu)(?![\w.-]*\w))"
    r"[^\s<>\"]*[^\s<>\".,;:!?)'])"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<mention>(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w))"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>]))"
    r"|(?P<hashtag>(?<!\w)#(?=\w*[^\W\d])[\w\u200c]{1,256}(?![\w#]))",
    re.IGNORECASE,
)
HINTS = re.compile(r"[@/#]|\w\.[A-Za-z]")
#: Formatting that may lie around or inside a found entity; any other kind keeps it out.
LOOSE = frozenset(
    [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
    ]
)


def detect(text: str, given: list[Json] | None = None) -> list[Json]:
    """The given entities and, where these leave room, those found; in order of their place."""
    given = given or []
    if not HINTS.search(text):
        return given
    walls = [entity for entity in given if entity["type"] not in LOOSE]
    found = [_entity(text, match) for match in PATTERN.finditer(text)]
    found = [e for e in found if not any(_overlap(e, wall) for wall in walls)]
    return sorted(given + found, key=lambda e: (e["offset"], -e["length"])) if found else given


def _entity(text: str, match: re.Match[str]) -> Json:
    before = utf16_length(text[: match.start()])
    return {"type": match.lastgroup, "offset": before, "length": utf16_length(match[0])}


def _overlap(one: Json, other: Json) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )
