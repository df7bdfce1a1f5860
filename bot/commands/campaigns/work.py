"""One step of the work on a started campaign: who takes it, and how it is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from bot.commands.desk import Desk
from bot.core.people import Role
from bot.core.ports import UnitOfWork
from bot.core.posts import Post
from bot.core.records import Campaign, Language
from bot.core.replies import Button, Reply, Request, plain
from bot.core.runs import Run


class TooLate(Exception):
    """Somebody may not, or may not any more, do what a button was shown for; `reply` says why."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.text)
        self.reply = reply


def _by_time(post: Post) -> tuple[datetime, int]:
    """What has no single moment is first: it goes out as soon as it is approved, or again."""
    return (post.draft.due_at or datetime.min.replace(tzinfo=UTC), post.id)


@dataclass(frozen=True)
class Work:
    """A started campaign as it stood when the step was taken. Its buttons carry its number and the
    revision of its set-up, so that any process can take the next step."""

    request: Request
    desk: Desk
    run: Run

    @property
    def language(self) -> Language:
        """That of the person, not of the posts."""
        return self.request.language

    @cached_property
    def campaign(self) -> Campaign | None:
        """Its file; None where that has been removed since."""
        found = self.desk.library.get(self.run.campaign)
        return found if isinstance(found, Campaign) else None

    @cached_property
    def posts(self) -> list[Post]:
        """All that it has, by their times, as they were when they were first asked for."""
        with self.desk.new_uow() as uow:
            return sorted(uow.posts.of_run(self.run.id), key=_by_time)

    @property
    def name(self) -> str:
        return self.name_in(self.language)

    def name_in(self, language: Language) -> str:
        """Its name; what it is called in the files where that one has been removed."""
        return self.campaign.name.in_language(language) if self.campaign else self.run.campaign

    def say(self, key: str, **values: object) -> str:
        return self.desk.say(self.language, key, **values)

    def action(self, step: str, *values: object) -> str:
        head = f"run {self.run.id} {self.run.revision} {step}"
        return " ".join((head, *map(str, values)))

    def button(self, label: str, step: str, *values: object) -> Button:
        return Button(label, self.action(step, *values))

    def back(self) -> Button:
        return Button(self.say("button.run", id=self.run.id), f"campaign {self.run.id}")

    def ask(self, step: str, *paragraphs: str) -> Reply:
        """A question; the person's written answer to it is the value of the step."""
        return replace(plain(*paragraphs), asks=self.action(step))

    @contextmanager
    def changing(self) -> Iterator[tuple[UnitOfWork, Run]]:
        """A transaction with the run as it is in it, which the caller commits.

        Raises `TooLate` for whoever is no moderator any more.
        """
        with self.desk.new_uow() as uow:
            run = uow.runs.take(self.run.id)
            if run is None or self.desk.role_in(uow, self.request.person) < Role.MODERATOR:
                raise TooLate(plain(self.say("run.role")))
            yield uow, run

    def settling(self, run: Run) -> None:
        """Raise `TooLate` where the set-up is not what the person was shown."""
        if run.written_at or run.cancelled_at or run.revision != self.run.revision:
            raise TooLate(plain(self.say("run.stale", id=run.id)))

    def settled(self, **fields: Any) -> "Work":
        """The set-up with a change that is kept from now on."""
        with self.changing() as (uow, run):
            self.settling(run)
            changed = replace(run, **fields, revision=run.revision + 1)
            uow.runs.put(changed)
            uow.commit()
        return Work(self.request, self.desk, changed)
