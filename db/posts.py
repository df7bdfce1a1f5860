"""Posts in the tables `post`, `revision` and `approval`."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from bot.core.people import PersonId
from bot.core.posts import OPEN, Approval, DeliveryState, Draft, Post, PostState, Revision
from db.tables import ApprovalRow, DeliveryRow, PostRow, RevisionRow

AT_ONCE = 500
"""Posts that are read by one query; a statement holds only so many values."""

AROUND_A_DAY = '"kind":"around day"'
"""What the JSON of every schedule has that keeps to a day of the calendar."""


class SqlPosts:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, author: PersonId, draft: Draft, now: datetime, origin: str | None = None) -> Post:
        row = PostRow(author=author, origin=origin, state=PostState.DRAFT, created_at=now)
        try:
            with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:
            if origin and (known := self.of_origin(origin)):
                return known
            raise
        assert row.id is not None  # noqa: S101  # it was flushed
        self._write(row.id, 1, author, draft, now)
        return self._whole([row])[0]

    def get(self, post_id: int) -> Post | None:
        return self._one(select(PostRow).where(col(PostRow.id) == post_id))

    def of_origin(self, origin: str) -> Post | None:
        return self._one(select(PostRow).where(col(PostRow.origin) == origin))

    def take(self, post_id: int) -> Post | None:
        this = select(PostRow).where(col(PostRow.id) == post_id)
        return self._one(this.with_for_update())  # nothing on SQLite, where one writer is alone

    def watch(self, post_id: int) -> Post | None:
        this = select(PostRow).where(col(PostRow.id) == post_id)
        return self._one(this.with_for_update(read=True))

    def listed(self, states: Collection[PostState], limit: int) -> list[Post]:
        found = select(PostRow).where(col(PostRow.state).in_(states))
        latest = found.order_by(col(PostRow.id).desc()).limit(limit)
        return self._whole(self._session.exec(latest).all())

    def of_run(self, run: int) -> list[Post]:
        found = current(PostRow).where(col(RevisionRow.run) == run).order_by(col(PostRow.id))
        return self._whole(self._session.exec(found).all())

    def several(self, post_ids: Collection[int]) -> list[Post]:
        heads = select(PostRow)
        found = (heads.where(col(PostRow.id).in_(some)) for some in parts(post_ids))
        return [post for some in found for post in self._whole(self._session.exec(some).all())]

    def written(self, revisions: Collection[tuple[int, int]]) -> dict[tuple[int, int], Draft]:
        wanted = set(revisions)
        columns = select(RevisionRow.post_id, RevisionRow.number, RevisionRow.draft)
        return {
            (post_id, number): Draft.model_validate_json(draft)
            for these in parts({post_id for post_id, _ in wanted})
            for post_id, number, draft in self._session.exec(
                columns.where(col(RevisionRow.post_id).in_(these))
            )
            if (post_id, number) in wanted
        }

    def going_on(self) -> list[Post]:
        more = col(PostRow.planned_until).is_not(None)
        going = select(PostRow).where(col(PostRow.state) == PostState.SCHEDULED, more)
        return self._whole(self._session.exec(going).all())

    def told_in_campaign(self, campaign: str) -> set[tuple[int, int]]:
        alive = col(PostRow.state).not_in((PostState.CANCELLED, PostState.DRAFT))
        own = (col(RevisionRow.campaign) == campaign) & col(RevisionRow.corrects).is_(None)
        rows = self._session.exec(
            current(RevisionRow.post_id, RevisionRow.number).where(alive, own)
        )
        return {(post_id, number) for post_id, number in rows}

    def using(self, records: Collection[str]) -> list[Post]:
        return self._made(col(RevisionRow.record_id).in_(records))

    def _made(self, of_it: Any) -> list[Post]:
        """Posts whose current revision is so, latest first, save drafts and cancelled ones."""
        alive = col(PostRow.state).not_in((PostState.CANCELLED, PostState.DRAFT))
        found = current(PostRow).where(alive, of_it).order_by(col(PostRow.id).desc())
        return self._whole(self._session.exec(found).all())

    def versions(self, post: Post) -> list[Post]:
        first = post.draft.variant_of or post.id
        same = (col(PostRow.id) == first) | (col(RevisionRow.variant_of) == first)
        wanted = col(PostRow.state).not_in((PostState.CANCELLED, PostState.DRAFT))
        others = current(PostRow).where(same, wanted, col(PostRow.id) != post.id)
        return self._whole(self._session.exec(others.order_by(col(PostRow.id))).all())

    def revise(self, post: Post, writer: PersonId, draft: Draft, now: datetime) -> None:
        number = post.revision.number + 1
        self._write(post.id, number, writer, draft, now)
        self._set(post.id, revision=number)

    def revision(self, post_id: int, number: int) -> Revision | None:
        found = self._session.get(RevisionRow, (post_id, number))
        return found.to_core() if found else None

    def approve(self, post: Post, approval: Approval) -> None:
        self._session.add(
            ApprovalRow(
                post_id=post.id,
                revision=post.revision.number,
                reviewer=approval.reviewer,
                at=approval.at,
                fingerprint=approval.fingerprint,
            )
        )
        self._session.flush()

    def unapprove(self, post: Post) -> None:
        current = col(ApprovalRow.revision) == post.revision.number
        mine = col(ApprovalRow.post_id) == post.id
        self._session.exec(delete(ApprovalRow).where(mine, current))

    def move(self, post: Post, state: PostState, reason: str, look_at: datetime | None) -> None:
        self._set(post.id, state=state, reason=reason, look_at=look_at, planned_until=None)

    def planned(self, post_id: int, until: datetime | None, look_at: datetime | None) -> None:
        self._set(post_id, planned_until=until, look_at=look_at)

    def planned_until(self, post_id: int) -> datetime | None:
        found = select(PostRow.planned_until).where(col(PostRow.id) == post_id)
        return self._session.exec(found).first()

    def to_plan(self, now: datetime, limit: int) -> list[int]:
        more = col(PostRow.planned_until).is_not(None)
        return self._looked_at(PostState.SCHEDULED, now, more, limit=limit)

    def stale(self, now: datetime, limit: int) -> list[Post]:
        found = self._looked_at(PostState.REVIEW, now, limit=limit)
        return self.several(found)

    def over(self, now: datetime, limit: int) -> list[Post]:
        waits = select(DeliveryRow.id).where(
            col(DeliveryRow.post_id) == col(PostRow.id), col(DeliveryRow.state).in_(OPEN)
        )
        no_more = col(PostRow.planned_until).is_(None) & ~waits.exists()
        return self.several(self._looked_at(PostState.SCHEDULED, now, no_more, limit=limit))

    def soonest(self, limit: int) -> list[Post]:
        found = select(PostRow).where(col(PostRow.state) == PostState.SCHEDULED)
        first = found.order_by(col(PostRow.look_at)).limit(limit)
        return self._whole(self._session.exec(first).all())

    def drafts(self, ids: Collection[int]) -> dict[int, Draft]:
        found = current(RevisionRow.post_id, RevisionRow.draft)
        some = (found.where(col(PostRow.id).in_(each)) for each in parts(ids))
        rows = (row for each in some for row in self._session.exec(each))
        return {post_id: Draft.model_validate_json(draft) for post_id, draft in rows}

    def repeating(self, limit: int) -> list[tuple[int, Draft, datetime]]:
        more = col(PostRow.planned_until)
        found = current(RevisionRow.post_id, RevisionRow.draft, PostRow.planned_until).where(
            col(PostRow.state) == PostState.SCHEDULED, more.is_not(None)
        )
        rows = self._session.exec(found.order_by(col(PostRow.id)).limit(limit))
        return [(id_, Draft.model_validate_json(draft), until) for id_, draft, until in rows]

    def kept_to_days(self) -> dict[int, str]:
        found = current(RevisionRow.post_id, RevisionRow.draft).where(
            col(PostRow.state) == PostState.SCHEDULED,
            col(RevisionRow.draft).contains(AROUND_A_DAY, autoescape=True),
        )
        rows = self._session.exec(found)
        drafts = ((post_id, Draft.model_validate_json(draft)) for post_id, draft in rows)
        return {post_id: draft.keeps_to for post_id, draft in drafts if draft.keeps_to}

    def public_between(self, since: datetime, until: datetime) -> Post | None:
        went = select(DeliveryRow.id).where(
            col(DeliveryRow.post_id) == col(PostRow.id),
            col(DeliveryRow.state) == DeliveryState.SENT,
            col(DeliveryRow.target).startswith("@"),
            col(DeliveryRow.original).is_(None),
            col(DeliveryRow.due_at) >= since,
            col(DeliveryRow.due_at) < until,
        )
        sent = col(PostRow.state) == PostState.SENT
        found = select(PostRow.id).where(sent, went.exists()).order_by(col(PostRow.id).desc())
        post_id = self._session.exec(found.limit(1)).first()
        return None if post_id is None else self.get(post_id)

    def _looked_at(
        self, state: PostState, now: datetime, *conditions: Any, limit: int
    ) -> list[int]:
        found = select(PostRow.id).where(
            col(PostRow.state) == state, col(PostRow.look_at) <= now, *conditions
        )
        rows = self._session.exec(found.order_by(col(PostRow.look_at)).limit(limit))
        return [each for each in rows if each is not None]

    def _write(
        self, post_id: int, number: int, writer: PersonId, draft: Draft, now: datetime
    ) -> None:
        self._session.add(
            RevisionRow(
                post_id=post_id,
                number=number,
                writer=writer,
                at=now,
                draft=draft.model_dump_json(),
                record_id=draft.record_id,
                campaign=draft.campaign,
                run=draft.run,
                corrects=draft.corrects.post if draft.corrects else None,
                variant_of=draft.variant_of,
            )
        )
        self._session.flush()

    def _set(self, post_id: int, **values: Any) -> None:
        self._session.exec(update(PostRow).where(col(PostRow.id) == post_id).values(values))
        self._session.expire_all()

    def _one(self, which: Any) -> Post | None:
        rows = self._session.exec(which.execution_options(populate_existing=True)).all()
        return self._whole(rows)[0] if rows else None

    def _whole(self, rows: Sequence[PostRow]) -> list[Post]:
        """The posts of these heads, in their order; some queries for hundreds at a time."""
        some = (rows[at : at + AT_ONCE] for at in range(0, len(rows), AT_ONCE))
        return [post for heads in some for post in self._some(heads)]

    def _some(self, heads: Sequence[PostRow]) -> Iterator[Post]:
        ids = [head.id for head in heads]
        of_post = col(RevisionRow.post_id)
        revisions = self._session.exec(current(RevisionRow).where(of_post.in_(ids)))
        by_post = {row.post_id: row.to_core() for row in revisions}
        wrote = defaultdict[int, set[PersonId]](set)
        for post_id, writer in self._session.exec(
            select(RevisionRow.post_id, RevisionRow.writer).where(of_post.in_(ids)).distinct()
        ):
            wrote[post_id].add(writer)
        approvals = defaultdict[int, list[Approval]](list)
        of_current = (col(PostRow.id) == col(ApprovalRow.post_id)) & (
            col(PostRow.revision) == col(ApprovalRow.revision)
        )
        approved = select(ApprovalRow).join(PostRow, of_current)
        for row in self._session.exec(approved.where(col(ApprovalRow.post_id).in_(ids))):
            approvals[row.post_id].append(row.to_core())
        for head in heads:
            assert head.id is not None  # noqa: S101  # it was read or flushed
            yield Post(
                head.id,
                head.author,
                PostState(head.state),
                head.created_at,
                by_post[head.id],
                frozenset(wrote[head.id]),
                tuple(approvals[head.id]),
                head.reason,
            )


def current(*columns: Any) -> Any:
    """A query of columns of posts and of the revision that each has now."""
    of_post, number = col(RevisionRow.post_id), col(RevisionRow.number)
    its_own = (col(PostRow.id) == of_post) & (col(PostRow.revision) == number)
    return select(*columns).select_from(PostRow).join(RevisionRow, its_own)


def parts(posts: Collection[int]) -> Iterator[Sequence[int]]:
    """Some at a time: a statement holds only so many values."""
    numbers = sorted(posts)
    yield from (numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE))
