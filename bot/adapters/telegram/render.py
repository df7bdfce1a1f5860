"""Replies as Telegram takes them: HTML, cut to its limits. The one place where text is escaped."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.replies import Block, Button, Reply, Span
from bot.core.text import cut, split, utf16_length

LONGEST_MESSAGE = 4096
LONGEST_CAPTION = 1024
LONGEST_ACTION = 64
LONGEST_LABEL = 64
FOLDED_ABOVE = 160
"""UTF-16 units of a message's text, bytes of a button's data; a longer label is cut on every phone.
A quotation longer than `FOLDED_ABOVE` is folded."""
MARK = "↩ /"
"""Begins the last line of a message whose answer completes a command."""


def messages(reply: Reply) -> list[str]:
    """The reply as HTML messages within Telegram's limit, cut between blocks where it can be."""
    pages: list[list[Block]] = [[]]
    room = LONGEST_MESSAGE
    for block in _no_longer_than_a_message(reply.blocks):
        needed = utf16_length(block.text) + (2 if pages[-1] else 0)
        if needed > room:
            pages.append([])
            room, needed = LONGEST_MESSAGE, utf16_length(block.text)
        pages[-1].append(block)
        room -= needed
    return ["\n\n".join(map(_html, page)) for page in pages]


def caption(reply: Reply) -> str:
    """What stands under a picture: as many of the blocks as fit."""
    kept: list[Block] = []
    room = LONGEST_CAPTION
    for block in reply.blocks:
        room -= utf16_length(block.text) + 2
        if room < 0:
            break
        kept.append(block)
    return "\n\n".join(map(_html, kept))


def keyboard(reply: Reply, username: str) -> InlineKeyboardMarkup | None:
    """The buttons; those that lead to the private chat need the bot's `username`."""
    rows = [[_button(button, username) for button in row] for row in reply.buttons if row]
    return InlineKeyboardMarkup(rows) if rows else None


def asking(reply: Reply) -> Reply:
    """The reply with the mark by which an answer to it is known, as `completed` reads it."""
    return replace(reply, blocks=(*reply.blocks, Block((Span(MARK + reply.asks, italic=True),))))


def completed(asked: str, answer: str) -> str:
    """The command line that an answer to our message `asked` completes, or the answer alone."""
    _, marked, command = asked.rpartition("\n" + MARK)
    if not marked or "\n" in command or answer.startswith("/"):
        return answer
    return f"/{command} {answer}"


def _no_longer_than_a_message(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if utf16_length(block.text) <= LONGEST_MESSAGE:
            yield block
        else:
            yield from _pieces(block)


def _pieces(block: Block) -> Iterator[Block]:
    """A block that is longer than a message, in several; a span keeps its style over the cut."""
    held: list[Span] = []
    room = LONGEST_MESSAGE
    for span in block.spans:
        for part in split(span.text, LONGEST_MESSAGE):
            if utf16_length(part) > room:
                yield replace(block, spans=tuple(held))
                held, room = [], LONGEST_MESSAGE
            held.append(replace(span, text=part))
            room -= utf16_length(part)
    yield replace(block, spans=tuple(held))


def _html(block: Block) -> str:
    inside = "".join(map(_span, block.spans))
    if not block.quotation:
        return inside
    folded = " expandable" if utf16_length(block.text) > FOLDED_ABOVE else ""
    return f"<blockquote{folded}>{inside}</blockquote>"


def _span(span: Span) -> str:
    text = escape(span.text, quote=False)
    if span.url:
        text = f'<a href="{escape(span.url)}">{text}</a>'
    if span.italic:
        text = f"<i>{text}</i>"
    return f"<b>{text}</b>" if span.bold else text


def _button(button: Button, username: str) -> InlineKeyboardButton:
    label = cut(button.label, LONGEST_LABEL)
    url = f"https://t.me/{username}?start={button.start}" if button.start else button.url
    if url:
        return InlineKeyboardButton(label, url=url)
    if len(button.action.encode()) > LONGEST_ACTION:
        raise ValueError(f"button {label!r}: its action is over 64 bytes; shorten it")
    return InlineKeyboardButton(label, callback_data=button.action)
