"""`wazahat ask`: the same commands, typed and printed."""

import json
from collections.abc import Callable, Iterable, Iterator

from bot.commands.desk import Desk
from bot.commands.table import respond
from bot.core.records import Language
from bot.core.replies import Request


def ask(question: str, language: Language, desk: Desk) -> str:
    """What a reader would get, as text; under it, where links lead and what buttons offer."""
    reply = respond(Request(question, language=language), desk)
    linked = {span.text: span.url for block in reply.blocks for span in block.spans if span.url}
    links = "\n".join(f"{text} {linked[text]}" for text in sorted(linked, key=_by_number))
    offered = "  ".join(f"[{button.label}]" for row in reply.buttons for button in row)
    return "\n\n".join(filter(None, (reply.text, links, offered)))


def _by_number(text: str) -> tuple[int, str]:
    digits = text.strip("[]")
    return (int(digits), "") if digits.isdecimal() else (0, text)


def ask_json(question: str, language: Language, desk: Desk) -> str:
    """One line: outcome, record ids (best first), confidence and the text a reader would get."""
    reply = respond(Request(question, language=language), desk)
    found = reply.found
    told = {"outcome": found.outcome, "ids": found.ids, "confidence": found.confidence}
    return json.dumps({**told, "text": reply.text}, ensure_ascii=False)


def batch(
    lines: Iterable[bytes], complain: Callable[[str], None]
) -> Iterator[tuple[str, Language]]:
    """Questions and languages from `{"q": ..., "lang": ...}` lines.

    Of anything else `complain` is told, by its line, and the next line follows.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            asked = _asked(line)
            if isinstance(asked, str):
                complain(f"line {number}: {asked}")
            else:
                yield asked


def _asked(line: bytes) -> tuple[str, Language] | str:
    """The question and its language, or what is wrong with the line."""
    try:
        fields = json.loads(line.decode("utf-8-sig"))
        question, language = fields["q"], fields.get("lang", "en")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return 'not like {"q": "...", "lang": "en"}; write one such object a line, in UTF-8'
    if not isinstance(question, str) or not question.strip():
        return f'"q" must be a question, not {_shown(question)}'
    if language not in ("en", "ur"):
        return f'"lang" must be "en" or "ur", not {_shown(language)}'
    return question, language


def _shown(value: object) -> str:
    shown = ascii(value)
    return shown if len(shown) <= 60 else f"{shown[:59]}..."
