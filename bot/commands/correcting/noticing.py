"""Telling the moderators which sent posts were made from a record that was corrected."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.commands.correcting.drafting import Wrong, anew
from bot.commands.desk import Desk
from bot.core.people import PersonId
from bot.core.posts import DeliveryState, Post
from bot.core.records import Correction, Language, Record
from bot.core.replies import Button, Reply, plain

CLAIMED = timedelta(minutes=1)
"""How long it is for one process to tell of a correction; then another may."""

MOST_BUTTONS = 20


@dataclass(frozen=True, slots=True)
class SomeCorrected:
    """An entry of a record's corrections that was not told of yet, and who hears what of it."""

    record_id: str
    fingerprint: str
    notices: tuple[tuple[PersonId, Reply], ...]


def to_be_told(desk: Desk) -> Iterator[SomeCorrected]:
    """What this process has to tell now: each is claimed, and is to be noted as told when it was.

    It uses the database. An entry that concerns nothing sent has no notices.
    """
    with desk.new_uow(reading=True) as uow:
        told = uow.corrections.told()
    for record in desk.library.records.values():
        for each in record.corrections:
            fingerprint = _fingerprint(each)
            if (record.id, fingerprint) not in told and _claimed(record.id, fingerprint, desk):
                yield SomeCorrected(record.id, fingerprint, tuple(_notices(record, each, desk)))


def _claimed(record_id: str, fingerprint: str, desk: Desk) -> bool:
    with desk.new_uow() as uow:
        now = desk.clock()
        mine = uow.corrections.claim(record_id, fingerprint, now, now + CLAIMED)
        uow.commit()
    return mine


def _notices(
    record: Record, correction: Correction, desk: Desk
) -> Iterator[tuple[PersonId, Reply]]:
    with desk.new_uow() as uow:
        used = [each for each in uow.posts.using([record.id]) if not each.draft.corrects]
        sent = [each for each in used if uow.deliveries.tally(each.id).counts.get(SENT)]
        cards = uow.inline_cards.languages_of(record.id)
    posts = [each for each in sent if anew(Wrong(each.draft, each.id), desk)]
    if posts or cards:
        for person in desk.people():
            yield person, _notice(record, correction, posts, cards, desk, person)


SENT = DeliveryState.SENT


def _notice(
    record: Record,
    correction: Correction,
    posts: list[Post],
    cards: dict[Language, int],
    desk: Desk,
    person: PersonId,
) -> Reply:
    language = desk.language_of(person, "en")
    listed = ", ".join(f"/post {each.id}" for each in posts)
    what = correction.text.in_language(language)
    name = record.name.in_language(language)
    told = plain(
        desk.say(language, "corrected.record", name=name, what=what),
        desk.say(language, "corrected.posts", posts=listed) if posts else "",
        desk.say(language, "corrected.cards") if cards else "",
    )
    buttons = [
        Button(desk.say(language, "button.correct-post", id=each.id), f"correct {each.id}")
        for each in posts[:MOST_BUTTONS]
    ]
    buttons += [
        Button(
            desk.say(language, "button.correct-cards", n=n, sent_in=sent_in),
            f"correct {record.id} {sent_in}",
        )
        for sent_in, n in cards.items()
    ]
    return told.with_buttons(*([each] for each in buttons))


def _fingerprint(correction: Correction) -> str:
    return hashlib.sha256(correction.model_dump_json().encode()).hexdigest()
