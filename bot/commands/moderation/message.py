"""A draft as the message that is sent: preview and sender both come here."""

from urllib.parse import quote

from bot.commands.briefs.telling import Telling
from bot.commands.desk import Desk
from bot.commands.drawn import drawing_of
from bot.core.drawings import Drawing
from bot.core.posts import Draft, Drawn, PostButton
from bot.core.replies import Button, Photo, Reply

A_ROW = 2


def message_of(draft: Draft, desk: Desk) -> Reply | None:
    """None where its picture would not be the one that was approved, since the record changed."""
    picture: Drawing | Photo | None = None
    if isinstance(draft.picture, Drawn):
        record = desk.library.get(draft.picture.record_id)
        drawn = record and drawing_of(draft.picture.kind, Telling(desk, draft.language), record)
        if not drawn or drawn.fingerprint != draft.picture.fingerprint:
            return None
        picture = drawn
    elif draft.picture is not None:
        picture = Photo(draft.picture.file_id, draft.picture.alt)
    ready = [_button(each, draft, desk) for each in draft.buttons]
    rows = (ready[at : at + A_ROW] for at in range(0, len(ready), A_ROW))
    return Reply(draft.blocks, picture=picture).with_buttons(*rows)


def _button(name: PostButton, draft: Draft, desk: Desk) -> Button:
    """In a channel a button leads to the private chat: pressing must not change the post. Of what
    has neither record nor campaign there is no more to tell than who we are."""
    label = desk.say(draft.language, f"button.post.{name}")
    record = draft.record_id or ""
    brief = f"b_{record}" if record else "about"
    linked = f"c_{draft.campaign}_{draft.seq}" if draft.campaign and draft.seq else brief
    if name == "share":
        return Button(label, url=f"https://t.me/share/url?url={quote(_link(desk, linked))}")
    starts = {
        "sources": f"s_{record}",
        "more": linked,
        "quiz": "quiz",
        "help": "support",
        "wrong": f"w_{record}",
    }
    return Button(label, start=starts[name])


def _link(desk: Desk, start: str) -> str:
    return f"https://t.me/{desk.username}?start={start}"
