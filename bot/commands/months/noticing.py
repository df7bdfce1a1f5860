"""What moderators are told of the calendar by itself, and switching it off."""

from collections.abc import Sequence
from dataclasses import replace

from bot.commands.desk import Desk
from bot.commands.moderation.shown import no
from bot.commands.months.wording import Words, words_of
from bot.core.months import Entry, Waiting
from bot.core.people import PersonId
from bot.core.replies import Button, Reply, Request, plain

MOST_LISTED = 10


def next_out(desk: Desk, person: PersonId, entries: Sequence[Entry]) -> Reply:
    """What goes out soon, in the order of its times: one message, however much it is."""
    words = _words(desk, person, entries)
    until = f"{entries[-1].at.astimezone(desk.zone):%H:%M}"
    told = [words.say("calendar.next-out", n=len(entries), until=until)]
    told += [f"/post {each.post_id} · {words.entry(each)}" for each in entries[:MOST_LISTED]]
    if more := len(entries[MOST_LISTED:]):
        told.append(words.say("calendar.next-more", n=more))
    return _quiet(words, told)


def last_out(desk: Desk, person: PersonId) -> Reply:
    words = _words(desk, person)
    return _quiet(words, [words.say("calendar.last-out")])


def reminder(desk: Desk, person: PersonId, waiting: Waiting) -> Reply:
    """Of a day whose date posts wait for, with the way to confirm it."""
    words = _words(desk, person)
    name = desk.calendar.day(waiting.day_id).name.in_language(words.language)
    listed = words.say("join.comma").join(f"/post {each}" for each in waiting.posts)
    told = words.say("calendar.remind", name=name, date=words.written(waiting.at), posts=listed)
    label = words.say("button.confirm-date", name=name)
    return plain(told).with_buttons([Button(label, f"moon {waiting.day_id} {waiting.year}")])


def _words(desk: Desk, person: PersonId, entries: Sequence[Entry] = ()) -> Words:
    return words_of(desk, desk.language_of(person, "en"), entries)


def _quiet(words: Words, told: Sequence[str]) -> Reply:
    off = Button(words.say("button.notices.off"), "calendar notices off")
    return replace(plain("\n".join(told)).with_buttons([off]), quiet=True)


def notices_wanted(request: Request, desk: Desk, wish: str) -> Reply:
    """`off` and `on`; bare, how it stands, with a button for the other."""
    person = request.person
    if person is None or wish not in ("", "on", "off"):
        return no(request, desk, "calendar.usage")
    with desk.new_uow() as uow:
        wanted = wish == "on" if wish else person not in uow.notices.unwanted_by()
        if wish:
            uow.notices.want(person, wanted=wanted)
            uow.commit()
    state, other = ("on", "off") if wanted else ("off", "on")
    told = no(request, desk, f"calendar.notices.{state}")
    label = desk.say(request.language, f"button.notices.{other}")
    return told.with_buttons([Button(label, f"calendar notices {other}")])
