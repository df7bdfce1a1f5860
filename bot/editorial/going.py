"""Posts of the life cycle as the rules of planning read them."""

from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from bot.core.library import Library
from bot.core.posts import Draft, Post
from bot.core.recent import Recent
from bot.core.records import Campaign
from bot.core.schedule import Calendar, Repeating
from bot.editorial.findings import Finding
from bot.editorial.lexicons import KeptLexicons
from bot.editorial.planning import (
    UNREAD,
    KeptDays,
    Plan,
    PlannedPost,
    Situation,
    judge_plan,
    names_group,
    sketch,
    victims_of,
)

_AT_NO_TIME = datetime.min.replace(tzinfo=UTC)
REMEMBERED = 20_000
"""Revisions of which it is known what they tell."""


class Going(NamedTuple):
    """A post on its way to one channel, be it planned or sent.

    `occurrence` is the key of the time in its schedule, `cycle` counts these times from 1, and
    `base` is the post that it translates.
    """

    post: Post
    channel: str
    at: datetime
    occurrence: str = ""
    cycle: int = 1
    base: Post | None = None


class Told(NamedTuple):
    """What a revision of a post says."""

    post_id: int
    revision: int
    draft: Draft


class Planned:
    """Posts as the rules of planning read them; each revision is read once as long as the content
    stays as it is."""

    def __init__(self) -> None:
        self._lexicons = KeptLexicons()
        self._library: Library | None = None
        self._read: Recent[tuple[int, int], PlannedPost] = Recent(REMEMBERED)
        self._glanced: Recent[tuple[int, int], PlannedPost] = Recent(REMEMBERED)

    def __call__(self, going: Going, library: Library) -> PlannedPost:
        post = going.post
        known = self.recalled(post.id, post.revision.number, library)
        return replace(
            known or self.read(Told(post.id, post.revision.number, post.draft), library),
            channel=going.channel,
            at=going.at,
            occurrence=going.occurrence,
            cycle=going.cycle,
            is_outdated=_is_outdated(going),
        )

    def recalled(self, post_id: int, revision: int, library: Library) -> PlannedPost | None:
        """That revision of a post as it was read before, without its time and channel."""
        if library is not self._library:
            self._library, self._read = library, Recent(REMEMBERED)
        return self._read.find((post_id, revision))

    def glanced(self, post_id: int, revision: int) -> PlannedPost | None:
        """That revision as `glance` saw it before."""
        return self._glanced.find((post_id, revision))

    def read(self, told: Told, library: Library) -> PlannedPost:
        """Without its time and channel; remembered."""
        draft = told.draft
        lexicons, text = self._lexicons.of(library), "\n".join(each.text for each in draft.blocks)
        campaign = library.get(draft.campaign or "")
        records = (draft.record_id,) if draft.record_id else ()
        read = replace(
            self.glance(told),
            wording=sketch(text),
            kind=campaign.kind if isinstance(campaign, Campaign) else None,
            names_group=names_group(text, lexicons),
            victims=victims_of(records, library, lexicons),
            records=records,
        )
        self._read.put((told.post_id, told.revision), read)
        return read

    def glance(self, told: Told) -> PlannedPost:
        """Only what the rules of hours and days ask of others, whatever the content; remembered."""
        draft = told.draft
        seen = PlannedPost(
            id=told.post_id,
            channel="",
            at=_AT_NO_TIME,
            type=draft.type,
            wording=UNREAD,
            language=draft.language,
            campaign=draft.campaign,
            repeats=isinstance(draft.schedule, Repeating),
            variant_of=draft.variant_of,
            rapid=draft.rapid,
        )
        self._glanced.put((told.post_id, told.revision), seen)
        return seen


def _is_outdated(going: Going) -> bool:
    base, draft = going.base, going.post.draft
    return base is not None and base.revision.number != draft.based_on_revision


class PlanJudge:
    """Judges posts of the life cycle as `planning.judge_plan` does, at planning and at sending."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._days: KeptDays | None = None

    def __call__(
        self,
        post: PlannedPost,
        plan: Plan,
        library: Library,
        calendar: Calendar,
        now: datetime,
    ) -> tuple[Finding, ...]:
        """`plan` has those of its channel within `PlanRules.reach`, and of its campaign."""
        situation = Situation(library, self._kept(calendar, library), self._zone, now)
        return judge_plan(post, plan, situation)

    def _kept(self, calendar: Calendar, library: Library) -> KeptDays:
        band = library.plan_rules.hijri_band
        if self._days is None or (self._days.calendar, self._days.band) != (calendar, band):
            self._days = KeptDays(calendar, band)
        return self._days
