"""What somebody else changed in a draft since a button or a question of it was shown."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.core.posts import Draft

if TYPE_CHECKING:
    from bot.commands.composer.work import Work

PARTS: Mapping[str, tuple[str, ...]] = {
    "source": ("blocks", "record_id", "made_from", "campaign", "seq", "run", "corrects"),
    "languages": ("language", "variant_of", "based_on_revision"),
    "targets": ("targets",),
    "when": ("schedule",),
    "picture": ("picture",),
    "kind": ("type",),
    "buttons": ("buttons",),
    "late": ("if_missed", "grace_minutes"),
    "scripture": ("scripture",),
    "rapid": ("rapid",),
    "previews": ("previews",),
}
"""The fields of a draft by the button that settles them."""


def parts(before: Draft, after: Draft) -> list[str]:
    """The buttons whose fields are not the same."""
    return [
        button
        for button, fields in PARTS.items()
        if any(getattr(before, each) != getattr(after, each) for each in fields)
    ]


def in_words(work: "Work", seen: int) -> str:
    """What is another than in the revision that was `seen`, and the role of whoever wrote last."""
    with work.desk.new_uow() as uow:
        before = uow.posts.revision(work.post.id, seen)
    if before is None:
        return ""
    writer = work.post.revision.writer
    own = writer == work.request.person
    who = "composer.by-you" if own else f"role.{work.desk.role_of(writer).word}"
    changed = (work.say(f"button.draft.{each}") for each in parts(before.draft, work.draft))
    told = work.say("join.comma").join(changed) or "–"
    return work.say("composer.differs", who=work.say(who), parts=told)
