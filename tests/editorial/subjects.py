"""What the editorial tests lint: small subjects on a small library, with the shipped word lists."""

import datetime as dt
from functools import cache
from typing import Any

import yaml
from pydantic import TypeAdapter

from bot.core.library import Library
from bot.core.records import Attack, Hashtag, Narrative, Organisation, Record, Source, Words
from bot.editorial import Finding, Lexicons, Piece, Role, Subject, lint, lint_record
from bot.search.asking import LISTS
from bot.search.meanings import MEANINGS
from tests.conftest import CONTENT

TODAY = dt.date(2026, 11, 22)
LEXICON: TypeAdapter[Words] = TypeAdapter(Words)
BASE: dict[str, Any] = {
    "summary": {"en": "A group [@a].", "ur": "ایک گروہ [@a]۔"},
    "as_of": dt.date(2026, 1, 1),
    "review_by": dt.date(2027, 1, 1),
}
SOURCES = {
    "a": Source(title="A", publisher="A Daily"),
    "b": Source(title="B", publisher="B Daily"),
    "copy": Source(title="C", publisher="C Daily", origin="A Daily"),
    "un": Source(title="Report", publisher="UN Monitoring Team", kind="official"),
    "court": Source(title="Judgment", publisher="Sindh High Court", kind="court"),
}


@cache
def lexicons() -> Lexicons:
    return Lexicons(word_lists())


@cache
def word_lists() -> dict[str, Words]:
    files = sorted((CONTENT / "lexicons").glob("*.yaml"))
    return {
        each.stem: word_list(each.read_text("utf8")) for each in files if each.stem not in SEARCH
    }


TAGS = ("HameinYaadHai", "hamein_yaad_hai_hum", "peace", "ہمیں_یاد_ہے")
SEARCH = {"stop-words", MEANINGS, *LISTS}
"""Lists that search reads, not the editorial check."""


def word_list(text: str) -> Words:
    read = yaml.safe_load(text)
    return LEXICON.validate_python({language: tuple(lines) for language, lines in read.items()})


def organisation(record_id: str, name: str, *aliases: str, **fields: Any) -> Organisation:
    given = {"id": record_id, "name": {"en": name, "ur": "نام"}, "aliases": aliases}
    return Organisation.model_validate({**BASE, "kind": "armed group", **given, **fields})


def attack(record_id: str, name: str, status: str, **fields: Any) -> Attack:
    toll = {"of": "killed", "low": 3, "by": two("police"), "attackers": "excluded"}
    given = {
        "id": record_id,
        "name": {"en": name, "ur": "حملہ"},
        "date": dt.date(2016, 8, 8),
        "place": {
            "name": two("Quetta"), "province": "Balochistan", "lat": 30.0, "lon": 67.0,
            "within_km": 5,
        },
        "victims": {"en": "Lawyers [@a].", "ur": "وکلا [@a]۔"},
        "tolls": ({**toll, "sources": ("a",)}, {**toll, "sources": ("b",)}),
        "responsibility": {"status": status, "why": {"en": "So [@a].", "ur": "یوں [@a]۔"}},
    }  # fmt: skip
    return Attack.model_validate({**BASE, **given, **fields})


def narrative(**fields: Any) -> Narrative:
    why = "Reporters, courts and the United Nations recorded something different, year after year"
    given = {
        "id": "cared-for-the-poor",
        "name": two("Care for the poor"),
        "theme": "governance",
        "claim": two("It cared for the poor."),
        "verdict": "false",
        "facts": ({"en": "It did not [@a].", "ur": "ایسا نہیں [@a]۔"},),
        "why_false": {"en": f"{why} [@a] [@b].", "ur": "یوں [@a] [@b]۔"},
    }
    return Narrative.model_validate({**BASE, **given, **fields})


def two(english: str, urdu: str = "یہ") -> dict[str, str]:
    return {"en": english, "ur": urdu}


@cache
def library() -> Library:
    records: list[Record] = [
        organisation("isis", "ISIS", "Daesh", "داعش", "Islamic State"),
        organisation("leja", "Lashkar-e-Jhangvi Al-Alami", "LeJ-A"),
        attack("quetta-hospital", "Quetta Civil Hospital bombing", "disputed",
               aliases=("Quetta hospital attack", "کوئٹہ ہسپتال دھماکا")),
        attack("safoora", "Safoora bus attack", "established", aliases=("سانحہ صفورا",)),
        narrative(),
    ]  # fmt: skip
    return Library(records, SOURCES, hashtags=dict.fromkeys(TAGS, Hashtag(language="roman")))


def subject(text: str, role: Role = "prose", kind: str = "topic", **facts: Any) -> Subject:
    language = "ur" if any("\u0600" <= each <= "\u06ff" for each in text) else "en"
    piece = Piece(("text", language), language, role, text)
    return Subject(kind, (piece,), facts.pop("library", library()), **facts)


def found(what: Subject | Record, today: dt.date = TODAY) -> list[Finding]:
    if isinstance(what, Subject):
        return list(lint(what, lexicons(), today))
    return list(lint_record(what, library(), lexicons(), today))


def rules(what: Subject | Record, today: dt.date = TODAY) -> set[str]:
    return {each.rule for each in found(what, today)}
