"""What posts came to, over the tables of posts and those of counts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, get_args

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot.core.channels import address_of
from bot.core.posts import DeliveryState, Draft, PostButton
from bot.core.results import Sent, together
from bot.core.taps import Tap, Typed
from db.channels import SqlChannels
from db.posts import current, parts
from db.tables import (
    DeliveryRow,
    HoldRow,
    PostRow,
    ReactionsRow,
    ReportRow,
    RevisionRow,
    TapRow,
    TypedViewsRow,
)
from db.upsert import INSERTS, upsert

BUTTONS: dict[str, PostButton] = {each: each for each in get_args(PostButton)}


class SqlResults:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add_taps(self, counted: Mapping[tuple[Tap, date], int]) -> None:
        insert = INSERTS[self._session.get_bind().dialect.name](TapRow)
        keys = ["campaign", "seq", "button", "day"]
        more = {"count": col(TapRow.count) + insert.excluded["count"]}
        rows = [  # in one order everywhere, so that two processes never wait for each other
            {**dict(zip(keys, (tap.campaign, tap.seq, tap.button, day), strict=True)), "count": n}
            for (tap, day), n in sorted(counted.items())
        ]
        self._session.execute(insert.on_conflict_do_update(index_elements=keys, set_=more), rows)

    def taps(self, campaign: str) -> dict[Tap, int]:
        by_button = (col(TapRow.seq), col(TapRow.button))
        counted = select(*by_button, func.sum(TapRow.count)).group_by(*by_button)
        found = self._session.exec(counted.where(col(TapRow.campaign) == campaign))
        return {Tap(campaign, seq, BUTTONS[button]): int(count) for seq, button, count in found}

    def days(self, campaign: str) -> tuple[date, date] | None:
        ends = select(func.min(TapRow.day), func.max(TapRow.day))
        first, last = self._session.exec(ends.where(col(TapRow.campaign) == campaign)).one()
        return (first, last) if first else None

    def campaigns(self) -> dict[str, int]:
        posts = func.count(func.distinct(PostRow.id))
        counted = current(RevisionRow.campaign, posts)
        named = counted.where(_PLANNED, _OWN, col(RevisionRow.campaign).is_not(None))
        found = self._session.exec(named.group_by(col(RevisionRow.campaign)))
        tapped = dict.fromkeys(self._session.exec(select(TapRow.campaign).distinct()), 0)
        return tapped | {campaign: count for campaign, count in found if campaign}

    def posts(self, campaign: str) -> dict[int, Draft]:
        told = current(RevisionRow.post_id, RevisionRow.draft)
        mine = told.where(_PLANNED, _OWN, col(RevisionRow.campaign) == campaign)
        found = self._session.exec(mine.order_by(col(RevisionRow.post_id)))
        return {post_id: Draft.model_validate_json(draft) for post_id, draft in found}

    def sent(self, posts: Collection[int]) -> dict[int, Sent]:
        ended: defaultdict[int, list[Sent]] = defaultdict(list)
        for some in parts(posts):
            counted = _COUNTED.where(col(DeliveryRow.post_id).in_(some))
            for post_id, state, count, first, last in self._session.exec(counted):
                ended[post_id].append(Sent({DeliveryState(state): count}, (), first, last))
            late: defaultdict[int, list[timedelta]] = defaultdict(list)
            for post_id, by in self._late(some):
                late[post_id].append(by)
            for post_id, all_late in late.items():
                ended[post_id].append(Sent(late=tuple(all_late)))
        return {post_id: together(found) for post_id, found in ended.items()}

    def _late(self, posts: Sequence[int]) -> Iterator[tuple[int, timedelta]]:
        """By how much each delivery was late that arrived, where that was noted."""
        row = DeliveryRow
        times = select(row.post_id, row.due_at, row.again_at, row.begun_at)
        noted = times.where(_SENT, col(row.begun_at).is_not(None), col(row.post_id).in_(posts))
        for post_id, due_at, again_at, begun_at in self._session.exec(noted):
            if begun_at is not None:
                yield post_id, begun_at - (again_at or due_at)

    def note_reactions(self, chat_id: int, message_id: int, total: int, at: datetime) -> None:
        before = self._session.get(ReactionsRow, (chat_id, message_id))
        if before is None or before.at <= at:
            row = ReactionsRow(chat_id=chat_id, message_id=message_id, total=total, at=at)
            upsert(self._session, row, "total", "at")

    def reactions(self, posts: Collection[int]) -> dict[int, int]:
        channels = SqlChannels(self._session).all()
        same = col(ReactionsRow.message_id) == col(DeliveryRow.message_id)
        columns = (DeliveryRow.post_id, DeliveryRow.target, ReactionsRow.chat_id)
        told = select(*columns, ReactionsRow.total).join(ReactionsRow, same).where(_SENT, _OF_MANY)
        totals = Counter[int]()
        for some in parts(posts):
            found = self._session.exec(told.where(col(DeliveryRow.post_id).in_(some)))
            for post_id, target, chat_id, total in found:
                address = address_of(target)
                channel = address.among(channels) if address else None
                if channel and channel.chat_id == chat_id:
                    totals[post_id] += total
        return dict(totals)

    def type_views(self, post_id: int, views: int, at: datetime) -> None:
        upsert(self._session, TypedViewsRow(post_id=post_id, views=views, at=at), "views", "at")

    def views(self, posts: Collection[int]) -> dict[int, Typed]:
        found = [
            row
            for some in parts(posts)
            for row in self._session.exec(
                select(TypedViewsRow).where(col(TypedViewsRow.post_id).in_(some))
            )
        ]
        return {row.post_id: row.to_core() for row in found}

    def reports(self, records: Collection[str], since: date) -> int:
        these = (col(ReportRow.record_id).in_(records), col(ReportRow.day) >= since)
        return self._session.exec(select(func.count()).select_from(ReportRow).where(*these)).one()

    def holds(self, since: datetime, until: datetime) -> int:
        within = (col(HoldRow.at) >= since, col(HoldRow.at) <= until)
        return self._session.exec(select(func.count()).select_from(HoldRow).where(*within)).one()


_SENT = col(DeliveryRow.state) == DeliveryState.SENT
_OF_MANY: Any = col(DeliveryRow.target).startswith("-") | col(DeliveryRow.target).startswith("@")
_PLANNED: Any = select(DeliveryRow.id).where(col(DeliveryRow.post_id) == col(PostRow.id)).exists()
_OWN: Any = col(RevisionRow.corrects).is_(None)
"""A correction belongs to the post that it corrects, and is none of the campaign itself."""
_COLUMNS: Any = (
    DeliveryRow.post_id,
    DeliveryRow.state,
    func.count(),
    func.min(DeliveryRow.due_at),
    func.max(DeliveryRow.due_at),
)
_COUNTED: Any = select(*_COLUMNS).group_by(col(DeliveryRow.post_id), col(DeliveryRow.state))
