"""Four times the posts elsewhere or at other times, and judging one takes about as long."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.desk import Desk
from bot.core.posts import PostState
from db.engine import make_engine
from db.unit_of_work import units_of_work
from db.upgrade import upgrade
from tests.bench.posts import CROWD, NOW, SPREAD, Shape, fill, write
from tests.fakes.growth import growth
from tests.fakes.people import AUTHOR, Chat

NOT_IN_STEP = 2.5
"""For four times the posts; what reads all of them takes about four times as long."""

FEW, DAYS = 1_000, 100
IN_DRAFT = 100_001


@pytest.fixture
def shape() -> Shape:
    return SPREAD


@pytest.fixture
def chats(shape: Shape, tmp_path: Path, desk: Desk) -> Iterator[list[Chat]]:
    """Of somebody with a draft among few posts, and among many."""
    engines = [make_engine(f"sqlite:///{tmp_path}/{name}.db") for name in ("few", "many")]
    for engine, times in zip(engines, (1, 4), strict=True):
        upgrade(engine)
        fill(engine, scheduled=FEW * times, days=DAYS * times, shape=shape)
        write(engine, [(IN_DRAFT, PostState.DRAFT, NOW + timedelta(hours=36))], shape)
    desks = [replace(desk, new_uow=units_of_work(each), clock=lambda: NOW) for each in engines]
    yield [Chat(each) for each in desks]
    for engine in engines:
        engine.dispose()


@pytest.mark.parametrize("shape", [CROWD])
def test_more_posts_cost_a_draft_hardly_more(chats: list[Chat]) -> None:
    def shown(chat: Chat) -> None:
        assert "289 posts that day" in chat.press(AUTHOR, f"draft {IN_DRAFT}").text

    few, many = chats
    assert growth(lambda: shown(few), lambda: shown(many)) < NOT_IN_STEP


def test_posts_of_other_times_cost_a_check_hardly_more(chats: list[Chat]) -> None:
    def checked(chat: Chat) -> None:
        assert chat.press(AUTHOR, f"draft {IN_DRAFT} 1 check").text

    few, many = chats
    assert growth(lambda: checked(few), lambda: checked(many)) < NOT_IN_STEP
