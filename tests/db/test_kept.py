"""What the database may hold of people: every column that could is named here, with its reason."""

import pytest

from bot.commands.desk import Desk
from bot.core.records import Language
from db.engine import make_engine
from db.tables import metadata
from tests.fakes.people import READER, Chat

OF_PEOPLE = {
    "post.author": ("staff", "who wrote a post, so that somebody else approves it"),
    "revision.writer": ("staff", "who wrote a version of it, so that somebody else approves it"),
    "approval.reviewer": ("staff", "who approved it"),
    "post.origin": ("staff", "the chat and the message of a /compose, so that it is done once"),
    "language_choice.fingerprint": ("language", "a keyed hash, so that the choice lasts"),
    "subscriber.person": ("subscription", "where the posts are sent"),
    "subscriber.since": ("subscription", "said to the subscriber"),
    "subscriber.language": ("subscription", "the language of the posts"),
    "subscriber.topics": ("subscription", "what they picked"),
    "report.contact": ("report", "whom to answer, if they asked for it, until it is closed"),
    "report.language": ("report", "the language of that answer"),
    "report.text": ("report", "the error as a reader put it, until it is closed"),
    "report.token_hash": ("report", "proves the report's button, until it is closed"),
    "report.day": ("report", "how long it has waited"),
    "channel.enabled_by": ("staff", "who lets posts go to a channel"),
    "delivery.target": ("delivery", "where it was sent, so that nobody gets it twice, for 30 days"),
    "delivery.message_id": ("delivery", "the message there, so that it can be corrected, as long"),
    "delivery.spread_to": ("delivery", "the last subscriber who has a row, while they get theirs"),
    "role.person": ("staff", "who may do what"),
    "role.granted_by": ("staff", "who let them"),
    "audit.person": ("staff", "who did it"),
    "audit.about": ("staff", "what it befell: a post, a hold, or the person whose role it was"),
    "audit.details": ("staff", "how: the role, the reason, the second person"),
    "hold.person": ("staff", "who stopped everything, so that they can be asked"),
    "hold_release.person": ("staff", "who wants to lift a hold, so that another agrees"),
    "hold_release.shown_to": ("staff", "who was shown the queue, so that they may agree"),
    "hold_exemption.person": ("staff", "who let a post through a hold"),
    "feed.person": ("feed", "whose role is looked up when the calendar is fetched"),
    "feed.hash": ("feed", "stands for the address, which nobody can make from it"),
    "feed.made_at": ("feed", "said to the moderator who asks for the address again"),
    "campaign_run.started_by": ("staff", "who started a campaign, so that they are told of it"),
    "campaign_run.report": ("staff", "what the staff learned from a campaign"),
    "inline_card.inline_id": ("staff.cards", "names their card, so that a correction edits it"),
    "inline_card.person": ("staff.cards", "whose card it is, so that it goes when they say so"),
    "inline_card.language": ("staff.cards", "the language of the card, so that it is edited in it"),
    "inline_card.day": ("staff.cards", "since when it stands"),
    "confirmed_day.confirmed_by": ("staff", "who says when a day is, so that they can be asked"),
    "notice.person": ("staff", "who was told what goes out, so that they are told once"),
    "unwanted_notice.person": ("staff", "who wants no such notices"),
    "silent_group.chat": ("group", "a group where the bot is silent"),
}
"""Each column with the part of /privacy that tells of it, and why it is there."""

OF_NOBODY = {
    *("post.id", "post.state", "post.created_at", "post.reason", "post.revision"),
    *("post.planned_until", "post.look_at", "revision.post_id", "revision.number", "revision.at"),
    *("revision.draft", "revision.record_id", "revision.campaign", "approval.post_id"),
    *("approval.revision", "approval.at", "approval.fingerprint", "delivery.occurrence"),
    *("delivery.revision", "delivery.again_at", "delivery.untold"),
    *("delivery.id", "delivery.post_id", "delivery.due_at", "delivery.state"),
    *("delivery.not_before", "delivery.lease_owner", "delivery.lease_until", "delivery.attempts"),
    *("delivery.reason", "delivery.kind", "delivery.forget_at", "revision.variant_of"),
    *("report.id", "report.record_id", "report.outcome", "language_choice.language"),
    *("upload.fingerprint", "upload.file_id", "upload.at"),
    *("channel.chat_id", "channel.username", "channel.title", "channel.kind", "channel.rights"),
    *("channel.state", "channel.checked_at", "channel.use", "channel.enabled_at"),
    *("forum_topic.chat_id", "forum_topic.thread_id", "forum_topic.name"),
    *("role.role", "role.at", "audit.number", "audit.at", "audit.what", "audit.before"),
    *("audit.hash", "audit_head.id", "audit_head.number", "audit_head.hash"),
    *("hold.number", "hold.reason", "hold.at", "hold.lifted_at", "hold_release.hold"),
    *("hold_release.queue", "hold_exemption.post_id", "hold_exemption.revision"),
    *("revision.corrects", "delivery.original", "delivery.replaced"),
    *("inline_card.id", "inline_card.record_id", "correction_notice.record_id"),
    *("correction_notice.fingerprint", "correction_notice.told", "correction_notice.until"),
    "hold_exemption.hold",
    *("delivery.begun_at", "tap.campaign", "tap.seq", "tap.button", "tap.day", "tap.count"),
    *("reactions.chat_id", "reactions.message_id", "reactions.total", "reactions.at"),
    *("typed_views.post_id", "typed_views.views", "typed_views.at"),
    *("campaign_run.id", "campaign_run.campaign", "campaign_run.started_at"),
    *("campaign_run.revision", "campaign_run.day", "campaign_run.languages"),
    *("campaign_run.targets", "campaign_run.written_at", "campaign_run.paused_at"),
    *("campaign_run.cancelled_at", "revision.run"),
    *("confirmed_day.day_id", "confirmed_day.year", "confirmed_day.kept_on", "confirmed_day.at"),
    *("notice.what", "notice.until"),
}
"""Posts, chats that they go to (groups and channels), pictures of ours, and counts."""


def columns() -> set[str]:
    return {f"{t.name}.{column.name}" for t in metadata.sorted_tables for column in t.columns}


def test_every_column_is_accounted_for() -> None:
    known = {*OF_PEOPLE, *OF_NOBODY}
    assert columns() - known == set(), "say in /privacy and here what it holds of people and why"
    assert known - columns() == set(), "this is no column any more: privacy phrases may be out too"


def test_privacy_tells_of_every_part(say: Chat, desk: Desk) -> None:
    told = say(READER, "/privacy").text
    for part, _ in OF_PEOPLE.values():
        assert desk.say("en", f"privacy.{part}") in told


@pytest.mark.parametrize("language", ["en", "ur"])
def test_privacy_names_the_command_that_begins_and_ends_each(say: Chat, language: Language) -> None:
    told = say(READER, "/privacy", language).text
    for command in ("/language", "/subscribe", "/wrong", "/off", "/on", "/forgetme"):
        assert command in told


def test_an_error_of_the_database_does_not_repeat_a_person(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    with engine.connect() as connection, pytest.raises(Exception, match="no such") as error:
        connection.exec_driver_sql("DELETE FROM nowhere WHERE person = ?", (READER,))
    engine.dispose()
    assert READER not in str(error.value)
