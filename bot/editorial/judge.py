"""Posts judged as they stand in the database: the `Judge` of `bot.core.ports`."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import chain, islice

from bot.core.channels import address_of
from bot.core.months import Clashes, Entry
from bot.core.ports import Grounds, UnitOfWork
from bot.core.posts import NOW, Delivery, Post
from bot.core.schedule import Occurrence
from bot.editorial.company import Company, around_each, coming
from bot.editorial.drafts import DraftLint
from bot.editorial.findings import Finding
from bot.editorial.going import Going, PlanJudge, Planned
from bot.editorial.planning import Plan, PlannedPost, clashes, stopping
from bot.editorial.planning.case import AT
from bot.editorial.planning.remembrance import UPBEAT
from bot.editorial.urdu import told_in

TIMES = 8
"""Coming times of a post that repeats which are judged before it is approved; each is judged again
when it is sent."""

DAY, FAR = timedelta(days=1), datetime.max.replace(tzinfo=UTC)
OF_THE_CLOCK = frozenset({"T1", "T2", "T4"})
"""Rules that a time alone breaks or keeps, with what lies a day around it."""


class PostJudge:
    """Keeps in memory what the rules read in posts, as far as it does not change."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._lint, self._judged, self._planned = DraftLint(), PlanJudge(zone), Planned()

    def findings(self, post: Post, uow: UnitOfWork, grounds: Grounds) -> tuple[Finding, ...]:
        library, today = grounds.library, grounds.now.astimezone(self._zone).date()
        ours = {grounds.username, *(each.name for each in uow.channels.all())} - {""}
        wording = self._lint(post.draft, library, today, frozenset(ours))
        if post.draft.corrects:  # it changes what stands there, at no time and beside nothing new
            return tuple(told_in(grounds.language, each) for each in wording)
        found = (*wording, *self._of_plan(post, uow, grounds))
        return tuple(told_in(grounds.language, each) for each in found)

    def clashes(self, post: Post, uow: UnitOfWork, grounds: Grounds) -> tuple[Finding, ...]:
        if post.draft.schedule is None:
            return ()
        found = self._of_plan(post, uow, grounds, only_clock=True)
        return tuple(told_in(grounds.language, e) for e in found if e.rule in OF_THE_CLOCK)

    def read_ahead(self, post: Post, uow: UnitOfWork, grounds: Grounds) -> None:
        if times := _times(post, grounds, _ahead(grounds)):
            self._company(post, uow, grounds).read_ahead(_span(times, grounds))

    def moments(self, entries: Sequence[Entry], grounds: Grounds) -> Clashes:
        return clashes(entries, grounds.library, grounds.calendar, self._zone, grounds.now)

    def stops(
        self, post: Post, delivery: Delivery, uow: UnitOfWork, grounds: Grounds
    ) -> tuple[Finding, ...]:
        if post.draft.corrects:
            return ()
        target, now = delivery.target, grounds.now
        going = Going(post, target, now, delivery.occurrence, base=_base(post, uow))
        others: Iterable[PlannedPost] = ()
        if post.draft.type in UPBEAT and _is_channel(target):
            company = Company([target], uow, grounds, self._planned)
            others = company.near([(now - DAY, now + DAY)], briefly=True)
        return stopping(self._judge(going, Plan(others), grounds))

    def _of_plan(
        self, post: Post, uow: UnitOfWork, grounds: Grounds, *, only_clock: bool = False
    ) -> tuple[Finding, ...]:
        """Each fault once, at the first time that has it. Where a later time of a series cannot be
        kept that is a warning: the one is skipped, not the series."""
        base, times = (
            _base(post, uow),
            _times(post, grounds, DAY if only_clock else _ahead(grounds)),
        )
        going = [
            Going(post, target, each.at, each.key, number, base)
            for number, each in enumerate(times, 1)
            for target in _judged_for(post)
        ]
        if not going:
            return ()
        plan = Plan(self._beside(going, times, uow, grounds, only_clock=only_clock))
        return _each_once(
            _mild(found) if each.cycle > 1 else found
            for each in going
            for found in self._judge(each, plan, grounds)
        )

    def _beside(
        self,
        going: Sequence[Going],
        times: Sequence[Occurrence],
        uow: UnitOfWork,
        grounds: Grounds,
        *,
        only_clock: bool,
    ) -> Iterator[PlannedPost]:
        """The post at all its times, and the others that the rules ask for, each once."""
        post, own = going[0].post, [self._planned(each, grounds.library) for each in going]
        company = self._company(post, uow, grounds)
        near = around_each((each.at for each in times), grounds.library.plan_rules.nearness)
        there = {_message(each) for each in own}
        yield from own
        beside = company.near(near, briefly=only_clock)
        afar = () if only_clock else company.afar(own[0], _span(times, grounds))
        everything = own[0].exposes and not only_clock  # then those afar are all there are
        for each in afar if everything else chain(beside, afar):
            if _message(each) not in there:
                there.add(_message(each))
                yield each
        if post.draft.campaign and own[0].victims is not None and not only_clock:
            yield from company.of_campaign(post.draft.campaign)

    def _company(self, post: Post, uow: UnitOfWork, grounds: Grounds) -> Company:
        channels = sorted({each for each in _judged_for(post) if _is_channel(each)})
        return Company(channels, uow, grounds, self._planned)

    def _judge(self, going: Going, plan: Plan, grounds: Grounds) -> tuple[Finding, ...]:
        post = self._planned(going, grounds.library)
        return self._judged(post, plan, grounds.library, grounds.calendar, grounds.now)


def _times(post: Post, grounds: Grounds, ahead: timedelta) -> list[Occurrence]:
    if post.draft.schedule is None:
        return [Occurrence(grounds.now, NOW)]
    first = next(coming(post, grounds, FAR), None)
    return list(islice(coming(post, grounds, first.at + ahead), TIMES)) if first else []


def _ahead(grounds: Grounds) -> timedelta:
    rules = grounds.library.plan_rules
    return max(timedelta(days=rules.repeat_days), rules.nearness)


def _span(times: Sequence[Occurrence], grounds: Grounds) -> tuple[datetime, datetime]:
    """All that can matter to a post at these times."""
    back = max(grounds.library.plan_rules.reach, _ahead(grounds))
    return times[0].at - back, times[-1].at + _ahead(grounds)


def _message(post: PlannedPost) -> tuple[int, str, str]:
    return post.id, post.channel, post.occurrence


def _judged_for(post: Post) -> list[str]:
    """Its channels, and one of its private chats for all of them."""
    channels = [each for each in post.draft.targets if _is_channel(each)]
    others = [each for each in post.draft.targets if not _is_channel(each)]
    return [*channels, *others[:1]]


def _is_channel(target: str) -> bool:
    address = address_of(target)
    return address is not None and not address.is_person


def _base(post: Post, uow: UnitOfWork) -> Post | None:
    return uow.posts.get(post.draft.variant_of) if post.draft.variant_of else None


def _mild(finding: Finding) -> Finding:
    return finding._replace(severity="warning") if finding.field == AT else finding


def _each_once(found: Iterable[Finding]) -> tuple[Finding, ...]:
    errors_first = sorted(found, key=lambda each: each.severity != "error")
    once: dict[tuple[str, str], Finding] = {}
    for each in errors_first:
        once.setdefault((each.rule, each.cure), each)
    return tuple(once.values())
