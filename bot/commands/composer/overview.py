"""A draft at a glance: what is settled, what is missing, and a button for each step."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from bot.commands.composer.wording import in_words as schedule_in_words
from bot.commands.composer.work import Work, keep
from bot.commands.moderation.composing import LONGEST_POST
from bot.commands.moderation.findings import in_lines
from bot.commands.moderation.message import LONGEST_CAPTION, message_of
from bot.commands.moderation.shown import first_line, run_button, when
from bot.commands.targets import in_words
from bot.core.posts import Draft, Drawn, Uploaded
from bot.core.replies import Block, Button, Reply, Span, plain
from bot.core.schedule import NotASchedule, Once
from bot.core.text import cut, isolate, utf16_length


def overview(work: Work, *notes: str) -> Reply:
    """The draft as it stands, below what is said of the step before."""
    draft, say = work.draft, work.say
    title = Span(say("composer.title", id=work.post.id, n=work.post.revision.number), bold=True)
    rows = [Span(f"\n{row}") for row in _rows(work)]
    missing = list(hindrances(work))
    to_do = [say("composer.to-do"), *(f"• {each}" for each in missing)] if missing else []
    below = plain("\n".join(to_do), "\n".join(_clashes(work))).blocks
    blocks = (*plain(*notes).blocks, Block((title, *rows)), *below)
    steps = [
        work.button(say(f"button.draft.{step}"), step)
        for step in ("source", "languages", "targets", "when", "repeats", "picture", "more")
    ]
    steps += [work.button(say("button.draft.preview"), "preview")] if draft.blocks else []
    steps += [work.button(say("button.draft.test"), "test")] if draft.blocks else []
    steps += [work.button(say("button.draft.check"), "check")] if draft.blocks else []
    last = [
        work.button(say("button.submit"), "submit"),
        Button(say("button.cancel"), f"cancel {work.post.id}"),
    ]
    pairs = (steps[at : at + 2] for at in range(0, len(steps), 2))
    return Reply(blocks).with_buttons(*pairs, last, run_button(draft, work.desk, work.language))


def settle(work: Work, note: str = "", **fields: Any) -> Reply:
    """Keep the change and come back to the overview."""
    return keep(work, lambda now: overview(now, note), overview, **fields)


def note(work: Work, told: str) -> Reply:
    """The overview, with a word on why the step changed nothing."""
    return overview(work, told, work.say("composer.kept"))


def longest(draft: Draft) -> int:
    """UTF-16 units that its text may have."""
    return LONGEST_CAPTION if draft.picture else LONGEST_POST


def hindrances(work: Work) -> Iterator[str]:
    """What keeps it from being submitted, each with what to do about it."""
    draft, say = work.draft, work.say
    message = message_of(draft, work.desk)
    length = utf16_length((message or Reply(draft.blocks)).text)
    if not draft.blocks:
        yield say("composer.no-text")
    elif length > longest(draft):
        yield say("composer.long", limit=longest(draft), n=length)
    if not draft.targets:
        yield say("composer.no-targets")
    if draft.record_id and work.desk.library.get(draft.record_id) is None:
        yield say("composer.record-gone", id=draft.record_id)
    elif message is None:
        yield say("composer.picture-changed")
    if isinstance(draft.picture, Uploaded) and not draft.picture.alt:
        yield say("composer.no-alt")
    yield from _late(work)


def _clashes(work: Work) -> tuple[str, ...]:
    """What stands against its hour and day, beside the other posts of its channels."""
    if not (work.draft.targets and work.draft.schedule):
        return ()
    with work.desk.new_uow(reading=True) as uow:
        found = work.desk.judge.clashes(work.post, uow, work.desk.grounds(work.language))
    return in_lines(found)


def _late(work: Work) -> Iterator[str]:
    coming = work.draft.coming(work.desk.calendar, work.draft.missed_until(work.desk.clock()))
    try:
        if work.draft.schedule and not list(islice(coming, 1)):
            yield work.say("composer.time-over")
    except NotASchedule as error:
        yield work.say(error.key, **error.values)


def _rows(work: Work) -> Iterator[str]:
    draft, say = work.draft, work.say
    yield say("composer.source", source=_source(work))
    yield say("composer.language", name=work.desk.say(draft.language, "language.name"))
    targets = say("join.comma").join(map(isolate, in_words(draft, work.desk, work.language))) or "–"
    yield say("composer.targets", targets=targets)
    if draft.schedule:
        yield say("composer.when", when=isolate(schedule_in_words(work)))
    if draft.schedule is None or not isinstance(draft.schedule, Once):
        yield say("composer.next", when=isolate(when(work.post, work.desk, work.language)))
    if isinstance(draft.picture, Drawn):
        yield say("composer.picture", picture=say(f"button.draft.{draft.picture.kind}"))
    if isinstance(draft.picture, Uploaded):
        yield say("composer.picture", picture=isolate(cut(draft.picture.alt, 80) or "–"))
    yield say("composer.type", type=say(f"type.{draft.type}"))
    if draft.reviewers > 1:
        yield say("composer.reviewers", n=draft.reviewers)
    if work.post.reason:
        yield say("composer.returned", reason=isolate(work.post.reason))


def _source(work: Work) -> str:
    draft = work.draft
    text = " ".join(Reply(draft.blocks).text.split())
    made_from = f"{draft.campaign} {draft.seq}" if draft.campaign else draft.record_id
    if made_from:
        return f"{first_line(draft)} ({isolate(made_from)})"
    return isolate(cut(text, 80)) if text else "–"
