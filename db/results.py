"""What posts came to, over the tables of posts and those of counts."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, get_args

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot.core.channels import address_of
from bot.core.posts import DeliveryState, Post, PostButton
from bot.core.results import Sent
from bot.core.taps import Tap, Typed
from db.channels import SqlChannels
from db.posts import SqlPosts
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
        counted = select(RevisionRow.campaign, posts).join(PostRow, _CURRENT)
        named = counted.where(_PLANNED, col(RevisionRow.campaign).is_not(None))
        found = self._session.exec(named.group_by(col(RevisionRow.campaign)))
        tapped = dict.fromkeys(self._session.exec(select(TapRow.campaign).distinct()), 0)
        return tapped | {campaign: count for campaign, count in found if campaign}

    def posts(self, campaign: str) -> list[Post]:
        mine = select(PostRow.id).join(RevisionRow, _CURRENT).where(_PLANNED)
        found = self._session.exec(mine.where(col(RevisionRow.campaign) == campaign)).all()
        return SqlPosts(self._session).numbered([each for each in found if each])

    def sent(self, post_id: int) -> Sent:
        mine = col(DeliveryRow.post_id) == post_id
        counted = select(DeliveryRow.state, func.count()).group_by(col(DeliveryRow.state))
        counts = {DeliveryState(state): n for state, n in self._session.exec(counted.where(mine))}
        times = select(DeliveryRow.due_at, DeliveryRow.again_at, DeliveryRow.begun_at)
        begun = self._session.exec(
            times.where(mine, _SENT, col(DeliveryRow.begun_at).is_not(None))
        ).all()
        late = (at - (again or due) for due, again, at in begun if at)
        first, last = self._session.exec(
            select(func.min(DeliveryRow.due_at), func.max(DeliveryRow.due_at)).where(mine)
        ).one()
        return Sent(counts, tuple(sorted(late)), first, last)

    def note_reactions(self, chat_id: int, message_id: int, total: int, at: datetime) -> None:
        before = self._session.get(ReactionsRow, (chat_id, message_id))
        if before is None or before.at <= at:
            row = ReactionsRow(chat_id=chat_id, message_id=message_id, total=total, at=at)
            upsert(self._session, row, "total", "at")

    def reactions(self, post_id: int) -> int | None:
        channels = SqlChannels(self._session).all()
        found = select(DeliveryRow.target, DeliveryRow.message_id).where(
            col(DeliveryRow.post_id) == post_id, _SENT, _OF_MANY
        )
        totals = []
        for target, message_id in self._session.exec(found):
            address = address_of(target)
            channel = address.among(channels) if address else None
            row = channel and self._session.get(ReactionsRow, (channel.chat_id, message_id))
            totals += [row.total] if row else []
        return sum(totals) if totals else None

    def type_views(self, post_id: int, views: int, at: datetime) -> None:
        upsert(self._session, TypedViewsRow(post_id=post_id, views=views, at=at), "views", "at")

    def views(self, post_id: int) -> Typed | None:
        row = self._session.get(TypedViewsRow, post_id, populate_existing=True)
        return row.to_core() if row else None

    def reports(self, records: Collection[str], since: date) -> int:
        these = (col(ReportRow.record_id).in_(records), col(ReportRow.day) >= since)
        return self._session.exec(select(func.count()).select_from(ReportRow).where(*these)).one()

    def holds(self, since: datetime, until: datetime) -> int:
        within = (col(HoldRow.at) >= since, col(HoldRow.at) <= until)
        return self._session.exec(select(func.count()).select_from(HoldRow).where(*within)).one()


_SENT = col(DeliveryRow.state) == DeliveryState.SENT
_OF_MANY: Any = col(DeliveryRow.target).startswith("-") | col(DeliveryRow.target).startswith("@")
_CURRENT: Any = (col(RevisionRow.post_id) == col(PostRow.id)) & (
    col(RevisionRow.number) == col(PostRow.revision)
)
_PLANNED: Any = select(DeliveryRow.id).where(col(DeliveryRow.post_id) == col(PostRow.id)).exists()
