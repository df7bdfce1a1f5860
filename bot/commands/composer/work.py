"""One step of the work on a draft: who takes it, on which revision, and how it is kept."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.commands.composer.differing import in_words
from bot.commands.desk import Desk
from bot.commands.moderation.shown import attempt, refused
from bot.core.posting import edit
from bot.core.posts import Draft, Event, Post, PostState, Refusal
from bot.core.records import Language
from bot.core.replies import Button, Reply, Request, plain

Buttons = list[Button]


@dataclass(frozen=True)
class Work:
    """A draft as it stood when the step was taken. Its buttons carry the draft and the revision, so
    that any process can take the next step, and an old button is known for what it is."""

    request: Request
    desk: Desk
    post: Post

    @property
    def draft(self) -> Draft:
        return self.post.draft

    @property
    def language(self) -> Language:
        """That of the person, not of the draft."""
        return self.request.language

    def say(self, key: str, **values: object) -> str:
        return self.desk.say(self.language, key, **values)

    def action(self, step: str, *values: object) -> str:
        head = f"draft {self.post.id} {self.post.revision.number} {step}"
        return " ".join((head, *map(str, values)))

    def button(self, label: str, step: str, *values: object) -> Button:
        return Button(label, self.action(step, *values))

    def back(self) -> Button:
        return self.button(self.say("button.draft.back"), "open")

    def ask(self, step: str, *paragraphs: str) -> Reply:
        """A question; the person's written answer to it is the value of the step."""
        return replace(plain(*paragraphs), asks=self.action(step))


Show = Callable[[Work], Reply]


def stale(work: Work, show: Show, seen: int) -> Reply:
    """What to do with a button, or an answer, of the revision `seen`, which is not the one there is
    now: nothing, and say what changed."""
    post = work.post
    if post.state is not PostState.DRAFT:
        return plain(work.say("composer.over", id=post.id, state=post.state))
    shown = show(work)
    told = plain(work.say("composer.stale", id=post.id, at=work.desk.local(post.revision.at)))
    changed = plain(in_words(work, seen))
    return replace(shown, blocks=(*told.blocks, *changed.blocks, *shown.blocks))


def keep(work: Work, show: Show, again: Show, **fields: Any) -> Reply:
    """Write the change as a new revision and show what follows; where somebody else was quicker,
    say so and show the draft `again` as it is now."""
    draft = work.draft.model_copy(update=fields)
    if draft == work.draft:
        return show(work)
    request, desk = work.request, work.desk
    with desk.new_uow() as uow:
        now = uow.posts.take(work.post.id)
        if now and (now.state, now.revision) != (PostState.DRAFT, work.post.revision):
            return stale(replace(work, post=now), again, work.post.revision.number)
        tried = replace(attempt(request, desk, Event.EDIT), role=desk.role_in(uow, request.person))
        done = edit(uow, work.post.id, tried, draft)
        uow.commit()
    if isinstance(done, Refusal):
        return refused(request, desk, done)
    return show(replace(work, post=done))
