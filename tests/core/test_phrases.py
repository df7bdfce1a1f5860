"""What the bot says: every key that the code uses exists, and every phrase is used."""

import ast
import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from bot.adapters.content_files import Content
from bot.commands.table import COMMANDS
from bot.core.phrases import Entry, Phrases
from bot.core.ports import Traces
from bot.core.records import (
    Attribution,
    HelpLine,
    Narrative,
    Organisation,
    Place,
    Status,
    Toll,
    Topic,
)

BOT = Path(__file__).parent.parent.parent / "bot"
SOURCES = [
    path
    for part in ("app", "core", "commands", "adapters/telegram", "adapters/content_files")
    for path in (BOT / part).rglob("*.py")
]
ENGLISH = {"hello": "Hello {name}", "many": {"one": "{n} post", "other": "{n} posts"}}


def choices(model: type, field: str) -> tuple[str, ...]:
    return get_args(model.model_fields[field].annotation)  # type: ignore[attr-defined]


FAMILIES = {
    "about": ("what", "how", "article", "privacy"),
    "privacy": ("kept", "telegram"),
    "support.checked": choices(HelpLine, "checked_by"),
    "attribution": choices(Attribution, "kind"),
    "counts": choices(Toll, "of"),
    "command": tuple(command.name for command in COMMANDS if command.listed),
    "kind": choices(Organisation, "kind"),
    "month": tuple(map(str, range(1, 13))),
    "province": choices(Place, "province"),
    "status": get_args(Status),
    "theme": choices(Narrative, "theme"),
    "toll": choices(Toll, "of"),
    "verdict": choices(Narrative, "verdict"),
    "view": choices(Topic, "view"),
    "traces": tuple(Traces),
    "toll.attackers": tuple(set(choices(Toll, "attackers")) - {"not stated"}),
}
"""Keys that the code puts together from a word and one of these."""


def said() -> tuple[set[str], set[str]]:
    """Keys in the sources: those written out, and the beginnings of those put together."""
    whole, begun = set(), set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                begun.add(str(node.values[0].value))
    return whole, begun


def directly_said() -> set[str]:
    """The first text given to every `say(...)` and `_no(...)`."""
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            if isinstance(node, ast.Call) and _name(node.func) in {"say", "_no", "NotATime"}:
                texts = (a.value for a in node.args if isinstance(a, ast.Constant))
                found |= {key for key in texts if key not in {"en", "ur"}}
    return found


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def placeholders(entry: Entry) -> set[str]:
    texts = entry.values() if isinstance(entry, dict) else [entry]
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def families() -> set[str]:
    return {f"{begin}.{end}" for begin, ends in FAMILIES.items() for end in ends}


def test_every_key_that_is_said_exists(content: Content) -> None:
    assert len(directly_said()) > 40
    assert directly_said() <= content.phrases.keys("en")


def test_every_key_that_is_put_together_exists(content: Content) -> None:
    assert families() <= content.phrases.keys("en")
    assert {"toll.one", "toll.one.open", "toll.range", "toll.range.open"} <= content.phrases.keys(
        "en"
    )


def begun_elsewhere() -> set[str]:
    """Beginnings of keys that the code completes, of families that are not listed above."""
    keys = {begun for begun in said()[1] if re.fullmatch(r"[a-z]+(\.[a-z]+)*\.", begun)}
    return keys - {f"{begin}." for begin in FAMILIES}


def test_every_family_of_the_code_has_phrases(content: Content) -> None:
    keys = content.phrases.keys("en")
    assert [
        begun for begun in begun_elsewhere() if not any(k.startswith(begun) for k in keys)
    ] == []


def test_every_phrase_is_used(content: Content) -> None:
    whole, _ = said()
    used = whole | {f"{key}.open" for key in whole} | families()
    families_begun = (*begun_elsewhere(), *(key for key in whole if key.endswith(".")))
    unused = content.phrases.keys("en") - used
    assert {key for key in unused if not key.startswith(families_begun)} == set()


def test_every_language_has_the_same_placeholders(content: Content) -> None:
    languages = content.phrases._languages
    for language, phrases in languages.items():
        for key, entry in phrases.items():
            assert key in languages["en"], f"{language}: {key} is not in English"
            assert placeholders(entry) == placeholders(languages["en"][key]), f"{language}: {key}"


def test_phrases_that_depend_on_a_number_have_both_forms(content: Content) -> None:
    for phrases in content.phrases._languages.values():
        for key, entry in phrases.items():
            assert not isinstance(entry, dict) or set(entry) == {"one", "other"}, key


def test_every_placeholder_can_be_filled(content: Content) -> None:
    for key, entry in content.phrases._languages["en"].items():
        assert content.phrases.say("en", key, **dict.fromkeys(placeholders(entry), "x")), key


def test_a_phrase_is_filled_in() -> None:
    assert Phrases({"en": ENGLISH}).say("en", "hello", name="you") == "Hello you"


@pytest.mark.parametrize(("n", "text"), [(0, "0 posts"), (1, "1 post"), (2, "2 posts")])
def test_a_number_chooses_the_form(n: int, text: str) -> None:
    assert Phrases({"en": ENGLISH}).say("en", "many", n=n) == text


def test_what_a_language_lacks_is_said_in_english() -> None:
    phrases = Phrases({"en": ENGLISH, "ur": {"other": "x"}})
    assert phrases.say("ur", "hello", name="you") == "Hello you"
    assert phrases.say("fr", "hello", name="you") == "Hello you"


def test_a_key_that_is_nowhere_is_a_fault_of_the_code() -> None:
    with pytest.raises(KeyError):
        Phrases({"en": ENGLISH}).say("en", "nothing")


def test_braces_in_what_is_filled_in_stay_as_they_are() -> None:
    assert Phrases({"en": ENGLISH}).say("en", "hello", name="{n}") == "Hello {n}"
