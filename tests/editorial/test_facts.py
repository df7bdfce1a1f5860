"""Rules that judge facts about the whole, records as they are read, and waivers."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from bot.core.library import Library
from bot.core.records import Campaign, HelpLine, Text
from bot.editorial import (
    RULES,
    Finding,
    Lexicons,
    Media,
    fingerprint,
    lint_help_lines,
    subjects_of,
)
from tests.editorial.subjects import (
    BASE,
    SOURCES,
    TODAY,
    attack,
    found,
    lexicons,
    library,
    narrative,
    organisation,
    rules,
    subject,
    two,
)


def of(rule: str, findings: list[Finding]) -> list[Finding]:
    return [each for each in findings if each.rule == rule]


def test_a_sound_record_has_no_findings() -> None:
    for record in library().records.values():
        assert found(record) == []


def test_counts_of_one_origin_are_a_warning() -> None:
    toll = attack("x", "X", "unknown").tolls[0]
    single = attack(
        "x", "X", "unknown", tolls=(toll, toll.model_copy(update={"sources": ("copy",)}))
    )
    [finding] = of("S2", found(single))
    assert finding.severity == "warning"
    assert finding.message.endswith("A Daily")
    assert "S2" not in rules(attack("x", "X", "unknown"))


def test_a_post_counts_with_date_and_two_sources() -> None:
    text = "88 people died at Sehwan"
    dated: dict[str, Any] = {"kind": "fact", "as_of": TODAY}
    assert [e.severity for e in of("S2", found(subject(f"{text}.", kind="fact")))] == ["error"]
    assert [e.severity for e in of("S2", found(subject(f"{text} [@a].", kind="fact")))] == ["error"]
    assert [e.severity for e in of("S2", found(subject(f"{text} [@a] [@copy].", **dated)))] == [
        "warning"
    ]
    assert "S2" not in rules(subject(f"{text} [@a] [@b].", **dated))
    assert "S2" not in rules(subject("It lasted 3 days [@a].", **dated))


def test_review_and_help_lines_grow_old() -> None:
    record = organisation("x", "X")
    assert [e.severity for e in of("S4", found(record, dt.date(2027, 1, 2)))] == ["warning"]
    assert "S4" not in rules(record, dt.date(2027, 1, 1))
    line = help_line(dt.date(2026, 8, 1))
    lint = lambda line: list(lint_help_lines({"x": line}, library(), lexicons(), TODAY))  # noqa: E731
    assert [(e.rule, e.severity, e.field) for e in lint(line)] == [
        ("S4", "error", ("x", "checked_on"))
    ]
    assert lint(line.model_copy(update={"offered": False})) == []
    assert lint(help_line(dt.date(2026, 8, 24))) == []


def help_line(checked_on: dt.date) -> HelpLine:
    what = {"name": two("Line"), "purpose": two("To talk"), "run_by": two("Friends")}
    return HelpLine.model_validate(
        {**what, "contact": "0311-7786264", "kind": "counselling", "checked_on": checked_on,
         "checked_by": "call", "sources": ("a",)}
    )  # fmt: skip


def test_only_registered_help_lines_pass() -> None:
    text = "Call 0311 7786264 [@a]."
    assert "P1" in rules(subject(text))
    offered = (("help",), help_line(TODAY))
    assert "P1" not in rules(subject(text, help_lines=(offered,)))


def test_pictures_are_described() -> None:
    media = Media(("media", 0))
    for alt in (None, "A poster", "image of"):
        shown = media._replace(alt=Text(en=alt) if alt else None)
        assert "A1" in rules(subject("It is so [@a].", media=(shown,)))
    for alt in ("Two nurses open a ward", "Image of two nurses opening a ward"):
        shown = media._replace(alt=Text(en=alt))
        assert "A1" not in rules(subject("It is so [@a].", media=(shown,)))


def test_urdu_that_is_missing_or_cites_otherwise_is_a_warning() -> None:
    missing = organisation("x", "X", harm={"en": "It did harm [@a]."})
    assert [(e.field, e.severity) for e in of("A2", found(missing))] == [(("harm",), "warning")]
    other = organisation("x", "X", harm={"en": "Harm [@a] [@b].", "ur": "نقصان [@a]۔"})
    assert [e.field for e in of("A2", found(other))] == [("harm", "ur")]
    same = organisation("x", "X", harm={"en": "Harm [@a] [@b].", "ur": "نقصان [@b] [@a]۔"})
    assert "A2" not in rules(same)


def test_a_post_asks_for_one_thing() -> None:
    for actions, wrong in ((0, True), (1, False), (2, True), (None, False)):
        post = subject("It is so [@a].", kind="fact", actions=actions)
        assert ("M3" in rules(post)) is wrong


def test_a_myth_needs_a_narrative() -> None:
    post = subject("It is so [@a].", kind="myth and why")
    assert "M1" in rules(post)
    assert "M1" not in rules(replace(post, records=(narrative(),)))


def test_length_is_a_warning_until_telegram_refuses_it() -> None:
    def severities(length: int, role: str = "prose") -> list[str]:
        text = ("So it is. " * 1000)[:length]
        return [e.severity for e in of("M6", found(subject(text, role, "fact", backed=True)))]  # type: ignore[arg-type]

    assert severities(890) == []
    assert severities(950) == ["warning"]
    assert severities(1100, "caption") == ["error"]
    assert severities(4100) == ["error"]


def test_praise_of_a_party_is_worse_than_of_an_institution() -> None:
    assert [e.severity for e in of("H7", found(subject("Thanks to PTI [@a].")))] == ["error"]
    assert [e.severity for e in of("H7", found(subject("We salute the army [@a].")))] == ["warning"]


def test_a_reviewed_language_may_touch_the_law() -> None:
    text = subject("He was accused of blasphemy [@a].")
    assert "H9" in rules(text)
    assert "H9" not in rules(replace(text, reviewed=frozenset({"en"})))
    assert "H9" in rules(replace(text, reviewed=frozenset({"ur"})))


def test_consent_lets_a_person_be_named() -> None:
    text = subject("She is the mother of Ali Khan [@a].")
    assert "D1" not in rules(replace(text, consented=True))


def test_heads_are_named_in_the_brief_of_an_organisation_alone() -> None:
    said = {"en": "Malik Ishaq led it [@a].", "ur": "ملک اسحاق [@a]۔"}
    assert "C1" not in rules(organisation("x", "X", origin=said))
    assert len(of("C1", found(attack("x", "X", "unknown", disputed=said)))) == 2


def test_a_claim_that_is_answered_may_be_told() -> None:
    assert {"H2", "C6"} & rules(subject("The Caliphate fights the apostates.", "claim")) == set()
    assert {"H2", "C6"} <= rules(subject("The Caliphate fights the apostates [@a]."))


def test_responsibility_follows_the_attack_a_record_tells_of() -> None:
    said = {"en": "ISIS bombed the hall [@a].", "ur": "داعش نے ہال پر حملہ کیا [@a]۔"}
    for status, count in (("claimed", 2), ("disputed", 2), ("unknown", 2), ("established", 0)):
        assert len(of("S3", found(attack("x", "X", status, disputed=said)))) == count


def test_the_posts_of_a_campaign_are_read_one_by_one() -> None:
    posts = (
        {"day": 1, "type": "memorial", "headline": two("They are remembered"),
         "text": two("16 Dec: 147 dead."), "record": "safoora"},
        {"day": 2, "type": "fact", "headline": two("What is known"), "text": two("It is so.")},
    )  # fmt: skip
    read = found(campaign(posts=posts))
    assert [e.field for e in of("D2", read)] == [("posts", 0, "text", "en")]
    assert {e.field for e in of("S1", read)} == {
        ("posts", 1, "text", "en"),
        ("posts", 1, "text", "ur"),
    }


def campaign(**fields: Any) -> Campaign:
    given = {
        "id": "names", "name": two("Names"), "kind": "commemoration",
        "goal": {"text": two("goal"), "metric": "brief opens", "target": 1.0},
        "audience": two("families"), "action": "read brief", "hashtag": two("HameinYaadHai"),
        "pillars": tuple({"text": two(t), "records": ("isis",)} for t in ("One", "Two")),
        "messengers": ("teachers", "poets"), "window": {"days": 2, "slots": ("18:00",)},
        "risk": two("risk"), "disclosure": two("who we are"),
    }  # fmt: skip
    return Campaign.model_validate({**BASE, **given, **fields})


def test_what_is_planned_is_not_read_as_published() -> None:
    whole = next(subjects_of(campaign(posts=(POST,)), library()))
    assert {"risk", "audience", "goal"}.isdisjoint(piece.field[0] for piece in whole.pieces)


POST = {"day": 1, "type": "story", "headline": two("A"), "text": two("B")}


def test_a_waiver_silences_warnings_and_never_errors() -> None:
    said = {"en": "These dogs always came [@a].", "ur": "یہ [@a]۔"}
    waive = lambda *ids: organisation(  # noqa: E731
        "x", "X", harm=said, waivers=tuple({"rule": i, "reason": "quoted in full"} for i in ids)
    )
    assert rules(waive()) == {"H3", "M4"}
    assert rules(waive("M4")) == {"H3"}
    assert rules(waive("H3")) == {"H3", "M4", "W0"}
    [unused] = of("W0", found(waive("M4", "M5")))
    assert (unused.severity, unused.field, unused.excerpt) == ("warning", ("waivers", 1), "M5")


def test_every_rule_says_what_is_wrong_and_how_to_mend_it() -> None:
    for rule in RULES:
        assert rule.wrong and rule.cure and "\n" not in rule.wrong + rule.cure


def test_names_are_known_by_their_fingerprint() -> None:
    lists = Lexicons({"perpetrators": {"en": (fingerprint("Some Body"), fingerprint("A. B. Cee"))}})
    page = "then some body and somebody, a b cee and a b"
    assert {page[hit.start : hit.end] for hit in lists.hits(page)} == {"some body", "a b cee"}
    with pytest.raises(ValueError, match="one alone is anybody's name"):
        fingerprint("Ali")


def test_lists_are_tried_in_every_place_and_language() -> None:
    lists = Lexicons(
        {
            "one": {"en": ("the old town", "town*", "! the old town hall"), "ur": ("پرانا شہر",)},
            "two": {"roman": ("purana shehar",), "en": ("old town",)},
        }
    )
    page = "the old town, the old town hall, townships; پرانا شہر purana-shehar"
    found = sorted((hit.lexicon, page[hit.start : hit.end]) for hit in lists.hits(page))
    assert found == sorted(
        [
            ("one", "the old town"), ("one", "town"), ("one", "townships"), ("one", "پرانا شہر"),
            ("two", "old town"), ("two", "old town"), ("two", "purana-shehar"),
        ]
    )  # fmt: skip


def test_a_missing_list_finds_nothing() -> None:
    bare = Lexicons({})
    assert list(bare.hits("dogs")) == []
    assert not bare.pattern("graphic").search("body parts")


def test_a_library_without_groups_can_be_linted() -> None:
    empty = Library([], SOURCES)
    assert "S3" not in rules(subject("ISIS bombed the Quetta hospital [@a].", library=empty))


def test_an_explanation_is_cited_where_it_states_a_fact() -> None:
    def bare(text: str) -> bool:
        return "S1" in rules(subject(text, "explanation", "quiz"))

    assert not bare("Wait an hour: what is true will still be true.")
    assert not bare("کسی بھروسے والے سے بات کیجیے۔")
    assert bare("The mosque was hit in 2014.")
    assert bare("داعش نے یہ کیا۔")
    assert not bare("The mosque was hit in 2014 [@a].")
