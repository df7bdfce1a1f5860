"""Cards that are offered in any chat, and renewed where they were sent."""

from dataclasses import replace

import pytest

from bot.commands.dates import date_in
from bot.commands.desk import Desk
from bot.commands.inline import MOST_OFFERS, card, offers
from bot.commands.support import support
from bot.commands.table import press
from bot.core.finding import Concern, Finding
from bot.core.library import Library
from bot.core.prose import CITATION
from bot.core.records import Attack, Language, Organisation
from bot.core.replies import Offer, Request
from bot.core.text import utf16_length
from bot.search.index import Index
from tests.fakes.clock import FakeClock
from tests.fakes.growth import MORE_THAN_IN_STEP, growth
from tests.fakes.people import READER, Chat, buttons

LANGUAGES: tuple[Language, ...] = ("en", "ur")
BOT = "some_bot"
LONGEST_MESSAGE, LONGEST_ID = 4096, 64


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return replace(desk, username=BOT)


def offered(desk: Desk, words: str, language: Language = "en") -> list[Offer]:
    return [*offers(Request(words, None, language, private=False), desk)]


class Worried(Index):
    """An index that finds concern in every question."""

    concern: Concern = "danger"

    def __init__(self) -> None:
        super().__init__(Library([], {}), ())

    def find(self, question: str) -> Finding:
        return Finding("none", concern=self.concern)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_is_a_card_that_stands_by_itself(desk: Desk, language: Language) -> None:
    for record in desk.library.records.values():
        reply = card(record, desk, language)
        assert utf16_length(reply.text) <= LONGEST_MESSAGE
        assert record.name.in_language(language) in reply.text
        assert date_in(record.as_of, desk, language) in reply.text
        assert desk.say(language, "drawn.linked") in reply.text
        assert reply.text.endswith(desk.say(language, "inline.ask", bot=f"@{BOT}"))
        assert not CITATION.search(reply.text)
        read, renew = buttons(reply)
        assert (read.start, read.action) == (f"b_{record.id}", "")
        assert renew.action == f"inline {record.id} {language}"
        assert len(renew.action.encode()) <= 64
        sources = {str(each.url): each.publisher for each in desk.library.sources.values()}
        for span in reply.blocks[-3].spans[2::2]:
            assert span.url is None or sources[span.url] in span.text


def test_a_card_without_the_bots_name_leaves_the_invitation_out(desk: Desk) -> None:
    record = desk.library.records["isis-k"]
    named, unnamed = card(record, desk, "en"), card(record, replace(desk, username=""), "en")
    assert named.blocks[:-1] == unnamed.blocks
    assert "@" not in unnamed.text


def test_an_attack_is_offered_with_its_day_place_and_toll(desk: Desk) -> None:
    [best, *_] = offered(desk, "safora bus")
    assert best.title == "Safoora Goth bus attack"
    assert best.description.startswith("13 May 2015 · ")
    assert best.description.endswith(" · 43 to 47 or more killed")
    assert "Responsibility: disputed." in best.reply.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ["", "sehwan", "quetta hospital", "داعش", "jundallah", "isis-k"])
def test_offers_are_few_and_each_can_be_chosen(desk: Desk, words: str, language: Language) -> None:
    found = offered(desk, words, language)
    ids = [each.id for each in found]
    assert 0 < len(found) <= MOST_OFFERS
    assert len(set(ids)) == len(ids)
    for offer in found:
        assert len(offer.id.encode()) <= LONGEST_ID
        assert offer.title
        assert offer.description
        assert "\n" not in offer.title + offer.description
        assert offer.reply.blocks
        assert buttons(offer.reply)
    assert offered(desk, words, language) == found


def test_the_best_comes_first_and_what_it_leads_to_follows(desk: Desk) -> None:
    found = [each.id for each in offered(desk, "who was behind the sehwan shrine bombing")]
    assert found[0] == "sehwan-2017"
    assert {"shah-noorani-2016", "isis"} <= set(found)


def test_a_name_that_two_have_offers_both(desk: Desk) -> None:
    both = {each.id for each in offered(desk, "jundallah")[:2]}
    assert both == {"jundullah-pk", "jundallah-ir"}


def test_without_words_this_day_comes_first(desk: Desk, clock: FakeClock) -> None:
    usual = [each.id for each in offered(desk, "")]
    assert usual[:2] == ["arrests-and-policing", "isis"], "the day's brief, then what is led to"
    clock.now = clock.now.replace(year=2026, month=5, day=13)
    assert next(each.id for each in offered(desk, " \u202e")) == "safoora-goth-2015"
    kinds = [type(desk.library.records[each]) for each in usual[1:]]
    assert set(kinds) <= {Attack, Organisation}


@pytest.mark.parametrize("concern", ["instructions", "contact", "propaganda", "despair", "danger"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_of_concern_is_offered_help_and_nothing_else(
    desk: Desk, concern: Concern, language: Language
) -> None:
    index = Worried()
    index.concern = concern
    worried = replace(desk, index=index)
    [offer] = offered(worried, "words", language)
    help_ = support(Request("", None, language), worried, "")
    assert offer.reply.blocks == help_.blocks
    assert utf16_length(offer.reply.text) <= LONGEST_MESSAGE
    assert [button.start for button in buttons(offer.reply)] == ["support"]


@pytest.mark.parametrize("words", ["\u202e\x00", "x" * 10_000, "💥", "<b>", "9" * 5000])
def test_whatever_is_typed_gets_offers_or_none(desk: Desk, words: str) -> None:
    assert len(offered(desk, words)) <= MOST_OFFERS


def test_a_card_is_renewed_in_place(say: Chat, desk: Desk) -> None:
    sent = offered(desk, "sehwan")[0].reply
    assert say.press(READER, buttons(sent)[1]) == sent


def test_a_card_stays_in_the_language_in_which_it_was_sent(say: Chat, desk: Desk) -> None:
    sent = offered(desk, "sehwan", "ur")[0].reply
    assert say.press(READER, buttons(sent)[1], "en") == sent


def test_a_card_is_whole_where_many_read_it(desk: Desk) -> None:
    told = press(Request("inline sehwan-2017 en", READER, private=False), desk)
    assert told == card(desk.library.records["sehwan-2017"], desk, "en")


def test_a_card_of_a_brief_that_is_gone_says_so(say: Chat) -> None:
    assert "no longer there" in say.press(READER, "inline no-such-record").text


def test_many_words_take_no_longer_than_some(desk: Desk) -> None:
    words = " ".join(f"sewan{number}" for number in range(1_200))
    some, more = (lambda: offered(desk, words[:2_500])), (lambda: offered(desk, words[:10_000]))
    assert growth(some, more) < MORE_THAN_IN_STEP


def test_offers_ask_no_database(desk: Desk) -> None:
    def none() -> None:
        raise AssertionError("inline offers must not open the database")

    closed = replace(desk, new_uow=none)  # type: ignore[arg-type]
    assert offered(closed, "sehwan")
    assert offered(closed, "")
