"""The posts and days of a year as a calendar in a person's language."""

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice, takewhile
from typing import NamedTuple

from bot.commands.desk import Desk
from bot.core.agenda import (
    AHEAD,
    BACK,
    IDLE,
    Agenda,
    Engagement,
    Entry,
    engagements,
    may_have_gone_out,
    slots,
)
from bot.core.feeds import hash_of
from bot.core.people import Role
from bot.core.ports import UnitOfWork
from bot.core.posts import PostState
from bot.core.prose import without_citations
from bot.core.records import Language
from bot.core.replies import Reply
from bot.core.text import cut, isolate

MOST_AHEAD, MOST_IN_REVIEW, MOST_IDLE = 1000, 200, 500
"""Posts that are read for one calendar: the soonest, and the latest of the others."""

MOST = 2000
"""Times to come in one calendar, and as many, the latest, that are past."""

FIRST_WORDS, MOST_PLACES = 60, 20


class Found(NamedTuple):
    """Engagements in order; with `until` they end there, since there are too many."""

    engagements: list[Engagement]
    until: datetime | None


def agenda_behind(secret: str, desk: Desk) -> Agenda | None:
    """The calendar of whoever was given the address with this secret; None where it is nobody's,
    or theirs who may not see posts any more."""
    with desk.new_uow(reading=True) as uow:
        person = uow.feeds.owner_of(hash_of(secret))
        if desk.role_in(uow, person) < Role.MODERATOR:
            return None
        found = _found(uow, desk)
        names = {str(each.chat_id): each.name for each in uow.channels.all()}
    language = desk.language_of(person, "en")
    posts = [_of_post(each, names, desk, language) for each in found.engagements]
    end = [_end(found.until, desk, language)] if found.until else []
    return Agenda(desk.say(language, "feed.calendar"), (*posts, *end, *_days(desk, language)))


def _found(uow: UnitOfWork, desk: Desk) -> Found:
    now, calendar = desk.clock(), desk.calendar
    scheduled = uow.posts.soonest(MOST_AHEAD + 1)
    in_review = uow.posts.listed((PostState.REVIEW,), MOST_IN_REVIEW)
    to_come, too_many = [*scheduled[:MOST_AHEAD], *in_review], scheduled[MOST_AHEAD:]
    posts = [*to_come, *uow.posts.listed(IDLE, MOST_IDLE)]
    past = deque(slots(posts, calendar, now - BACK, now), MOST)
    coming = list(islice(slots(to_come, calendar, now, now + AHEAD), MOST + 1))
    left_out = [*islice(slots(too_many, calendar, now, now + AHEAD), 1), *coming[MOST:]]
    until = min((slot.occurrence.at for slot in left_out), default=None)
    kept = [slot for slot in coming[:MOST] if until is None or slot.occurrence.at < until]
    went_out = uow.deliveries.went_out(may_have_gone_out(posts, past))
    found = engagements(posts, (*past, *kept), went_out, now)
    return Found(sorted(found, key=lambda each: each.at), until)


def _of_post(each: Engagement, names: Mapping[str, str], desk: Desk, language: Language) -> Entry:
    post, draft = each.post, each.post.draft
    words = isolate(cut(" ".join(Reply(draft.blocks).text.split()), FIRST_WORDS))
    split = (target.partition("/") for target in draft.targets)
    places = [isolate(names.get(chat, chat) + slash + topic) for chat, slash, topic in split]
    kind = desk.say(language, f"type.{draft.type}")
    others = f" +{len(places) - 1}" if len(places) > 1 else ""
    where = places[0] + others if places else "–"
    state = desk.say(language, f"feed.state.{_state(each)}")
    changed = [post.revision.at, *(one.at for one in post.approvals)]
    return Entry(
        f"post-{post.id}-{each.key}",
        each.at,
        desk.say(language, "feed.summary", type=kind, words=words, target=where),
        "\n".join((f"/post {post.id}", state, *places[:MOST_PLACES])),
        each.tentative,
        max([*changed, each.at] if each.sent else changed),
        post.revision.number,
    )


def _state(each: Engagement) -> str:
    if each.sent:
        return "sent"
    if each.post.state is PostState.REVIEW:
        return "review"
    return "unconfirmed" if each.tentative else "scheduled"


def _end(until: datetime, desk: Desk, language: Language) -> Entry:
    day = until.astimezone(desk.zone).date()
    return Entry("end", day, desk.say(language, "feed.end"), desk.say(language, "feed.end.why"))


def _days(desk: Desk, language: Language) -> Iterator[Entry]:
    """The days of the calendar as they fall between the first post and the last."""
    first, last = ((desk.clock() + span).astimezone(desk.zone).date() for span in (-BACK, AHEAD))
    for name, day in sorted(desk.library.calendar.items()):
        said = without_citations(day.name.in_language(language))
        note = without_citations(day.note.in_language(language)) if day.note else ""
        for kept in takewhile(lambda one: one.date <= last, desk.calendar.coming(name, first)):
            yield Entry(f"day-{name}-{kept.year}", kept.date, said, note, not kept.confirmed)
