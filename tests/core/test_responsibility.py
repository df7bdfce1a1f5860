"""The status of responsibility, as it follows from claims and attributions."""

import pytest

from bot.core.library import Library
from bot.core.responsibility import derived_status
from tests.search.test_index import attack, organisation

BODIES = (
    organisation("isis", "ISIS"),
    organisation("isis-k", "ISIS-K", branch_of="isis"),
    organisation("ispp", "ISPP", branch_of="isis"),
    organisation("jund", "Jundullah"),
)
SAME_BODY = Library(BODIES, {}).same_body


def claim(by: str) -> dict[str, object]:
    return {"by": by, "through": {"en": "a statement"}, "sources": ("a",)}


def held(kind: str, *to: str, overtaken: bool = False) -> dict[str, object]:
    told = {"by": {"en": "somebody"}, "says": {"en": "They did it [@a]."}, "sources": ("a",)}
    return {"to": to, "kind": kind, "overtaken": overtaken, **told}


@pytest.mark.parametrize(
    ("claims", "attributions", "status"),
    [
        ([], [], "unknown"),
        (["isis"], [], "claimed"),
        (["isis", "isis"], [], "claimed"),
        (["isis", "isis-k"], [], "claimed"),
        (["isis-k", "ispp"], [], "disputed"),
        (["isis", "jund"], [], "disputed"),
        ([], [held("official", "jund")], "unknown"),
        ([], [held("official", "jund"), held("press", "isis")], "disputed"),
        ([], [held("official", "jund", "isis")], "disputed"),
        (["isis"], [held("press", "isis-k")], "claimed"),
        (["isis"], [held("analyst", "jund")], "disputed"),
        (["isis"], [held("analyst", "jund", overtaken=True)], "claimed"),
        (["isis"], [held("official")], "claimed"),
        ([], [held("court", "jund")], "established"),
        (["isis"], [held("court", "jund")], "established"),
        ([], [held("court", "isis", "isis-k")], "established"),
        ([], [held("court", "jund"), held("court", "isis")], "disputed"),
        ([], [held("court")], "unknown"),
        (["isis"], [held("court", "jund", overtaken=True)], "claimed"),
    ],
)
def test_the_status_follows(claims: list[str], attributions: list[object], status: str) -> None:
    told = attack(
        "some-attack",
        "Attack",
        "Somewhere",
        "It happened.",
        claims=tuple(map(claim, claims)),
        attributions=tuple(attributions),
    )
    assert derived_status(told, SAME_BODY) == status


def test_branches_of_branches_are_one_body() -> None:
    below = organisation("cell", "Cell", branch_of="isis-k")
    same_body = Library((*BODIES, below), {}).same_body
    assert same_body("cell", "isis")
    assert same_body("isis", "cell")
    assert not same_body("cell", "ispp")


def test_a_ring_of_branches_ends() -> None:
    ring = (
        organisation("one", "One", branch_of="two"),
        organisation("two", "Two", branch_of="one"),
    )
    assert Library(ring, {}).same_body("one", "two")
    assert not Library(ring, {}).same_body("one", "three")
