"""`wazahat ask`: the same commands, typed and printed."""

import json
from collections.abc import Iterable, Iterator

from bot.commands.desk import Desk
from bot.commands.find import find
from bot.commands.table import respond
from bot.core.records import Language
from bot.core.replies import Reply, Request


def ask(question: str, language: Language, desk: Desk) -> str:
    """What a reader would get, as text; what the buttons offer is listed under it."""
    reply = respond(Request(question, language=language), desk)
    offered = [f"[{button.label}]" for row in reply.buttons for button in row]
    return "\n".join([reply.text, *filter(None, ["  ".join(offered)])])


def ask_json(question: str, language: Language, desk: Desk) -> str:
    """One line: outcome, record ids (best first), confidence and the text a reader would get."""
    finding = find(question, desk)
    reply: Reply = respond(Request(question, language=language), desk)
    told = {
        "outcome": finding.outcome,
        "ids": list(finding.ids),
        "confidence": finding.confidence,
        "text": reply.text,
    }
    return json.dumps(told, ensure_ascii=False)


def batch(lines: Iterable[str]) -> Iterator[tuple[str, Language]]:
    """Questions and languages from `{"q": ..., "lang": ...}` lines.

    Raises `ValueError` that names the line for anything else.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _asked(number, line)


def _asked(number: int, line: str) -> tuple[str, Language]:
    try:
        fields = json.loads(line)
        question, language = fields["q"], fields.get("lang", "en")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f'line {number}: not like {{"q": "...", "lang": "en"}}') from error
    if not isinstance(question, str) or language not in ("en", "ur"):
        raise ValueError(f'line {number}: "q" must be a text and "lang" en or ur')
    return question, language
