"""What is said among many people: short, with the way to the private chat for the rest."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.commands.desk import Desk
from bot.core.records import Language
from bot.core.replies import Block, Button, Reply, Span
from bot.core.text import cut

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a link to a bot may carry."""

LONGEST, MOST_ROWS = 700, 5
"""Characters and rows of buttons that a group need not scroll past."""


def short(reply: Reply, command: str, words: str, desk: Desk, language: Language) -> Reply:
    """The reply as a group gets it; /start in private opens the rest of `command` and its `words`.

    Help for somebody in need is never shortened, nor is a picture, or what is short already.
    """
    if reply.picture is not None or reply.found.concern or reply.found.outcome == "answer":
        return reply
    if len(reply.text) <= LONGEST and len(reply.buttons) <= MOST_ROWS:
        return reply
    payload = f"{command}_{words}" if words else command
    if _PAYLOAD.fullmatch(payload):
        rest = Button(desk.say(language, "button.private"), start=payload)
    else:
        rest = Button(desk.say(language, "inline.private"), start="help")
    buttons = (*reply.buttons[:MOST_ROWS], (rest,))
    return replace(reply, blocks=tuple(_shortened(reply.blocks)), buttons=buttons)


def _shortened(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """As many as there is room for; the last one, which says how fresh it is, always."""
    *others, last = blocks
    room = LONGEST - (len(last.text) if others else 0)
    for block in others or [last]:
        kept = tuple(_within(block.spans, room))
        if kept:
            yield replace(block, spans=kept)
        room -= len(block.text)
    if others:
        yield last


def _within(spans: tuple[Span, ...], room: int) -> Iterator[Span]:
    for span in spans:
        if room <= 0:
            return
        yield span if len(span.text) <= room else replace(span, text=cut(span.text, max(2, room)))
        room -= len(span.text)
