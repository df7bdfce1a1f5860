"""Campaigns at a glance: those of the content, those that were started, and one of either."""

from collections.abc import Iterator

from bot.commands.briefs import pairs
from bot.commands.campaigns.ahead import next_step, ways_on, ways_out
from bot.commands.campaigns.work import Work
from bot.commands.desk import Desk
from bot.commands.holding import head
from bot.commands.moderation.shown import first_line, number_in, opening, when
from bot.commands.pages import asked_page, page_of, turning
from bot.commands.targets import named
from bot.core.posts import DeliveryState, Post
from bot.core.records import Campaign
from bot.core.records.campaigns import Kind
from bot.core.replies import Block, Button, Reply, Request, Span, plain
from bot.core.runs import Run, RunState, progress, state_of
from bot.core.text import clean, cut, isolate

A_LIST = 6
POSTS_A_PAGE = 10
MOST_STARTED = 100
"""Latest ones that the list shows."""


def campaigns(request: Request, desk: Desk, which: str) -> Reply:
    """Those that were started with their progress, latest first, then those of the content."""
    with desk.new_uow() as uow:
        runs = uow.runs.listed(MOST_STARTED)
        held = head(uow.holds.active(), desk, request.language)
    found: list[Run | Campaign] = [*runs, *desk.library.of(Campaign)]
    some, page = page_of(found, asked_page(which)[1], A_LIST)
    title = Span(desk.say(request.language, "campaigns.title", n=len(found)), bold=True)
    lines = (_line(each, request, desk) for each in some)
    buttons = [_opening(each, request, desk) for each in some]
    reply = Reply((*held, Block((title,)), *lines))
    return reply.with_buttons(*pairs(buttons), turning(page, "campaigns"))


def campaign(request: Request, desk: Desk, which: str) -> Reply:
    """A campaign of the content by its name, or one that was started by its number."""
    if not which:
        return campaigns(request, desk, "")
    words, page = asked_page(which)
    found = desk.library.get(words.lower())
    if isinstance(found, Campaign):
        return _of_content(request, desk, found)
    number = number_in(words)
    with desk.new_uow() as uow:
        run = uow.runs.get(number) if number is not None else None
    if run is None:
        told = desk.say(request.language, "run.unknown", id=isolate(cut(clean(which), 40)))
        return plain(told)
    return shown(Work(request, desk, run), page=page)


def shown(work: Work, *notes: str, page: int = 1) -> Reply:
    """A started campaign as it stands, below what is said of the step before."""
    posts = work.posts
    with work.desk.new_uow() as uow:
        counts = uow.deliveries.counted([each.id for each in posts])
        held = head(uow.holds.active(), work.desk, work.language)
    state = state_of(work.run, posts, work.desk.clock())
    some, at = page_of(posts, page, POSTS_A_PAGE)
    title = Span(work.say("run.title", id=work.run.id, name=isolate(work.name)), bold=True)
    rows = "".join(f"\n{row}" for row in _rows(work, state, is_held=bool(held)))
    sums = "\n".join(f"{each}: {counts[each]}" for each in DeliveryState if each in counts)
    listed = "\n".join(_post(work, each) for each in some)
    about = (Block((title, Span(rows))), *plain(next_step(work), sums, listed).blocks)
    numbers = [Button(f"{each.id}", opening(each)) for each in some]
    return Reply((*held, *plain(*notes).blocks, *about)).with_buttons(
        *ways_on(work),
        *(numbers[n : n + 5] for n in range(0, len(numbers), 5)),
        turning(at, f"campaign {work.run.id}"),
        ways_out(work, state),
        [Button(work.say("button.campaigns"), "campaigns")],
    )


def _of_content(request: Request, desk: Desk, found: Campaign) -> Reply:
    """What its file says to those who run it; readers see its brief."""

    def say(key: str, **values: object) -> str:
        return desk.say(request.language, key, **values)

    language = request.language
    name = Span(f"{found.name.in_language(language)} · {_kind(found.kind, request, desk)}", True)
    tag = isolate(f"#{found.hashtag.in_language(language)}")
    about = [
        f"{say('campaign.goal')} {found.goal.text.in_language(language)}",
        f"{say('campaign.audience')} {found.audience.in_language(language)}",
        "\n• ".join(
            (say("campaign.pillars"), *(p.text.in_language(language) for p in found.pillars))
        ),
        say("run.action", action=say(f"run.action.{found.action.replace(' ', '-')}")),
        f"{say('run.risk')} {found.risk.in_language(language)}",
        _window(found, request, desk),
        say(f"run.crisis.{found.crisis}"),
    ]
    posts = (
        f"{n}. {say('run.day', n=each.day)} – {each.headline.in_language(language)}"
        for n, each in enumerate(found.posts, 1)
    )
    start = Button(say("button.run.start"), f"run new {found.id}")
    brief = Button(say("button.run.brief"), f"start b_{found.id}")
    blocks = (Block((name, Span(f"\n{tag}"))), *plain(*about, "\n".join(posts)).blocks)
    return Reply(blocks).with_buttons(
        [start, brief], [Button(say("button.campaigns"), "campaigns")]
    )


def _window(found: Campaign, request: Request, desk: Desk) -> str:
    window = found.window
    slots = ", ".join(window.slots)
    told = desk.say(request.language, "run.window", n=window.days, slots=isolate(slots))
    return f"{told} {isolate(window.starts)}" if window.starts else told


def _line(each: Run | Campaign, request: Request, desk: Desk) -> Block:
    if isinstance(each, Run):
        work = Work(request, desk, each)
        state = state_of(each, work.posts, desk.clock())
        title = work.say("run.title", id=each.id, name=isolate(work.name))
        return Block((Span(title, bold=True), Span(f" · {state}\n{_progress(work)}")))
    name, tag = each.name.in_language(request.language), each.hashtag.in_language(request.language)
    about = desk.say(
        request.language,
        "campaigns.line",
        kind=_kind(each.kind, request, desk),
        days=each.window.days,
        posts=len(each.posts),
        hashtag=isolate(f"#{tag}"),
    )
    return Block((Span(name, bold=True), Span(f"\n{about}")))


def _opening(each: Run | Campaign, request: Request, desk: Desk) -> Button:
    if isinstance(each, Run):
        label = f"{each.id} · {Work(request, desk, each).name}"
    else:
        label = each.name.in_language(request.language)
    return Button(label, f"campaign {each.id}")


def _kind(kind: Kind, request: Request, desk: Desk) -> str:
    return desk.say(request.language, f"follow.{kind.replace(' ', '-')}")


def _progress(work: Work) -> str:
    done = progress(work.posts)
    return work.say(
        "run.progress",
        drafts=done.drafts,
        review=done.review,
        approved=done.approved,
        sent=done.sent,
        failed=done.failed,
        all=done.all,
    )


def _rows(work: Work, state: RunState, *, is_held: bool) -> Iterator[str]:
    run, say = work.run, work.say
    yield say("run.state", state=state)
    yield say("run.begins", date=isolate(str(run.day)) if run.day else "–")
    names = (work.desk.say(each, "language.name") for each in run.languages)
    yield say("run.languages", names=say("join.comma").join(names) or "–")
    targets = say("join.comma").join(map(isolate, named(run.targets, work.desk))) or "–"
    yield say("composer.targets", targets=targets)
    if work.posts:
        yield _progress(work)
    if work.campaign and is_held:
        yield say(f"run.crisis.{work.campaign.crisis}")
    if run.report:
        yield say("run.report", text=isolate(run.report))


def _post(work: Work, post: Post) -> str:
    language = work.desk.say(post.draft.language, "language.name")
    at = when(post, work.desk, work.language, 1)
    head = f"/post {post.id} – {post.state} – {at} – {isolate(language)}"
    return f"{head}\n{first_line(post.draft)}"
