"""Finding records by their words, on a small library of its own."""

from datetime import date

import pytest

from bot.core.letters import words_of
from bot.core.library import Library
from bot.core.records import Attack, Organisation
from bot.search.index import Index

STOP = ["who what was the in on of is", "attack bombing kis ne"]
DATES = {"as_of": date(2026, 1, 1), "review_by": date(2027, 1, 1)}


def organisation(record_id: str, name: str, **fields: object) -> Organisation:
    given = {"id": record_id, "name": {"en": name}, "summary": {"en": "An armed group."}}
    return Organisation.model_validate({**given, "kind": "armed group", **DATES, **fields})


def attack(record_id: str, name: str, where: str, summary: str, **fields: object) -> Attack:
    place = {"province": "Sindh", "lat": 25.0, "lon": 67.0, "within_km": 5.0, "name": {"en": where}}
    toll = {"of": "killed", "low": 3, "by": {"en": "police"}, "attackers": "excluded"}
    given = {
        "id": record_id,
        "name": {"en": name},
        "place": place,
        "summary": {"en": summary},
        "victims": {"en": "Pilgrims."},
        "date": date(2017, 2, 16),
        "tolls": ({**toll, "sources": ("paper",)},),
        "responsibility": {"status": "unknown", "why": {"en": "Nobody claimed it."}},
    }
    return Attack.model_validate({**given, **DATES, **fields})


RECORDS = (
    organisation("is", "Islamic State", aliases=("IS-K",)),
    organisation("jund-pk", "Jundullah (Pakistan)", shared_aliases=("Jundullah",)),
    organisation("jund-ir", "Jundallah (Iran)", shared_aliases=("Jundullah",)),
    attack(
        "shrine-2017", "Sehwan shrine bombing", "Sehwan", "A bomb at the tomb of a saint [@paper]."
    ),
    attack(
        "clinic-2016",
        "Quetta hospital attack",
        "Quetta",
        "A bomb in a clinic.",
        aliases=("Sehwan attack in Quetta",),
    ),
    organisation("noor", "Group of Light", aliases=("نور", "مرکزِ صواب")),
)


@pytest.fixture(scope="module")
def small() -> Index:
    return Index(Library(RECORDS, {}), STOP)


@pytest.mark.parametrize(
    "name",
    [
        "Sehwan shrine bombing",
        "SEHWAN SHRINE BOMBING",
        "Sehwan-shrine-bombing",
        "sehwanshrinebombing",
    ],
)
def test_a_name_is_found_however_it_is_written(small: Index, name: str) -> None:
    assert small.find(name).outcome == "answer"
    assert small.find(name).ids == ("shrine-2017",)


@pytest.mark.parametrize("question", ["who was the sehwan shrine", "what is sehwan shrine attack"])
def test_the_words_of_a_question_do_not_count(small: Index, question: str) -> None:
    assert small.find(question).confidence == 1
    assert small.find(question).ids == ("shrine-2017",)


def test_a_misspelt_name_is_found(small: Index) -> None:
    found = small.find("sewan shrin")
    assert (found.outcome, found.ids[0]) == ("answer", "shrine-2017")
    assert found.confidence < 1


def test_a_name_of_two_records_offers_both(small: Index) -> None:
    found = small.find("jundullah")
    assert found.outcome == "choices"
    assert set(found.ids) == {"jund-pk", "jund-ir"}


def test_a_word_that_is_no_name_is_never_enough(small: Index) -> None:
    assert small.find("hospital").outcome == "choices"
    assert small.find("hospitl").outcome == "choices"


def test_stop_words_of_a_group_s_name_belong_to_it(small: Index) -> None:
    assert small.find("IS-K").ids == ("is",)
    assert small.find("k").outcome != "answer"


@pytest.mark.parametrize(
    "question", ["", "   ", "?!", "who was the", "😀", "lentil soup recipe", "۱۲۳"]
)
def test_what_no_record_covers_finds_nothing(small: Index, question: str) -> None:
    assert small.find(question).outcome == "none"
    assert small.find(question).ids == ()


def test_unknown_words_make_it_less_sure(small: Index) -> None:
    some = small.find("sehwan shrine recipe").confidence
    more = small.find("sehwan shrine recipe lentil soup").confidence
    assert 1 > some > more


def test_the_nearest_are_offered_for_little(small: Index) -> None:
    assert small.nearest("weather forecast at the shrine tomorrow") == ("shrine-2017",)
    assert small.nearest("") == ()


def test_a_source_s_name_is_no_word_of_a_record(small: Index) -> None:
    assert small.nearest("paper") == ()


def test_a_number_is_not_misspelt(small: Index) -> None:
    assert small.nearest("2019") == ()
    assert set(small.nearest("2017")) == {"shrine-2017", "clinic-2016"}


@pytest.mark.parametrize("name", ["نُور", "مركز صواب", "مرکز\u200cصواب"])
def test_urdu_is_found_in_any_spelling_of_its_letters(small: Index, name: str) -> None:
    assert small.find(name).ids == ("noor",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lashkar-e-Jhangvi", ("lashkar", "e", "jhangvi")),
        ("Da'ish", ("daish",)),
        ("É naïve", ("e", "naive")),
        ("ﬁne", ("fine",)),
        ("۲۰۱۷ ٢٠١٧", ("2017", "2017")),
        ("كراچي", ("کراچی",)),
        ("snake_case", ("snake", "case")),
        ("", ()),
    ],
)
def test_words_have_one_spelling(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words
