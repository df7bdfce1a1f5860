"""A library with something of every kind, small enough to check by hand."""

import datetime as dt
from typing import Any

from bot.core.library import Library
from bot.core.records import (
    KINDS,
    CalendarDay,
    Hashtag,
    HelpLine,
    Record,
    Source,
    Text,
)

TODAY, LATER = dt.date(2026, 1, 1), dt.date(2027, 1, 1)
LONG = "It is false because the record shows something else, which anybody can look up for free"


def text(en: str, ur: str | None = None) -> Text:
    return Text(en=en, ur=ur)


def record(kind: str, name: str, /, **fields: Any) -> Record:
    common = {
        "id": name,
        "name": text(name.title(), f"نام {name}"),
        "summary": text("It is so [@paper].", "ایسا ہے [@paper]۔"),
        "as_of": TODAY,
        "review_by": LATER,
    }
    return KINDS[kind].model_validate(common | fields)


def toll(of: str, low: int, **fields: Any) -> dict[str, Any]:
    by = text("=police, quoted", "پولیس")
    counted = {"of": of, "low": low, "by": by, "attackers": "excluded", "sources": ("paper",)}
    return counted | fields


PLACE = {
    "name": text("Somewhere", "کہیں"),
    "province": "Sindh",
    "lat": 25.5,
    "lon": 67.25,
    "within_km": 5.0,
}
ATTACK = record(
    "attacks",
    "some-attack",
    aliases=("=cmd|'/c calc'!A0", "+92", "some hamla"),
    shared_aliases=("the attack",),
    date=dt.date(2017, 2, 16),
    place=PLACE,
    victims=text("Pilgrims [@paper] [@book]."),
    tolls=(
        toll("killed", 70, as_of=dt.date(2017, 2, 17)),
        toll("killed", 72, high=90, at_least=True, sources=("paper", "book")),
    ),
    claims=({"by": "group", "through": text("a statement"), "sources": ("book",)},),
    attributions=(
        {
            "to": ("group", "rival"),
            "by": text("-a court"),
            "kind": "court",
            "says": text("Both did it [@book]."),
            "sources": ("book",),
        },
    ),
    responsibility={"status": "disputed", "why": text("Two are named [@book].")},
    aftermath=(text("One [@book].", "ایک [@book]۔"), text("Two [@book].")),
)
UNCOUNTED = record(
    "attacks",
    "another-attack",
    date=dt.date(2018, 1, 1),
    place=PLACE,
    victims=text("Voters [@paper]."),
    tolls=(toll("injured", 0),),
    responsibility={"status": "unknown", "why": text("Nobody said [@paper].")},
)
NARRATIVE = record(
    "narratives",
    "some-narrative",
    theme="strength",
    claim=text("They win </script> & more.", "وہ جیتتے ہیں۔"),
    verdict="false",
    facts=(text("They lost [@paper].", "وہ ہارے [@paper]۔"),),
    why_false=text(f"{LONG} [@book].", f"{LONG} [@book]۔"),
    reviewed={"en": {"by": "A reader", "date": TODAY}},
)
HALF_TRANSLATED = NARRATIVE.model_copy(
    update={"id": "half-translated", "facts": (text("They lost [@paper]."),)}
)
QUESTION = {
    "question": text("Which?", "کون سا؟"),
    "options": (text("This", "یہ"), text("That", "وہ")),
    "answer": 1,
    "explanation": text("This [@paper].", "یہ [@paper]۔"),
}
CAMPAIGN = record(
    "campaigns",
    "some-campaign",
    kind="counter",
    goal={"text": text("Reach many"), "metric": "brief opens", "target": 10.0},
    audience=text("All"),
    pillars=tuple({"text": text(f"No. {n}"), "records": ("group",)} for n in (1, 2)),
    messengers=("One", "Two"),
    action="read brief",
    hashtag=text("#Together"),
    window={"days": 2, "slots": ("18:00",)},
    risk=text("None"),
    disclosure=text("Who we are"),
    posts=({"day": 1, "type": "fact", "headline": text("So"), "text": text("It is [@paper].")},),
)
RECORDS = (
    record("organisations", "group", kind="armed group", aliases=("گروہ",)),
    record(
        "organisations", "rival", kind="armed group", reviewed={"en": {"by": "A", "date": TODAY}}
    ),
    ATTACK,
    UNCOUNTED,
    NARRATIVE,
    HALF_TRANSLATED,
    record("events", "some-event", date=dt.date(2014, 10, 1), precision="month"),
    record("topics", "some-topic", view="article", points=(text("A point [@book]."),)),
    record("quizzes", "some-quiz", questions=(QUESTION,) * 3),
    CAMPAIGN,
)
SOURCES = {
    "paper": {"title": "A report", "publisher": "The Paper", "url": "https://example.org/a?b=1"},
    "book": {"title": "@A book", "publisher": "The House", "note": "Not on the web"},
}
HELP = {
    "name": text("A line", "ایک لائن"),
    "contact": "+92 21 000",
    "purpose": text("To talk"),
    "run_by": text("Somebody"),
    "languages": ("en", "ur"),
    "kind": "advice",
    "checked_on": TODAY,
    "checked_by": "call",
    "sources": ("paper",),
}
LONG_NOTE = text("A, b; c\\d " * 12 + "\nend [@paper]", "یادگار دن، احترام؛ " * 12)
CALENDAR = {
    "leap": {"name": text("Leap day", "لیپ کا دن"), "kind": "international", "month": 2, "day": 29},
    "fixed": {
        "name": text("A; day, so"),
        "kind": "national",
        "month": 5,
        "day": 3,
        "note": LONG_NOTE,
    },
    "eid": {
        "name": text("Eid", "عید"),
        "kind": "religious",
        "hijri_month": 10,
        "hijri_day": 1,
        "predicted": dt.date(2027, 3, 10),
    },
    "unpredicted": {"name": text("Ashura"), "kind": "religious", "hijri_month": 1, "hijri_day": 10},
}


def small_library(*, turned: bool = False) -> Library:
    """`turned` gives the same in another order, which no format may show."""
    turn = reversed if turned else iter
    return Library(
        [*turn(RECORDS)],
        {name: Source.model_validate_strings(SOURCES[name]) for name in turn([*SOURCES])},
        help_lines={"line": HelpLine.model_validate(HELP)},
        calendar={name: CalendarDay.model_validate(CALENDAR[name]) for name in turn([*CALENDAR])},
        hashtags={"#Together": Hashtag(language="en")},
    )
