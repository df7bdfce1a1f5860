"""What a correction changes, how its rows end, and who was told that one is wanted."""

from datetime import date, timedelta

import pytest

from bot.core.people import PersonId
from bot.core.ports import NewUow
from bot.core.posts import INLINE, Delivery, DeliveryState, Event
from bot.core.records import Language
from tests.db.corrections import LEASE, corrected, correction, end, sent
from tests.db.drafts import added, approved, attempt, deliveries, did, leased
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR, OTHER

AFTER = NOON + LEASE + timedelta(seconds=1)


def began(new_uow: NewUow, row: Delivery) -> None:
    with new_uow() as uow:
        assert uow.deliveries.begin(row.id, "one", NOON, NOON + LEASE)
        uow.commit()


def expired(new_uow: NewUow) -> None:
    with new_uow() as uow:
        uow.deliveries.expire(AFTER)
        uow.commit()


def kept_card(
    new_uow: NewUow, card: str, language: Language = "en", person: PersonId = AUTHOR
) -> None:
    with new_uow() as uow:
        uow.inline_cards.keep(card, "sehwan-2017", language, person, date(2026, 11, 22))
        uow.commit()


def test_every_sent_message_gets_a_row_with_its_number(new_uow: NewUow) -> None:
    post = corrected(new_uow, sent(new_uow, "@one", "@two"))
    rows = deliveries(new_uow, post)
    assert [(row.target, row.original) for row in rows] == [("@one", 101), ("@two", 102)]
    assert {row.state for row in rows} == {DeliveryState.PENDING}


def test_a_post_that_went_out_twice_has_both_messages_corrected(new_uow: NewUow) -> None:
    post = sent(new_uow, "@one")
    with new_uow() as uow:
        uow.deliveries.plan(post, "second", NOON)
        uow.commit()
    end(new_uow, leased(new_uow), first=201)
    rows = deliveries(new_uow, corrected(new_uow, post))
    assert [(row.target, row.original) for row in rows] == [("@one", 101), ("@one", 201)]


def test_what_may_have_been_sent_is_listed_and_not_guessed(new_uow: NewUow) -> None:
    post = corrected(new_uow, sent(new_uow, "@one", state=DeliveryState.UNKNOWN))
    [row] = deliveries(new_uow, post)
    assert (row.state, row.original) == (DeliveryState.SKIPPED, None)
    assert "look in the chat" in row.reason


def test_what_was_never_sent_is_not_corrected(new_uow: NewUow) -> None:
    post = corrected(new_uow, sent(new_uow, "@one", state=DeliveryState.REFUSED))
    assert deliveries(new_uow, post) == []


def test_an_edit_that_was_cut_off_waits_again_and_a_message_becomes_unknown(
    new_uow: NewUow,
) -> None:
    post = corrected(new_uow, sent(new_uow, "@edited", "@replaced"))
    for row in leased(new_uow):
        began(new_uow, row)
    edited, replaced = deliveries(new_uow, post)
    with new_uow() as uow:
        assert uow.deliveries.replace(replaced.id, "one", "gone", NOON, NOON + LEASE)
        uow.commit()
    expired(new_uow)
    rows = deliveries(new_uow, post)
    assert [row.state for row in rows] == [DeliveryState.PENDING, DeliveryState.UNKNOWN]
    assert rows[0].id == edited.id


def test_only_who_sends_it_may_replace_it(new_uow: NewUow) -> None:
    corrected(new_uow, sent(new_uow, "@one"))
    [row] = leased(new_uow)
    with new_uow() as uow:
        assert not uow.deliveries.replace(row.id, "one", "gone", NOON, NOON + LEASE), (
            "it has not begun"
        )
    began(new_uow, row)
    with new_uow() as uow:
        assert not uow.deliveries.replace(row.id, "two", "gone", NOON, NOON + LEASE)
        assert not uow.deliveries.replace(row.id, "one", "gone", AFTER, AFTER + LEASE)


def test_a_post_that_was_being_sent_is_unknown_as_ever(new_uow: NewUow) -> None:
    post = approved(new_uow, "@one")
    began(new_uow, leased(new_uow)[0])
    expired(new_uow)
    assert deliveries(new_uow, post)[0].state is DeliveryState.UNKNOWN


def test_a_message_in_place_of_another_is_what_the_next_correction_changes(
    new_uow: NewUow,
) -> None:
    post = sent(new_uow, "@one", "@two")
    corrected(new_uow, post)
    one, two = leased(new_uow)
    for row in (one, two):
        began(new_uow, row)
    with new_uow() as uow:
        uow.deliveries.record(one.id, "one", DeliveryState.SENT, message_id=101)
        uow.deliveries.replace(two.id, "one", "gone", NOON, NOON + LEASE)
        uow.deliveries.record(two.id, "one", DeliveryState.SENT, message_id=555, reason="gone")
        uow.commit()
    rows = deliveries(new_uow, corrected(new_uow, post))
    assert {(row.target, row.original) for row in rows} == {("@one", 101), ("@two", 555)}
    with new_uow() as uow:
        assert [row.message_id for row in uow.deliveries.tally(2).replaced] == [555]


def test_paused_and_resumed_it_goes_on_with_the_same_rows(new_uow: NewUow) -> None:
    post = corrected(new_uow, sent(new_uow, "@one", "@two"))
    with new_uow() as uow:
        did(uow, post, attempt(Event.PAUSE))
        uow.commit()
    assert {row.state for row in deliveries(new_uow, post)} == {DeliveryState.CANCELLED}
    with new_uow() as uow:
        did(uow, post, attempt(Event.RESUME))
        uow.commit()
    rows = deliveries(new_uow, post)
    assert [(row.original, row.state) for row in rows] == [
        (101, DeliveryState.PENDING),
        (102, DeliveryState.PENDING),
    ]


def test_cards_of_the_record_in_the_language_are_corrected_with_it(new_uow: NewUow) -> None:
    kept_card(new_uow, "card-en")
    kept_card(new_uow, "card-en")
    kept_card(new_uow, "card-ur", "ur")
    rows = deliveries(new_uow, corrected(new_uow, sent(new_uow, "@one")))
    assert [row.target for row in rows] == ["@one", f"{INLINE}{rows[1].original}"]
    with new_uow() as uow:
        assert uow.inline_cards.inline_id(rows[1].original or 0) == "card-en"
        assert uow.inline_cards.languages_of("sehwan-2017") == {"en": 1, "ur": 1}
        assert uow.inline_cards.languages_of("safoora-goth-2015") == {}


def test_a_card_is_forgotten_with_its_sender(new_uow: NewUow) -> None:
    kept_card(new_uow, "card-one")
    kept_card(new_uow, "card-two", person=OTHER)
    row, _ = deliveries(new_uow, corrected(new_uow, None))
    with new_uow() as uow:
        assert uow.inline_cards.forget(AUTHOR) == 1
        uow.commit()
        assert uow.inline_cards.inline_id(row.original or 0) is None
        assert uow.inline_cards.languages_of("sehwan-2017") == {"en": 1}


def test_a_correction_that_is_not_over_is_found(new_uow: NewUow) -> None:
    post = sent(new_uow, "@one")
    with new_uow() as uow:
        assert uow.corrections.open_of(post.id) is None
    begun = added(new_uow, of=correction(post))
    with new_uow() as uow:
        found = uow.corrections.open_of(post.id)
        assert found is not None
        assert found.id == begun.id
        did(uow, begun, attempt(Event.CANCEL))
        assert uow.corrections.open_of(post.id) is None


def test_corrections_of_posts_from_no_record_are_listed_once_they_went_out(
    new_uow: NewUow,
) -> None:
    post = sent(new_uow, "@one")
    for record in ("sehwan-2017", None):
        fixed = corrected(new_uow, post, record_id=record)
        with new_uow() as uow:
            assert uow.corrections.without_record(10) == []
        end(new_uow, leased(new_uow))
    with new_uow() as uow:
        assert [each.id for each in uow.corrections.without_record(10)] == [fixed.id]


@pytest.mark.parametrize("told", [False, True])
def test_an_entry_is_told_by_one_process_and_once(new_uow: NewUow, told: bool) -> None:
    until = NOON + timedelta(minutes=1)
    with new_uow() as uow:
        assert uow.corrections.claim("sehwan-2017", "f" * 64, NOON, until)
        uow.commit()
    with new_uow() as uow:
        assert not uow.corrections.claim("sehwan-2017", "f" * 64, NOON, until)
        if told:
            uow.corrections.tell("sehwan-2017", "f" * 64)
            assert uow.corrections.told() == {("sehwan-2017", "f" * 64)}
        uow.commit()
    with new_uow() as uow:
        again = uow.corrections.claim("sehwan-2017", "f" * 64, until, until + LEASE)
        assert again is not told


def test_the_edits_of_a_correction_are_one_row_of_a_month_and_no_post_of_a_channel(
    new_uow: NewUow,
) -> None:
    first = sent(new_uow, "@one", "@two")
    post = corrected(new_uow, first)
    minute = timedelta(minutes=1)
    with new_uow() as uow:
        rows = uow.deliveries.due_between(NOON, NOON + minute, 10)
        assert [row.target for row in rows if row.post_id == post.id] == [""]
        beside = uow.deliveries.around(["@one", "@two"], NOON - minute, NOON + minute)
    assert {row.post_id for row in beside} == {first.id}
