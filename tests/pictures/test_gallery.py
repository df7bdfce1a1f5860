"""The gallery: one drawing at a time in a process of its own, each picture made once."""

import asyncio
import os
import signal
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.adapters.content_files import Content
from bot.core.drawings import FactCard
from bot.core.errors import OutsideError
from bot.pictures.drawing import png
from bot.pictures.gallery import Gallery
from bot.pictures.shaping import Undrawable
from tests.pictures.drawings import fact_card


@pytest.fixture
def card(content: Content) -> FactCard:
    return fact_card(content.library.attacks[0], "ur")


@pytest.fixture
def gallery() -> Iterator[Gallery]:
    gallery = Gallery()
    yield gallery
    gallery.close()


def artists() -> set[int]:
    """The processes below this one."""
    tasks = f"/proc/{os.getpid()}/task/{os.getpid()}/children"
    with open(tasks) as children:  # noqa: PTH123 (not a file of ours)
        return {int(child) for child in children.read().split() if b"spawn_main" in _command(child)}


def _command(process: str) -> bytes:
    with open(f"/proc/{process}/cmdline", "rb") as command:  # noqa: PTH123
        return command.read()


async def test_a_picture_is_that_of_the_drawing(gallery: Gallery, card: FactCard) -> None:
    assert await gallery.png(card) == png(card)


async def test_who_asks_meanwhile_gets_the_same_picture(gallery: Gallery, card: FactCard) -> None:
    first, second = await asyncio.gather(gallery.png(card), gallery.png(replace(card)))
    assert first is second
    assert await gallery.png(card) is first


async def test_who_gives_up_does_not_take_it_from_the_others(
    gallery: Gallery, card: FactCard
) -> None:
    impatient = asyncio.create_task(gallery.png(card))
    patient = asyncio.create_task(gallery.png(card))
    await asyncio.sleep(0)
    impatient.cancel()
    assert (await patient).startswith(b"\x89PNG")
    assert impatient.cancelled()


async def test_the_oldest_pictures_make_room(card: FactCard) -> None:
    room = len(png(card)) * 3
    gallery = Gallery(most_bytes=room)
    try:
        kept = await gallery.png(card)
        for at in range(3):
            await gallery.png(replace(card, title=f"{card.title} {at}"))
            assert await gallery.png(card) is kept, "what is asked for again stays"
        assert len(kept) < gallery.kept_bytes <= room
    finally:
        gallery.close()


async def test_answers_go_on_while_a_picture_is_drawn(gallery: Gallery, card: FactCard) -> None:
    drawing = asyncio.create_task(gallery.png(card))
    turns = 0
    while not drawing.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert turns > 20


async def test_text_that_cannot_be_drawn_is_told_and_spoils_nothing(
    gallery: Gallery, card: FactCard
) -> None:
    with pytest.raises(Undrawable, match=r"U\+5E73"):
        await gallery.png(replace(card, title="平"))
    assert await gallery.png(card) == png(card)


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="needs /proc to find the process")  # noqa: PTH112
async def test_a_killed_process_is_told_and_replaced(gallery: Gallery, card: FactCard) -> None:
    before = artists()
    await gallery.png(card)
    [artist] = artists() - before
    os.kill(artist, signal.SIGKILL)
    with pytest.raises(OutsideError, match="killed"):
        for at in range(20):
            await gallery.png(replace(card, title=f"{card.title} {at}"))
    assert await gallery.png(replace(card, title="وضاحت"))
