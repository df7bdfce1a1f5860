"""Started campaigns on both kinds of server."""

from dataclasses import replace
from datetime import date, timedelta

from bot.core.ports import NewUow
from bot.core.posts import Draft
from tests.db.drafts import HELLO
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR, REVIEWER

SIX = "baat-karo"


def test_a_run_comes_back_as_it_was_put(new_uow: NewUow) -> None:
    with new_uow() as uow:
        run = uow.runs.add(SIX, AUTHOR, NOON)
        changed = replace(
            run,
            revision=4,
            day=date(2026, 12, 1),
            languages=("en", "ur"),
            targets=("-1001",),
            written_at=NOON,
            paused_at=NOON + timedelta(days=1),
            cancelled_at=NOON + timedelta(days=2),
            report="It went well",
        )
        uow.runs.put(changed)
        uow.commit()
    with new_uow() as uow:
        assert uow.runs.get(run.id) == uow.runs.take(run.id) == changed
        assert uow.runs.get(run.id + 1) is None


def test_one_unwritten_run_of_a_campaign_for_each_person(new_uow: NewUow) -> None:
    with new_uow() as uow:
        first = uow.runs.add(SIX, AUTHOR, NOON)
        assert uow.runs.add(SIX, AUTHOR, NOON + timedelta(hours=1)) == first
        other = uow.runs.add(SIX, REVIEWER, NOON)
        uow.runs.put(replace(first, written_at=NOON))
        again = uow.runs.add(SIX, AUTHOR, NOON)
        assert len({first.id, other.id, again.id}) == 3
        assert [each.id for each in uow.runs.listed(2)] == [again.id, other.id]


def test_the_posts_of_a_run_are_those_whose_latest_revision_says_so(new_uow: NewUow) -> None:
    plain = Draft(blocks=HELLO, targets=("@one",))
    mine = plain.model_copy(update={"run": 7})
    with new_uow() as uow:
        first = uow.posts.add(AUTHOR, mine, NOON)
        uow.posts.add(AUTHOR, plain, NOON)
        second = uow.posts.add(AUTHOR, plain, NOON)
        uow.posts.revise(second, AUTHOR, mine, NOON)
        left = uow.posts.add(AUTHOR, mine, NOON)
        uow.posts.revise(left, AUTHOR, plain, NOON)
        assert [each.id for each in uow.posts.of_run(7)] == [first.id, second.id]
        uow.deliveries.plan(first, "now", NOON)
        uow.deliveries.plan(second, "now", NOON)
        assert uow.deliveries.counted([first.id, second.id]) == {"pending": 2}
        assert uow.deliveries.counted([]) == {}
