"""What is said among many people: short, with the way to the private chat for the rest."""

from collections.abc import Iterator
from dataclasses import replace

from bot.commands.desk import Desk
from bot.core.records import Language
from bot.core.replies import Block, Button, Reply, Span
from bot.core.text import cut

LONGEST, MOST_ROWS = 700, 5
"""Characters and rows of buttons that a group need not scroll past."""


def short(reply: Reply, command: str, desk: Desk, language: Language) -> Reply:
    """The reply as a group gets it; `command` is what /start in private opens the rest with.

    Help for somebody in need is never shortened, nor is a picture, or what is short already.
    """
    if reply.picture is not None:
        return reply
    long = len(reply.text) > LONGEST or len(reply.buttons) > MOST_ROWS
    if not long or reply.found.concern or reply.found.outcome == "answer":
        return reply
    rest = Button(desk.say(language, "button.private"), start=command)
    blocks, buttons = tuple(_shortened(reply.blocks)), (*reply.buttons[:MOST_ROWS], (rest,))
    return replace(reply, blocks=blocks, buttons=buttons)


def _shortened(blocks: tuple[Block, ...]) -> Iterator[Block]:
    room = LONGEST
    for block in blocks:
        kept = tuple(_within(block.spans, room))
        if kept:
            yield replace(block, spans=kept)
        room -= len(block.text)


def _within(spans: tuple[Span, ...], room: int) -> Iterator[Span]:
    for span in spans:
        if room <= 0:
            return
        yield span if len(span.text) <= room else replace(span, text=cut(span.text, max(2, room)))
        room -= len(span.text)
