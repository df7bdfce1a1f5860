"""Reported errors in the database, on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from bot.core.ports import NewUow
from bot.core.reports import Outcome, Report, hash_of
from tests.fakes.people import OTHER, READER

DAY = date(2026, 11, 30)


def reported(new_uow: NewUow, token: str = "one", record: str | None = None) -> int:
    with new_uow() as uow:
        report = uow.reports.add("the toll is wrong", record, DAY, hash_of(token))
        uow.commit()
    return report.id


def attached(new_uow: NewUow, token: str, person: str) -> Report | None:
    with new_uow() as uow:
        found = uow.reports.attach(hash_of(token), person, "ur")
        uow.commit()
    return found


def kept(new_uow: NewUow, number: int) -> Report | None:
    with new_uow() as uow:
        return uow.reports.get(number)


def test_a_report_is_kept_without_anybody(new_uow: NewUow) -> None:
    number = reported(new_uow, record="sehwan-2017")
    assert kept(new_uow, number) == Report(number, "the toll is wrong", "sehwan-2017", DAY)
    assert kept(new_uow, number + 1) is None


def test_the_token_alone_attaches_somebody(new_uow: NewUow) -> None:
    number = reported(new_uow, "one")
    assert attached(new_uow, "two", OTHER) is None
    assert attached(new_uow, hash_of("one"), OTHER) is None
    before = attached(new_uow, "one", READER)
    assert before == Report(number, "the toll is wrong", None, DAY)
    assert kept(new_uow, number) == Report(
        number, "the toll is wrong", None, DAY, contact=READER, language="ur"
    )


def test_nobody_takes_the_place_of_who_waits(new_uow: NewUow) -> None:
    number = reported(new_uow, "one")
    attached(new_uow, "one", READER)
    assert attached(new_uow, "one", OTHER) is None
    again, now = attached(new_uow, "one", READER), kept(new_uow, number)
    assert again == now
    assert now is not None
    assert now.contact == READER


def test_of_many_who_press_at_once_one_is_attached(new_uow: NewUow) -> None:
    number = reported(new_uow, "one")
    people = [f"telegram:{each}" for each in range(8)]
    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(lambda person: attached(new_uow, "one", person), people))
    [first] = [person for person, found in zip(people, results, strict=True) if found]
    now = kept(new_uow, number)
    assert now is not None
    assert now.contact == first


def test_closing_erases_text_contact_and_token(new_uow: NewUow) -> None:
    number = reported(new_uow, "one", "sehwan-2017")
    attached(new_uow, "one", READER)
    with new_uow() as uow:
        before = uow.reports.close(number, Outcome.ANSWERED)
        assert uow.reports.close(number, Outcome.CLOSED) is None
        uow.commit()
    assert before is not None
    assert (before.contact, before.text) == (READER, "the toll is wrong")
    assert kept(new_uow, number) == Report(number, "", "sehwan-2017", DAY, outcome=Outcome.ANSWERED)
    assert attached(new_uow, "one", READER) is None


def test_open_reports_are_listed_earliest_first_and_counted(new_uow: NewUow) -> None:
    numbers = [reported(new_uow, f"{each}") for each in range(4)]
    with new_uow() as uow:
        uow.reports.close(numbers[1], Outcome.CLOSED)
        assert [each.id for each in uow.reports.waiting(2)] == [numbers[0], numbers[2]]
        assert uow.reports.count_waiting() == 3


def test_a_person_is_detached_from_all_their_reports(new_uow: NewUow) -> None:
    numbers = [reported(new_uow, f"{each}") for each in range(3)]
    for token, person in (("0", READER), ("1", READER), ("2", OTHER)):
        attached(new_uow, token, person)
    with new_uow() as uow:
        assert uow.reports.detach(READER) == 2
        assert uow.reports.detach(READER) == 0
        uow.commit()
    found = [kept(new_uow, number) for number in numbers]
    assert [each.contact if each else "" for each in found] == [None, None, OTHER]
    assert [each.language if each else "" for each in found] == [None, None, "ur"]
