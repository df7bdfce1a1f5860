"""Attacks by year, month, place and group, on the shipped content."""

import pytest

from bot.adapters.content_files import Content
from bot.core.records import Attack
from bot.search.index import Index


@pytest.mark.parametrize(
    "question", ["attacks in quetta 2016", "2016 میں کوئٹہ میں حملے", "quetta mein 2016 ke hamle"]
)
def test_attacks_of_a_place_and_year_are_offered_latest_first(index: Index, question: str) -> None:
    found = index.find(question)
    assert found.outcome == "choices"
    assert found.ids == ("quetta-police-college-2016", "quetta-civil-hospital-2016")


@pytest.mark.parametrize(
    "question", ["2017 میں سندھ میں حملے", "sindh attacks 2017", "16 february 2017"]
)
def test_the_only_one_that_is_left_is_the_answer(index: Index, question: str) -> None:
    assert (index.find(question).outcome, index.find(question).ids) == ("answer", ("sehwan-2017",))


def test_a_single_filter_is_offered_even_where_one_is_left(index: Index) -> None:
    found = index.find("attacks in 2019")
    assert (found.outcome, found.ids) == ("choices", ("quetta-hazarganji-2019",))


def test_attacks_of_a_group_are_those_it_claimed_first(index: Index, content: Content) -> None:
    found = index.find("isis attacks 2017")
    attacks = [content.library.records[each] for each in found.ids]
    assert attacks
    for each in attacks:
        assert isinstance(each, Attack)
        assert each.date.year == 2017
        assert "isis" in each.named()
    claimed = ["isis" in {claim.by for claim in each.claims} for each in attacks]  # type: ignore[union-attr]
    assert claimed == sorted(claimed, reverse=True)


def test_two_years_stand_for_those_between(index: Index, content: Content) -> None:
    found = index.find("attacks between 2014 and 2016").ids
    years = {content.library.records[each].date.year for each in found}  # type: ignore[union-attr]
    assert years == {2014, 2015, 2016}


@pytest.mark.parametrize(
    "question", ["attacks in quetta 2012", "attacks in lahore", "لاہور میں حملے", "2003 ke hamle"]
)
def test_where_no_attack_is_known_no_brief_is_sent(index: Index, question: str) -> None:
    assert index.find(question).outcome != "answer"


@pytest.mark.parametrize("question", ["recent attacks", "حملے", "hamle"])
def test_attacks_without_a_filter_are_the_latest(
    index: Index, content: Content, question: str
) -> None:
    latest = [each.id for each in content.library.attacks]
    found = index.find(question)
    assert (found.outcome, list(found.ids)) == ("choices", latest[: len(found.ids)])


@pytest.mark.parametrize("question", ["kis ne zimmedari li", "who did it", "کس نے کیا"])
def test_a_question_without_a_subject_gets_no_brief(index: Index, question: str) -> None:
    assert index.find(question).outcome == "none"
    assert index.find(question).field == "who"
