"""Posts of the life cycle as the rules read them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import NamedTuple

from bot.core.library import Library
from bot.core.posts import Draft, Post, Uploaded
from bot.core.recent import Recent
from bot.core.records import Campaign, HelpLine, Language
from bot.core.replies import Block, Span
from bot.core.schedule import Calendar, Repeating
from bot.editorial.findings import Finding
from bot.editorial.lexicons import KeptLexicons
from bot.editorial.planning import (
    KeptDays,
    Plan,
    PlannedPost,
    Situation,
    Sketch,
    judge_plan,
    names_group,
    sketch,
    victims_of,
)
from bot.editorial.posts import Wording, WrittenPost, lint_post
from bot.editorial.subject import PostFacts

REMEMBERED = 20_000
"""Revisions of which it is known what they tell."""


class Beside(NamedTuple):
    """What no draft tells of itself: `PostFacts` says what each is."""

    ours: frozenset[str] = frozenset()
    missing: tuple[Language, ...] = ()
    is_outdated: bool = False


UNKNOWN = Beside()


def written(draft: Draft, library: Library, today: date, beside: Beside = UNKNOWN) -> WrittenPost:
    """A draft as the lint of posts reads it.

    A link to a source that the library has counts as citing it. A first paragraph in bold is the
    headline. Counts are of today, where nobody tells of when.
    """
    record = library.get(draft.record_id or "")
    headline, rest = _headline(draft.blocks)
    alt = draft.picture.alt if isinstance(draft.picture, Uploaded) else None
    text = "\n\n".join(_prose(each, library) for each in rest)
    facts = PostFacts(
        buttons=draft.buttons,
        previews=draft.previews,
        discloses=_discloses(draft),
        **beside._asdict(),
    )
    return WrittenPost(
        type=draft.type,
        wordings={draft.language: Wording(text=text, headline=headline, alt=alt)},
        records=(record.id,) if record else (),
        as_of=record.as_of if record else today,
        reviewed=frozenset(record.reviewed) if record else frozenset(),
        pictured=isinstance(draft.picture, Uploaded),
        help_lines=tuple(_offered(text, library)),
        facts=facts,
    )


def _headline(blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    if len(blocks) > 1 and blocks[0].spans and all(each.bold for each in blocks[0].spans):
        return blocks[0].text, blocks[1:]
    return "", blocks


def _prose(block: Block, library: Library) -> str:
    """Its text, with a citation where it links to a known source."""
    sources = _by_address(library)
    return "".join(_told(span, sources) for span in block.spans)


def _told(span: Span, sources: Mapping[str, str]) -> str:
    if span.url is None:
        return span.text
    return f"[@{sources[span.url]}]" if span.url in sources else f"{span.text} {span.url}"


@lru_cache(maxsize=2)
def _by_address(library: Library) -> Mapping[str, str]:
    return {str(each.url): name for name, each in library.sources.items() if each.url}


def _discloses(draft: Draft) -> bool:
    """Whether a button leads to the bot, which says who runs it, or it is told by the bot alone, in
    private chats."""
    private = draft.targets and all(
        each.isdecimal() or each.partition(":")[0] == "subscribers" for each in draft.targets
    )
    return bool(private or set(draft.buttons) - {"share"})


def _offered(text: str, library: Library) -> Iterator[HelpLine]:
    """The help lines that a text names, of those that are offered to readers."""
    for line in library.help_lines.values():
        if line.offered and line.contact in text:
            yield line


class DraftLint:
    """What is wrong with the wording of one draft after the other."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self._lexicons = KeptLexicons()

    def __call__(
        self, draft: Draft, library: Library, beside: Beside = UNKNOWN
    ) -> tuple[Finding, ...]:
        today = self._today()
        post = written(draft, library, today, beside)
        return lint_post(post, library, self._lexicons.of(library), today)


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


class _Told(NamedTuple):
    """What does not change with the time and the channel of a revision."""

    wording: Sketch
    names_group: bool
    victims: frozenset[str] | None


class Planned:
    """Posts as the rules of planning read them; each revision is read once as long as the content
    stays as it is."""

    def __init__(self) -> None:
        self._lexicons = KeptLexicons()
        self._library: Library | None = None
        self._told: Recent[tuple[int, int], _Told] = Recent(REMEMBERED)

    def __call__(self, going: Going, library: Library) -> PlannedPost:
        post, draft = going.post, going.post.draft
        if library is not self._library:
            self._library, self._told = library, Recent(REMEMBERED)
        told = self._told.get((post.id, post.revision.number), lambda: self._read(draft, library))
        campaign = library.get(draft.campaign or "")
        return PlannedPost(
            id=post.id,
            channel=going.channel,
            at=going.at,
            type=draft.type,
            wording=told.wording,
            language=draft.language,
            occurrence=going.occurrence,
            campaign=draft.campaign,
            kind=campaign.kind if isinstance(campaign, Campaign) else None,
            names_group=told.names_group,
            victims=told.victims,
            records=(draft.record_id,) if draft.record_id else (),
            repeats=isinstance(draft.schedule, Repeating),
            cycle=going.cycle,
            variant_of=draft.variant_of,
            is_outdated=_is_outdated(draft, going.base),
            rapid=draft.rapid,
        )

    def _read(self, draft: Draft, library: Library) -> _Told:
        lexicons, text = self._lexicons.of(library), "\n".join(each.text for each in draft.blocks)
        records = (draft.record_id,) if draft.record_id else ()
        victims = victims_of(records, library, lexicons)
        return _Told(sketch(text), names_group(text, lexicons), victims)


def _is_outdated(draft: Draft, base: Post | None) -> bool:
    return base is not None and base.revision.number != draft.based_on_revision


class PlanJudge:
    """Judges posts of the life cycle as `planning.judge_plan` does, at planning and at sending."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._planned = Planned()
        self._days: KeptDays | None = None

    def __call__(
        self,
        going: Going,
        others: Iterable[Going],
        library: Library,
        calendar: Calendar,
        now: datetime,
        *,
        on_hold: bool = False,
        held: frozenset[str] = frozenset(),
    ) -> tuple[Finding, ...]:
        """`others` are those of its channel within `PlanRules.reach`, and of its campaign."""
        situation = Situation(
            library, self._kept(calendar, library), self._zone, now, on_hold, held
        )
        plan = Plan(self._planned(each, library) for each in others)
        return judge_plan(self._planned(going, library), plan, situation)

    def _kept(self, calendar: Calendar, library: Library) -> KeptDays:
        band = library.plan_rules.hijri_band
        if self._days is None or (self._days.calendar, self._days.band) != (calendar, band):
            self._days = KeptDays(calendar, band)
        return self._days
