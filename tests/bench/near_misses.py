"""Generated records that are near misses of each other, and what people ask about them.

Towns, targets and years recur in all combinations, so that a word alone tells little.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from random import Random

from bot.core.library import Library
from bot.core.records import Attack, Organisation, Record, Words

TOWNS = {
    "Quetta": "کوئٹہ", "Karachi": "کراچی", "Lahore": "لاہور", "Peshawar": "پشاور",
    "Multan": "ملتان", "Mastung": "مستونگ", "Sehwan": "سیہون", "Sukkur": "سکھر",
    "Khuzdar": "خضدار", "Mardan": "مردان", "Kohat": "کوہاٹ", "Bannu": "بنوں",
    "Swabi": "صوابی", "Chaman": "چمن", "Zhob": "ژوب", "Sibi": "سبی",
    "Turbat": "تربت", "Gwadar": "گوادر", "Attock": "اٹک", "Jhang": "جھنگ",
}  # fmt: skip
TARGETS = {
    "hospital": "ہسپتال", "shrine": "درگاہ", "mosque": "مسجد", "church": "چرچ",
    "school": "اسکول", "market": "بازار", "bus": "بس", "police college": "پولیس کالج",
    "rally": "جلسہ", "court": "عدالت",
}  # fmt: skip
YEARS = range(2001, 2026)
LEXICONS: dict[str, Words] = {
    "stop-words": {
        "en": ("who what when where how many was were the in on at of people died a",),
        "roman": ("kis ne kab kahan kitne log mein ka ki ke par hua kiya",),
        "ur": ("کس نے کب میں پر کا کی کے ہوا کیا",),
    },
    "attack-words": {"en": ("attack attacks bombing blast hamla dhamaka حملہ دھماکہ",)},
    "listed-attacks": {"en": ("attacks",)},
}
SUMMARY = (
    "A bomb struck people at the {target} in {local}, {town}, on a {day} in {year}. Officials gave"
    " differing counts, and {group} was named by some. The inquiry was made known a year after."
)
SUMMARY_UR = (
    "{town_ur} کے علاقے میں {target_ur} پر {year} میں حملہ ہوا اور ذرائع کے شمار مختلف ہیں۔"
)
DATES = {"as_of": date(2026, 1, 1), "review_by": date(2027, 1, 1)}
GROUPS = 60


def library(records: int) -> Library:
    """So many records; more of them begin with the same."""
    return Library(generated(records), {}, lexicons=LEXICONS)


def generated(records: int) -> Iterator[Record]:
    dice = Random(0)
    for number in range(GROUPS):
        yield Organisation.model_validate(
            {
                "id": f"group-{number}",
                "name": {"en": f"{_made_up(dice)} Front"},
                "kind": "armed group",
                "summary": {"en": "An armed group of some towns."},
                **DATES,
            }
        )
    combined = list(product(TOWNS, TARGETS, YEARS))
    dice.shuffle(combined)
    for number in range(records - GROUPS):
        yield _attack(number, *combined[number % len(combined)], dice)


def _attack(number: int, town: str, target: str, year: int, dice: Random) -> Attack:
    local, group = _made_up(dice), f"group-{number % GROUPS}"
    day = date(year, 1, 1) + timedelta(days=dice.randrange(365))
    town_ur, target_ur = TOWNS[town], TARGETS[target]
    told = {
        "target": target, "local": local, "town": town, "day": f"{day:%A}", "year": year,
        "group": group, "town_ur": town_ur, "target_ur": target_ur,
    }  # fmt: skip
    toll = {"of": "killed", "low": 3, "by": {"en": "police"}, "attackers": "excluded"}
    return Attack.model_validate(
        {
            "id": f"attack-{number}",
            "name": {
                "en": f"{local} {target} bombing, {town} {year}",
                "ur": f"{town_ur} {target_ur} حملہ {year}",
            },
            "aliases": (f"{local} {target} attack", f"{town} {local} {target} dhamaka"),
            "shared_aliases": (f"{town} {target} attack", f"{town} {target} {year}"),
            "date": day,
            "place": {
                "name": {"en": f"{local}, {town}", "ur": town_ur},
                "province": "Balochistan",
                "lat": 30.0,
                "lon": 67.0,
                "within_km": 5.0,
            },
            "victims": {"en": f"People at the {target}."},
            "summary": {"en": SUMMARY.format(**told), "ur": SUMMARY_UR.format(**told)},
            "tolls": ({**toll, "sources": ("paper",)},),
            "claims": ({"by": group, "through": {"en": "a message"}, "sources": ("paper",)},),
            "responsibility": {"status": "claimed", "why": {"en": "Only the claim is known."}},
            **DATES,
        }
    )


def asked(of: Library, number: int) -> list[str]:
    """A mix as readers write it: names, misspellings, questions, Urdu, filters, other matters."""
    dice = Random(number)
    attacks = of.attacks
    return [_question(dice.choice(attacks), kind % 8, dice) for kind in range(number)]


def _question(attack: Attack, kind: int, dice: Random) -> str:
    place, town = attack.place.name.en.split(", ")
    target = attack.victims.en.removeprefix("People at the ").rstrip(".")
    if kind == 0:
        return attack.name.en
    if kind == 1:
        return f"{_misspelt(place, dice)} {target} {_misspelt(town, dice)}"
    if kind == 2:
        return f"how many people died in the {place} {target} attack in {town}"
    if kind == 3:
        return f"{town} {target} hamla kis ne kiya {attack.date.year}"
    if kind == 4:
        return attack.name.ur or ""
    if kind == 5:
        return f"attacks in {town} {attack.date.year}"
    if kind == 6:
        return f"{town} mein aaj mausam kaisa hai aur {target} kab khulta hai"
    return "what is a good recipe for lentil soup with fresh bread"


def _misspelt(word: str, dice: Random) -> str:
    at = dice.randrange(1, len(word) - 1)
    return word[:at] + dice.choice("aeiou") + word[at + 1 :]


def _made_up(dice: Random) -> str:
    starts, middles, ends = "BDGJKLMNRSTZ", ("al", "ar", "in", "or", "ul"), ("abad", "kot", "garh")
    parts = (dice.choice(middles) + dice.choice(starts).lower() for _ in range(2))
    return dice.choice(starts) + "".join(parts) + dice.choice(ends)
