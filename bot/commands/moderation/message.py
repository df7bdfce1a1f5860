"""A draft as the message that is sent: preview and sender both come here."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from bot.commands.briefs.telling import Telling
from bot.commands.desk import Desk
from bot.commands.drawn import drawing_of
from bot.commands.inline import card
from bot.core.drawings import Drawing
from bot.core.posts import Draft, Drawn, PostButton, Uploaded
from bot.core.replies import Block, Button, Photo, Reply, Span
from bot.core.taps import Tap
from bot.core.text import isolate

A_ROW = 2
LONGEST_CAPTION = 1024
"""UTF-16 units beside a picture."""


def message_of(draft: Draft, desk: Desk) -> Reply | None:
    """None where its picture would not be the one that was approved, since the record changed."""
    picture: Drawing | Photo | None = None
    blocks = draft.blocks
    if isinstance(draft.picture, Drawn):
        record = desk.library.get(draft.picture.record_id)
        drawn = record and drawing_of(draft.picture.kind, Telling(desk, draft.language), record)
        if not drawn or drawn.fingerprint != draft.picture.fingerprint:
            return None
        picture = drawn
    elif draft.picture is not None:
        picture = Photo(draft.picture.file_id, draft.picture.alt)
        blocks = (*blocks, *_described(draft, draft.picture, desk))
    ready = [_button(each, draft, desk) for each in draft.buttons]
    rows = (ready[at : at + A_ROW] for at in range(0, len(ready), A_ROW))
    return Reply(blocks, picture=picture, previews=draft.previews).with_buttons(*rows)


def _described(draft: Draft, picture: Uploaded, desk: Desk) -> Iterator[Block]:
    """The closing line of the caption: Telegram has no other place for what a picture shows."""
    if picture.alt:
        told = desk.say(draft.language, "post.described", alt=isolate(picture.alt))
        yield Block((Span(told, italic=True),))


def card_of(draft: Draft, desk: Desk) -> Reply | None:
    """A correction in place of an inline card, with the buttons of one; no picture fits there."""
    record = desk.library.get(draft.record_id or "")
    return replace(card(record, desk, draft.language), blocks=draft.blocks) if record else None


def _button(name: PostButton, draft: Draft, desk: Desk) -> Button:
    """In a channel a button leads to the private chat: pressing must not change the post. Of what
    has neither record nor campaign there is no more to tell than who we are."""
    label = desk.say(draft.language, f"button.post.{name}")
    start = _start(name, draft)
    if name == "share":
        return Button(label, url=f"https://t.me/share/url?url={quote(_link(desk, start))}")
    return Button(label, start=start)


def _start(name: PostButton, draft: Draft) -> str:
    """What /start gets; the buttons of a campaign's post are counted."""
    if draft.campaign and draft.seq:
        return Tap(draft.campaign, draft.seq, name).link
    record = draft.record_id or ""
    starts = {"sources": f"s_{record}", "quiz": "quiz", "help": "support", "wrong": f"w_{record}"}
    return starts.get(name, f"b_{record}" if record else "about")


def _link(desk: Desk, start: str) -> str:
    return f"https://t.me/{desk.username}?start={start}"
