"""Ten times the posts, and lists and the clock's look take about as long as before."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.ports import NewUow
from bot.core.posts import PostState
from db.engine import make_engine
from db.unit_of_work import units_of_work
from db.upgrade import upgrade
from tests.bench.posts import NOW, fill, look
from tests.fakes.growth import growth

MUCH_MORE = 6
"""For sixteen times the posts: reading all of them takes sixteen times as long, an index less."""


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[NewUow, NewUow]]:
    folder: Path = tmp_path_factory.mktemp("posts")
    engines = [make_engine(f"sqlite:///{folder}/{name}.db") for name in ("few", "many")]
    for engine, times in zip(engines, (1, 16), strict=True):
        upgrade(engine)
        fill(engine, scheduled=200 * times, days=20 * times)
    yield units_of_work(engines[0]), units_of_work(engines[1])
    for engine in engines:
        engine.dispose()


@pytest.mark.parametrize(
    "work",
    [
        look,
        lambda uow: uow.posts.listed((PostState.SCHEDULED, PostState.FAILED), 20),
        lambda uow: uow.posts.listed((PostState.SENT,), 20),
        lambda uow: (uow.posts.get(7), uow.deliveries.tally(7)),
        lambda uow: uow.deliveries.due_between(NOW, NOW + timedelta(days=1), 90),
        lambda uow: uow.deliveries.last_sent(),
    ],
    ids=["look", "waiting", "sent", "one", "day", "last"],
)
def test_more_posts_cost_a_question_hardly_more(
    databases: tuple[NewUow, NewUow], work: Callable[[object], object]
) -> None:
    def asked(new_uow: NewUow) -> None:
        for _ in range(5):
            with new_uow() as uow:
                work(uow)

    few, many = databases
    assert growth(lambda: asked(few), lambda: asked(many)) < MUCH_MORE
