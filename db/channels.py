"""Channels in the `channel` table, topics of forums in `forum_topic`."""

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from bot.core.channels import Channel, ForumTopic
from db.tables import ChannelRow, ForumTopicRow
from db.upsert import upsert

CHANGED = tuple(name for name in ChannelRow.model_fields if name != "chat_id")


class SqlChannels:
    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[Channel]:
        rows = self._session.exec(select(ChannelRow).order_by(col(ChannelRow.title)))
        return [row.to_core() for row in rows]

    def get(self, chat_id: int) -> Channel | None:
        mine = select(ChannelRow).where(col(ChannelRow.chat_id) == chat_id).with_for_update()
        row = self._session.exec(mine.execution_options(populate_existing=True)).first()
        return row.to_core() if row else None

    def put(self, channel: Channel) -> None:
        look = channel.look
        row = ChannelRow(
            chat_id=look.chat_id,
            username=look.username,
            title=look.title,
            kind=look.kind,
            rights=sorted(look.rights),
            state=look.reach,
            checked_at=channel.checked_at,
            use=channel.use,
            enabled_by=channel.enabled_by,
            enabled_at=channel.enabled_at,
        )
        if look.username is not None:  # a name that went over from another chat
            same = func.lower(col(ChannelRow.username)) == look.username.lower()
            others = update(ChannelRow).where(same, col(ChannelRow.chat_id) != look.chat_id)
            self._session.exec(others.values(username=None))
        upsert(self._session, row, *CHANGED)

    def remove(self, chat_id: int) -> None:
        topics = delete(ForumTopicRow).where(col(ForumTopicRow.chat_id) == chat_id)
        self._session.exec(topics)
        self._session.exec(delete(ChannelRow).where(col(ChannelRow.chat_id) == chat_id))

    def topics(self) -> list[ForumTopic]:
        ordered = select(ForumTopicRow).order_by(
            col(ForumTopicRow.chat_id), col(ForumTopicRow.thread_id)
        )
        return [row.to_core() for row in self._session.exec(ordered)]

    def name_topic(self, topic: ForumTopic) -> None:
        row = ForumTopicRow(chat_id=topic.chat_id, thread_id=topic.thread_id, name=topic.name)
        upsert(self._session, row, "name")
