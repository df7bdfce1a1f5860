"""Languages and silent groups in the database, and a picture that is known."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.core.ports import NewUow
from db import uploads
from tests.fakes.clock import NOON

ONE, TWO = "1" * 32, "2" * 32


def test_a_language_is_kept_until_another_is_chosen_or_it_is_forgotten(new_uow: NewUow) -> None:
    with new_uow() as uow:
        uow.languages.keep(ONE, "ur")
        uow.languages.keep(TWO, "en")
        uow.languages.keep(ONE, "en")
        uow.commit()
    with new_uow() as uow:
        assert uow.languages.all() == {ONE: "en", TWO: "en"}
        assert uow.languages.forget(ONE)
        assert not uow.languages.forget(ONE)
        assert uow.languages.all() == {TWO: "en"}


def test_two_choices_at_once_are_one(new_uow: NewUow) -> None:
    def choose(_: int) -> None:
        with new_uow() as uow:
            uow.languages.keep(ONE, "ur")
            uow.commit()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(choose, range(12)))
    with new_uow() as uow:
        assert uow.languages.all() == {ONE: "ur"}


def test_a_group_is_silent_until_it_is_not(new_uow: NewUow) -> None:
    with new_uow() as uow:
        for chat in ("telegram:-1001", "telegram:-1001", "telegram:-1002"):
            uow.silent_groups.add(chat)
        uow.silent_groups.remove("telegram:-1001")
        uow.silent_groups.remove("telegram:-1001")
        uow.commit()
    with new_uow() as uow:
        assert uow.silent_groups.all() == {"telegram:-1002"}


def test_an_upload_is_known_by_its_fingerprint(new_uow: NewUow) -> None:
    with new_uow() as uow:
        assert uow.uploads.file_id("f" * 64) is None
        uow.uploads.keep("f" * 64, "AgACAg-old", NOON)
        uow.uploads.keep("f" * 64, "AgACAg-new", NOON)
        uow.commit()
    with new_uow() as uow:
        assert uow.uploads.file_id("f" * 64) == "AgACAg-new"


def test_the_newest_uploads_are_known(new_uow: NewUow, monkeypatch: pytest.MonkeyPatch) -> None:
    assert uploads.MOST == 5000
    monkeypatch.setattr(uploads, "MOST", 3)
    with new_uow() as uow:
        for number in range(5):
            uow.uploads.keep(f"{number}", f"file {number}", NOON + timedelta(seconds=number))
        uow.uploads.keep("2", "file 2 again", NOON + timedelta(seconds=9))
        uow.uploads.keep("5", "file 5", NOON + timedelta(seconds=10))
        uow.commit()
        found = [uow.uploads.file_id(f"{number}") for number in range(6)]
    assert found == [None, None, "file 2 again", None, "file 4", "file 5"]
