"""The series of a started campaign on its days, and the drafts that are written of it."""

from collections.abc import Iterator
from dataclasses import replace

from bot.commands.campaigns.showing import shown
from bot.commands.campaigns.work import Work
from bot.commands.composer.sources import of_campaign
from bot.commands.moderation.shown import attempt
from bot.commands.pages import asked_page, page_of, turning
from bot.core.laying import Laid, Start
from bot.core.ports import UnitOfWork
from bot.core.posting import write as write_post
from bot.core.posts import Draft, Event, Finding, Post, PostState
from bot.core.records import Campaign, Language
from bot.core.replies import Block, Reply, Span
from bot.core.runs import Run
from bot.core.schedule import Once

A_LIST = 8
MOST_BESIDE = 500
"""Latest posts that the series is judged beside."""

BESIDE = (PostState.REVIEW, PostState.SCHEDULED, PostState.PAUSED, PostState.SENT)


def series(work: Work, which: str) -> Reply:
    """Each post with its day and hour, what was moved and why, and what speaks against it."""
    if not (work.campaign and work.run.is_set_up):
        return shown(work, work.say("run.not-set-up"))
    laid = laid_out(work, work.campaign)
    some, page = page_of(laid, asked_page(which)[1], A_LIST)
    title = Span(work.say("run.series", name=work.name, n=len(laid)), bold=True)
    blocks = (Block((title,)), *(_told(work, each) for each in some))
    return Reply(blocks).with_buttons(
        turning(page, work.action("series")),
        [work.button(work.say("button.run.write"), "write")],
        [work.button(work.say("button.run.month"), "month"), work.back()],
    )


def write(work: Work, _: str) -> Reply:
    """A draft of each post in each language; pressed again it shows those that there are."""
    if work.run.written_at:
        return shown(work)
    if not (work.campaign and work.run.is_set_up):
        return shown(work, work.say("run.not-set-up"))
    laid = laid_out(work, work.campaign)
    now = work.desk.clock()
    with work.changing() as (uow, run):
        work.settling(run)
        posts = [
            post for each, *_ in laid for post in _versions(uow, work, run, work.campaign, each)
        ]
        done = replace(run, written_at=now)
        uow.runs.put(done)
        about, n = f"campaign {run.id}", len(posts)
        uow.audit.append(work.request.person, "campaign.written", about, now, posts=n)
        uow.commit()
    untold = len(laid) * len(run.languages) - len(posts)
    note = work.say("run.untold", n=untold) if untold else ""
    return shown(Work(work.request, work.desk, done), work.say("run.written", n=len(posts)), note)


def laid_out(work: Work, campaign: Campaign) -> list[tuple[Laid, ...]]:
    """The series; each post as it is judged in every channel that it goes to, at the same time."""
    run, desk = work.run, work.desk
    assert run.day is not None  # noqa: S101  # asked of a run that is set up
    with desk.new_uow() as uow:
        beside = uow.posts.listed(BESIDE, MOST_BESIDE)
    in_each = [
        desk.lay_out(
            Start(campaign, run.day, target, run.languages[0], beside),
            desk.library,
            desk.calendar,
            desk.clock(),
        )
        for target in run.targets
    ]
    return list(zip(*in_each, strict=True))


def _versions(
    uow: UnitOfWork, work: Work, run: Run, campaign: Campaign, laid: Laid
) -> Iterator[Post]:
    """The post in each language that it is told in; the first is what the others were made from."""
    base: Post | None = None
    for language in run.languages:
        draft = _draft(work, run, campaign, laid, language)
        if not draft.blocks:
            continue
        if base:
            made = {"variant_of": base.id, "based_on_revision": base.revision.number}
            draft = draft.model_copy(update=made)
        written = attempt(work.request, work.desk, Event.EDIT)
        origin = f"run:{run.id}:{laid.number}:{language}"
        post = write_post(uow, work.request.person or run.started_by, draft, written, origin)
        base = base or post
        yield post


def _draft(work: Work, run: Run, campaign: Campaign, laid: Laid, language: Language) -> Draft:
    told = of_campaign(campaign, laid.number, work.desk, language)
    return Draft(
        **told,
        targets=run.targets,
        schedule=Once(at=laid.at, zone=work.desk.zone),
        language=language,
        run=run.id,
    )


def _told(work: Work, judged: tuple[Laid, ...]) -> Block:
    laid, found = judged[0], [each for laid in judged for each in laid.findings]
    headline = laid.post.headline.in_language(work.language)
    head = work.say("run.slot", n=laid.number, at=work.desk.local(laid.at))
    lines = [work.say("run.slot-over")] if laid.at <= work.desk.clock() else []
    if laid.moved:
        why = "; ".join(each.message for each in laid.why) or work.say("run.behind")
        lines.append(work.say("run.moved", why=why))
    lines += dict.fromkeys(map(_finding, found))
    return Block((Span(head, bold=True), Span("\n".join((headline, *lines)))))


def _finding(found: Finding) -> str:
    mark = "⛔" if found.severity == "error" else "⚠️"
    return f"{mark} {found.rule}: {found.message}. → {found.cure}"
