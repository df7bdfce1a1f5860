"""Drawings of the shipped content, for the tests of what is drawn."""

import datetime as dt

from bot.core.drawings import (
    AttackMap,
    Drawing,
    FactCard,
    MapPoint,
    Moment,
    MonthChart,
    MonthDay,
    MonthMark,
    MonthRow,
    TimelineChart,
    TollBar,
    TollChart,
)
from bot.core.library import Library
from bot.core.prose import without_citations
from bot.core.records import Attack, Event, Language

FOOTER: dict[Language, tuple[str, ...]] = {
    "en": ("Sources: Dawn, The Express Tribune, AP, The Guardian", "As of 22 November 2026"),
    "ur": ("ذرائع: ڈان، ایکسپریس ٹریبیون، اے پی (AP)، دی گارڈین", "22 نومبر 2026 تک کی معلومات"),
}
LEFT_OUT: dict[Language, str] = {
    "en": "Not shown for lack of room: \u2068{count}\u2069",
    "ur": "جگہ کی کمی کے باعث نہیں دکھائے گئے: \u2068{count}\u2069",
}
PLACES: dict[Language, tuple[tuple[str, float, float], ...]] = {
    "en": (("Karachi", 24.86, 67.01), ("Quetta", 30.18, 67.0), ("Gilgit", 35.92, 74.31)),
    "ur": (("کراچی", 24.86, 67.01), ("کوئٹہ", 30.18, 67.0), ("گلگت", 35.92, 74.31)),
}
LEGEND: dict[Language, str] = {
    "en": "Dark disc: the lowest count of people killed; pale ring: the highest",
    "ur": "گہرا دائرہ: جاں بحق افراد کا کم سے کم شمار؛ ہلکا حلقہ: زیادہ سے زیادہ",
}
BOUNDARIES: dict[Language, str] = {
    "en": "Hatched: Jammu and Kashmir, disputed. Dashed: no agreed border.",
    "ur": "لکیر دار: جموں و کشمیر، متنازع۔ نقطہ دار: متفقہ سرحد نہیں۔",
}
RANGE: dict[Language, str] = {"en": "{} to {}", "ur": "{} تا {}"}


def said(low: int, high: int, language: Language) -> str:
    return RANGE[language].format(low, high) if high > low else str(low)


def day(date: dt.date, language: Language) -> str:
    return f"{date:%-d %B %Y}" if language == "en" else f"{date.day} فروری {date.year}"


def fact_card(attack: Attack, language: Language) -> FactCard:
    low, high, _ = attack.toll_range("killed") or (0, 0, False)
    return FactCard(
        language,
        attack.name.in_language(language),
        f"{day(attack.date, language)} · {attack.place.name.in_language(language)}",
        FOOTER[language],
        "alt",
        ((said(low, high, language), attack.victims.in_language(language)),),
        (
            without_citations(attack.summary.in_language(language)),
            without_citations(attack.responsibility.why.in_language(language)),
        ),
    )


def toll_chart(attack: Attack, language: Language) -> TollChart:
    bars = tuple(
        (of, TollBar(toll.by.in_language(language), toll.low, high, toll.at_least, words))
        for of in ("killed", "injured")
        for toll in attack.tolls
        if toll.of == of
        for high in (toll.high or toll.low,)
        for words in (said(toll.low, high, language),)
    )
    groups = tuple(
        (of, tuple(bar for kind, bar in bars if kind == of)) for of in ("killed", "injured")
    )
    name = attack.name.in_language(language)
    return TollChart(language, name, name, FOOTER[language], "alt", LEFT_OUT[language], groups)


def timeline(library: Library, language: Language) -> TimelineChart:
    dated = sorted((*library.attacks, *library.of(Event)), key=lambda each: each.date)
    moments = tuple(
        Moment(
            each.date,
            day(each.date, language),
            each.name.in_language(language),
            "attack" if isinstance(each, Attack) else "event",
        )
        for each in dated
    )
    title = {"en": "Attacks and events", "ur": "حملے اور واقعات"}[language]
    legend = (("attack", title), ("event", title))
    sheet = (language, title, "", FOOTER[language], "alt", LEFT_OUT[language])
    return TimelineChart(*sheet, moments, legend)  # type: ignore[arg-type]


def attack_map(library: Library, language: Language) -> AttackMap:
    points = tuple(
        MapPoint(
            number,
            attack.place.lat,
            attack.place.lon,
            attack.place.within_km,
            (attack.toll_range("killed") or (0, 0, False))[:2],
            attack.name.in_language(language),
            day(attack.date, language),
        )
        for number, attack in enumerate(library.attacks, 1)
    )
    title = {"en": "Where the attacks were", "ur": "حملے کہاں ہوئے"}[language]
    sheet = (language, title, title, FOOTER[language], "alt", LEFT_OUT[language])
    return AttackMap(*sheet, points, PLACES[language], LEGEND[language], BOUNDARIES[language])  # type: ignore[arg-type]


MARKS: tuple[MonthMark, ...] = ("", "kept", "perhaps", "forbids")


def month(language: Language, posts: int = 2) -> MonthChart:
    """A month that begins on a Sunday: six weeks, every kind of day, long lines."""
    weekdays = {
        "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        "ur": ("پیر", "منگل", "بدھ", "جمعرات", "جمعہ", "ہفتہ", "اتوار"),
    }[language]
    kept = {
        "en": "15 Shaban, Shab-e-Barat (to be confirmed: 22 January 2027 to 26 January 2027)",
        "ur": "15 شعبان، شبِ برات (تصدیق باقی: 22 جنوری 2027 تا 26 جنوری 2027)",
    }[language]
    post = {
        "en": "18:00 · @a_channel_with_a_long_name, @another_one +2 · myth and why · scheduled",
        "ur": "18:00 · a_channel_with_a_long_name · مغالطہ اور جواب · طے شدہ",
    }[language]
    days = tuple(
        MonthDay(day, day % 13 if posts else 0, MARKS[day % 4], day % 5 == 0)
        for day in range(1, 32)
    )
    rows = tuple(
        MonthRow(f"{day} · {weekdays[day % 7]}", ((kept, "kept"), *((post, "clash"),) * posts))
        for day in range(1, 32, 4)
    )
    legend = (("posts", post), ("kept", kept), ("perhaps", "?"), ("forbids", "!"), ("clash", "!"))
    sheet = (language, weekdays[0], kept, FOOTER[language], "alt", LEFT_OUT[language])
    return MonthChart(*sheet, weekdays, 6, days, rows, legend)  # type: ignore[arg-type]


def every_kind(library: Library, language: Language) -> list[Drawing]:
    attack = library.get("sehwan-2017")
    assert isinstance(attack, Attack)
    return [
        fact_card(attack, language),
        toll_chart(attack, language),
        timeline(library, language),
        attack_map(library, language),
        month(language),
    ]
