"""Four times the posts, and a calendar takes about as long as before."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.web.calendar import calendar_file
from bot.commands.agenda import MOST_AHEAD, MOST_IDLE, agenda_behind
from bot.commands.desk import Desk
from bot.core.feeds import hash_of
from bot.core.ports import NewUow
from db.engine import make_engine
from db.unit_of_work import units_of_work
from db.upgrade import upgrade
from tests.bench.posts import A_DAY, NOW, fill
from tests.fakes.growth import growth
from tests.fakes.people import AUTHOR

NOT_IN_STEP = 2.5
"""For four times the posts; what reads all of them takes about four times as long."""


@pytest.fixture
def databases(tmp_path: Path) -> Iterator[list[NewUow]]:
    engines = [make_engine(f"sqlite:///{tmp_path}/{name}.db") for name in ("few", "many")]
    for engine, times in zip(engines, (1, 4), strict=True):
        upgrade(engine)
        fill(engine, scheduled=MOST_AHEAD * times, days=MOST_IDLE // A_DAY * times)
        with units_of_work(engine)() as uow:
            uow.feeds.give(AUTHOR, hash_of("secret"), NOW)
            uow.commit()
    yield [units_of_work(engine) for engine in engines]
    for engine in engines:
        engine.dispose()


def test_more_posts_cost_a_calendar_hardly_more(databases: list[NewUow], desk: Desk) -> None:
    few, many = (replace(desk, new_uow=each, clock=lambda: NOW) for each in databases)

    def fetched(desk: Desk) -> bytes:
        agenda = agenda_behind("secret", desk)
        assert agenda is not None
        posts = [each.id for each in agenda.entries if each.id.startswith("post-")]
        assert len(posts) > MOST_AHEAD + 29 * A_DAY * 0.9, "what was sent lately is in it"
        return calendar_file(agenda)

    assert b"UID:end@wazahat" in fetched(many)
    assert b"UID:end@wazahat" not in fetched(few)
    assert growth(lambda: fetched(few), lambda: fetched(many)) < NOT_IN_STEP
