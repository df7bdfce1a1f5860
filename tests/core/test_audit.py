"""The audit chain: whatever is done to it is found."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.audit import GENESIS, Break, Entry, Head, first_break, follow
from tests.fakes.clock import NOON

WORDS = st.text(max_size=12)
DETAILS = st.dictionaries(WORDS, st.none() | st.booleans() | st.integers() | WORDS, max_size=3)
STEPS = st.tuples(st.none() | WORDS, WORDS, WORDS, DETAILS)
FIELDS = ("at", "person", "what", "about", "details", "before", "hash", "number")


@st.composite
def chains(draw: st.DrawFn, least: int = 1) -> list[Entry]:
    head, chain = GENESIS, []
    for at, step in enumerate(draw(st.lists(STEPS, min_size=least, max_size=8))):
        entry = follow(head, NOON + timedelta(microseconds=at), *step)
        chain.append(entry)
        head = entry.head
    return chain


@given(chains())
def test_an_untouched_chain_is_whole(chain: list[Entry]) -> None:
    assert first_break(chain, [entry.head for entry in chain]) is None


@given(chains(), st.data())
def test_any_change_of_an_entry_is_found(chain: list[Entry], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(chain) - 1))
    name = data.draw(st.sampled_from(FIELDS))
    old = getattr(chain[at], name)
    other = {
        "at": old and NOON + timedelta(seconds=data.draw(st.integers(1, 9))),
        "number": at + 1 + data.draw(st.integers(1, 9)),
        "person": data.draw(st.none() | WORDS),
    }.get(name, data.draw(WORDS))
    changed = [*chain]
    changed[at] = replace(chain[at], **{name: other})
    found = first_break(changed, [chain[-1].head])
    assert (found is None) == (other == old)
    if found is not None:
        assert found.number == at + 1


@given(chains(least=2), st.data())
def test_any_removal_is_found(chain: list[Entry], data: st.DataObject) -> None:
    gone = data.draw(st.integers(0, len(chain) - 1))
    left = [*chain[:gone], *chain[gone + 1 :]]
    assert first_break(left, [chain[-1].head]) == Break(gone + 1, "missing")


@given(chains(least=2), st.data())
def test_any_other_order_is_found(chain: list[Entry], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(chain))).filter(lambda o: o != sorted(o)))
    as_read = [replace(chain[old], number=new + 1) for new, old in enumerate(order)]
    found = first_break(as_read, [chain[-1].head])
    first = next(new for new, old in enumerate(order) if new != old)
    assert found == Break(first + 1, "changed")


@given(chains(least=2), st.data())
def test_a_hash_made_anew_breaks_the_link_to_the_next(
    chain: list[Entry], data: st.DataObject
) -> None:
    """Somebody who changes an entry and its hash has to change all that follow."""
    at = data.draw(st.integers(0, len(chain) - 2))
    forged = replace(chain[at], what=chain[at].what + "!")
    forged = replace(forged, hash=forged.computed)
    changed = [*chain[:at], forged, *chain[at + 1 :]]
    assert first_break(changed, []) == Break(at + 2, "unlinked")


@given(chains(least=2), st.data())
def test_a_chain_made_anew_is_found_by_a_head_that_was_noted(
    chain: list[Entry], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(chain) - 1))
    head = chain[at - 1].head if at else GENESIS
    anew = list(chain[:at])
    for entry in chain[at:]:
        anew.append(follow(head, entry.at, entry.person, entry.what + "!", entry.about, {}))
        head = anew[-1].head
    assert first_break(anew, [head]) is None
    assert first_break(anew, [head, chain[-1].head]) == Break(len(chain), "head")


def test_nothing_is_a_whole_chain_and_less_than_was_noted_is_not() -> None:
    assert first_break([], [GENESIS]) is None
    assert first_break([], [Head(2, "a" * 64)]) == Break(1, "missing")
