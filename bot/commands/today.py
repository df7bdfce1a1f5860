"""What happened on this day of the year, and one thing to read."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import islice

from bot.commands.almanac import Kept, coming, kept_on
from bot.commands.briefs import button_for, pairs
from bot.commands.briefs.telling import Telling
from bot.commands.dates import date_in
from bot.commands.desk import Desk
from bot.commands.drawn.sheets import freshness
from bot.core.errors import OutsideError
from bot.core.library import Dated
from bot.core.posts import Post
from bot.core.records import Attack, CalendarDay, Narrative, Record, Topic
from bot.core.replies import Block, Reply, Request, Span

log = logging.getLogger(__name__)

NEXT_DAYS = 3


def today(request: Request, desk: Desk, _: str) -> Reply:
    """This day in other years, then today's post or the brief of the day.

    On a day that remembers people who were attacked, nothing else is put beside it but a post that
    moderators sent.
    """
    telling = Telling(desk, request.language)
    kept, post = kept_on(desk.today(), desk.library), _post_of_today(desk)
    shown: list[Record] = list(kept.records) if kept else []
    blocks = [*_of_the_day(telling, kept)]
    if post:
        record = desk.library.get(post.draft.record_id or "")
        blocks.append(_heading(telling, "today.post"))
        blocks += [*_named(telling, record)] if record else post.draft.blocks
        shown += [record] if record else []
    elif not (kept and _is_memorial(kept)) and (picked := brief_of_the_day(desk)):
        blocks += _brief(telling, picked)
        shown.append(picked)
    if shown:
        blocks.append(Block((Span(freshness(telling, shown), italic=True),)))
    leads = {each.id: each for each in (*shown, *_led_to(kept, desk))}
    buttons = [button_for(each, request.language) for each in leads.values()]
    return Reply(tuple(blocks)).with_buttons(*pairs(buttons))


def brief_of_the_day(desk: Desk) -> Record | None:
    """One narrative or topic, the same for everyone all day long; the next day the next one."""
    choice = sorted(
        (*desk.library.of(Narrative), *desk.library.of(Topic)), key=lambda each: each.id
    )
    return choice[desk.today().toordinal() % len(choice)] if choice else None


def _of_the_day(telling: Telling, kept: Kept | None) -> Iterator[Block]:
    desk = telling.desk
    date = date_in(desk.today(), desk, telling.language)
    yield Block((Span(telling.say("today.title", date=date), bold=True),))
    if kept is None:
        yield _coming(telling)
        return
    for day in kept.days:
        yield _day(telling, day)
    for record in kept.records:
        yield _anniversary(telling, record)
    if _is_memorial(kept):
        yield Block((Span(telling.say("today.memory"), italic=True),))


def _is_memorial(kept: Kept) -> bool:
    return any(isinstance(each, Attack) for each in kept.records) or any(
        day.kind == "commemoration" for day in kept.days
    )


def _anniversary(telling: Telling, record: Dated) -> Block:
    years = telling.desk.today().year - record.date.year
    ago = telling.say("today.ago", n=years) if years else telling.say("today.now")
    day = date_in(record.date, telling.desk, telling.language)
    head = (Span(telling.own(record.name), bold=True), Span(f"\n{day} · {ago}\n"))
    return Block((*head, *telling.prose(record.summary)))


def _day(telling: Telling, day: CalendarDay) -> Block:
    """A day that is kept; what is not certain of it is told with it."""
    spans = [Span(telling.own(day.name), bold=True), *telling.citing.numbers(day.sources)]
    if day.predicted:
        spans.append(Span("\n" + telling.say("today.predicted"), italic=True))
    elif day.note:
        spans.append(Span("\n" + telling.own(day.note), italic=True))
    return Block(tuple(spans))


def _coming(telling: Telling) -> Block:
    """That nothing came back today, and the next days on which something does."""
    rows = []
    for kept in islice(coming(telling.desk.today(), telling.desk.library), NEXT_DAYS):
        names = telling.join(telling.own(each.name) for each in (*kept.days, *kept.records))
        rows.append(Span(f"\n• {date_in(kept.day, telling.desk, telling.language)} · {names}"))
    key = "today.nothing" if rows else "today.nothing-ever"
    return Block((Span(telling.say(key)), *rows))


def _led_to(kept: Kept | None, desk: Desk) -> list[Record]:
    """What the days lead to; on a day of nothing, what comes back next."""
    if kept:
        return [desk.library.records[each] for day in kept.days for each in day.records]
    soon = islice(coming(desk.today(), desk.library), NEXT_DAYS)
    return [record for each in soon for record in each.records]


def _brief(telling: Telling, record: Record) -> Iterator[Block]:
    yield _heading(telling, "today.brief")
    yield from _named(telling, record)


def _named(telling: Telling, record: Record) -> Iterator[Block]:
    name = Span(telling.own(record.name), bold=True)
    yield Block((name, Span("\n"), *telling.prose(record.summary)))


def _heading(telling: Telling, key: str) -> Block:
    return Block((Span(telling.say(key), italic=True),))


def _post_of_today(desk: Desk) -> Post | None:
    """The latest post that went out today to a public channel, which anyone may see there.

    It is left out where the database does not answer at once.
    """
    day = datetime.combine(desk.today(), time(), desk.zone)
    try:
        with desk.new_uow(reading=True) as uow:
            since, until = day.astimezone(UTC), (day + timedelta(days=1)).astimezone(UTC)
            return uow.posts.public_between(since, until)
    except OutsideError:  # the rest of the day is worth reading without it
        log.warning("today's post could not be looked up", exc_info=True)
        return None
