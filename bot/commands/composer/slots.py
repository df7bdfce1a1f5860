"""One time of a post that repeats, as somebody works on it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from bot.commands.composer.work import Work
from bot.core.replies import Button
from bot.core.schedule import NotATime, Occurrence, Repeating, parse_when


@dataclass(frozen=True)
class Slot(Work):
    """The work on one time of a post, named by its moment on the wall: `2026-12-01T18:00`."""

    wall: str = ""

    @property
    def schedule(self) -> Repeating | None:
        found = self.draft.schedule
        return found if isinstance(found, Repeating) else None

    def action(self, step: str, *values: object) -> str:
        head = f"times {self.post.id} {self.post.revision.number} {self.wall} {step}"
        return " ".join((head, *map(str, values)))

    def back(self) -> Button:
        return Button(self.say("button.times.back"), f"times {self.post.id}")

    def coming(self) -> Iterator[Occurrence]:
        return self.draft.coming(self.desk.calendar, self.desk.clock())

    def found(self) -> Occurrence | None:
        """The one that is meant, if it is still to come."""
        near = takewhile(lambda each: self.wall_of(each) <= self.wall, self.coming())
        return next((each for each in near if self.wall_of(each) == self.wall), None)

    def at(self, wall: str) -> "Slot":
        return replace(self, wall=wall)

    def wall_of(self, each: Occurrence) -> str:
        return self.desk.local(each.at).replace(" ", "T")

    def moment(self, written: str) -> datetime:
        """The whole minute to come that is meant. Raises `NotATime`."""
        now = self.desk.clock()
        due = parse_when(written, now, self.desk.zone)
        if due is None:
            raise NotATime("when.unreadable")
        minute = due.replace(second=0, microsecond=0)
        if minute <= now:
            raise NotATime("when.past")
        return minute
