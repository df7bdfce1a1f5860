"""`wazahat ask`: the same commands, typed and printed."""

import functools
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, cast

from bot.commands.desk import Desk
from bot.commands.find import find
from bot.commands.table import respond
from bot.core.records import Attack, Language, Narrative, Organisation, Record, Topic
from bot.core.replies import Reply, Request

Told = dict[str, object]
NOTHING: Told = {"outcome": "none", "ids": [], "confidence": 0.0}
FINDING: dict[str, type[Record]] = {
    "search": Record,
    "sources": Record,
    "group": Organisation,
    "attack": Attack,
    "myth": Narrative,
    "topic": Topic,
}
"""The commands that answer about one record, and the kind they offer where several may be meant."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


class OnceSearched:
    """An index that searches but once for the same words: a finding and its text both ask it."""

    def __init__(self, index: Any) -> None:
        self.find = functools.cache(index.find)
        self.nearest = functools.cache(index.nearest)


def ask(question: str, language: Language, desk: Desk) -> str:
    """What a reader would get, as text; what the buttons offer is listed under it."""
    reply = respond(Request(question, language=language), desk)
    offered = [f"[{button.label}]" for row in reply.buttons for button in row]
    return "\n".join([reply.text, *filter(None, ["  ".join(offered)])])


def ask_json(question: str, language: Language, desk: Desk) -> str:
    """One line: outcome, record ids (best first), confidence and the text a reader would get."""
    desk = replace(desk, index=cast(Any, OnceSearched(desk.index)))
    reply: Reply = respond(Request(question, language=language), desk)
    return json.dumps({**_found(question, desk), "text": reply.text}, ensure_ascii=False)


def _found(question: str, desk: Desk) -> Told:
    """What the reply to `question` is about; nothing for a command that is about no record."""
    typed = _COMMAND.fullmatch(question.strip())
    if typed is None:
        return _about(question, Record, desk)
    name, words = typed[1].lower(), (typed[2] or "").strip()
    if name == "start" and words.startswith("b_"):
        return _about(words[2:], Record, desk)
    return _about(words, FINDING[name], desk) if name in FINDING and words else NOTHING


def _about(words: str, kind: type[Record], desk: Desk) -> Told:
    """What `words` are about; of several records that may be meant, those of `kind`, if any."""
    finding = find(words, desk)
    ids = list(finding.ids)
    if finding.outcome != "answer":
        ids = [each for each in ids if isinstance(desk.library.records[each], kind)] or ids
    return {"outcome": finding.outcome, "ids": ids, "confidence": finding.confidence}


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
