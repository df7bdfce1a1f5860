"""Every rule catches its examples and leaves its near misses alone."""

from pathlib import Path

import pytest
import yaml

from bot.editorial import RULES
from tests.editorial.subjects import found, rules, subject

TABLE = yaml.safe_load(Path(__file__).with_name("examples.yaml").read_text("utf8"))
BY_FACTS = {"S2", "S4", "A1", "A2", "D4", "L2", "P3"}
"""Rules that judge facts, not text; their tests are in test_facts.py and test_posts.py."""


def cases(which: str) -> list[object]:
    return [
        pytest.param(row, text, id=f"{row['rule']}-{text[:40]}")
        for row in TABLE
        for text in row[which]
    ]


def judged(row: dict[str, str], text: str) -> set[str]:
    return rules(subject(text, row.get("role", "prose"), row.get("kind", "topic")))  # type: ignore[arg-type]


@pytest.mark.parametrize(("row", "text"), cases("catches"))
def test_caught(row: dict[str, str], text: str) -> None:
    assert row["rule"] in judged(row, text)


@pytest.mark.parametrize(("row", "text"), cases("leaves"))
def test_left_alone(row: dict[str, str], text: str) -> None:
    assert row["rule"] not in judged(row, text)


def test_every_rule_has_examples_and_two_near_misses() -> None:
    assert {row["rule"] for row in TABLE} | BY_FACTS == {rule.id for rule in RULES}
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(row["catches"] and len(row["leaves"]) >= 2 for row in TABLE)


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("These DOGS fled [@a].", "DOGS"),
        ("These d\u200bogs fled [@a].", "d\u200bogs"),
        ("A dåring raid [@a].", "dåring"),
        ("وہ كتے ہیں [@a]۔", "كتے"),  # Arabic kaf
        ("وہ کُتّے ہیں [@a]۔", "کُتّے"),  # vowel signs
        ("واجب\u200cالقتل یا واجبُ القتل [@a]۔", "واجبُ القتل"),
        ("They are wajib–ul–qatl [@a].", "wajib–ul–qatl"),
        ("اسلامي دہشت گردي [@a]۔", "اسلامي دہشت گردي"),  # Arabic yeh
    ],
)
def test_spelling_hides_nothing(text: str, excerpt: str) -> None:
    spans = {each.excerpt: each.span for each in found(subject(text))}
    start = text.index(excerpt)
    assert spans[excerpt] == (start, start + len(excerpt))


def test_a_finding_says_where_what_and_how_to_mend_it() -> None:
    [finding] = found(subject("These dogs fled [@a]."))
    assert finding == (
        "H3", "error", ("text", "en"), "dogs", "calls people animals, vermin or a disease",
        "say what they did", (6, 10),
    )  # fmt: skip


def test_a_word_list_is_not_read_across_texts_or_citations() -> None:
    assert "H4" not in rules(subject("We cannot kill [@a] them all [@a]."))
