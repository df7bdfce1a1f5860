"""A whole campaign through its review: submitted in one press, approved as far as it was shown."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.commands.campaigns.ahead import waiting_for
from bot.commands.campaigns.showing import shown
from bot.commands.campaigns.work import Work
from bot.commands.composer.overview import hindrances
from bot.commands.composer.work import Work as PostWork
from bot.commands.moderation.deciding import acted
from bot.commands.moderation.findings import in_lines
from bot.commands.moderation.shown import SEEN, Buttons, notices, number_in, preview, said
from bot.commands.pages import Page, asked_page, turning
from bot.commands.targets import resolve
from bot.core.channels import NoTarget
from bot.core.people import PersonId
from bot.core.posts import Event, Post, PostState, Refusal
from bot.core.replies import Block, Button, Reply, Span, plain
from bot.core.text import utf16_length

A_PAGE, ROOM = 4, 3000
"""Posts that are shown at once, and UTF-16 units of their texts: one message holds them."""


def submit(work: Work, _: str) -> Reply:
    """Put every draft of it in review that nothing speaks against; the others are listed."""
    drafts = [each for each in work.posts if each.state is PostState.DRAFT]
    ends = {each.id: _submitted(work, each) for each in drafts}
    done = [each for each in drafts if not ends[each.id]]
    notes = [work.say("run.submitted", n=len(done))] if done else []
    if refused := [each for each in ends.values() if each]:
        notes += [work.say("run.refused", n=len(refused)), "\n".join(refused)]
    reply = shown(_again(work, "submitted", done), *notes)
    asked = tuple(_asked(work, done)) if done else ()
    if done and not asked:
        reply = replace(reply, blocks=(*plain(work.say("compose.alone")).blocks, *reply.blocks))
    return replace(reply, notices=asked)


def review(work: Work, which: str, *notes: str) -> Reply:
    """A page of what this person may approve: exactly what will be sent, and a button for all of
    it that acts on nothing else."""
    pages = list(_pages(waiting_for(work)))
    if not pages:
        return shown(work, *notes, work.say("run.nothing-waits"))
    number = min(asked_page(which)[1], len(pages))
    posts = pages[number - 1]
    page = Page(number, len(pages))
    head = work.say("run.page", name=work.name, n=page.number, of=page.of)
    blocks = [*plain(*notes).blocks, Block((Span(head, bold=True),))]
    previews = [_previewed(work, each) for each in posts]
    picture = previews[0].picture if len(posts) == 1 else None
    blocks += [block for each in previews for block in each.blocks]
    return Reply(tuple(blocks), picture=picture).with_buttons(
        *_decisions(work, posts), turning(page, work.action("review")), [work.back()]
    )


def approve(work: Work, value: str) -> Reply:
    """Approve posts as they were shown; what has been changed since is shown again instead."""
    listed, _, seen = value.partition(" ")
    numbers = [number_in(each) for each in listed.split(",")]
    posts = [each for each in work.posts if each.id in numbers]
    if not posts or _digest(posts) != seen:
        return review(work, "", work.say("run.changed"))
    ends = [(each, _approved(work, each)) for each in posts]
    done = [end for _, end in ends if isinstance(end, Post)]
    more = [
        work.say("approve.more", id=each.id, n=_missing(each)) for each in done if _missing(each)
    ]
    refused = [_why(work, end) for _, end in ends if isinstance(end, Refusal)]
    now = _again(work, "approved", done)
    notes = [work.say("run.approved", n=len(done))] if done else []
    reply = review(now, "", *notes, *more, *refused)
    people = [person for each in done for person in each.people]
    told_them = notices(
        people,
        work.request,
        work.desk,
        lambda each: work.desk.say(each, "run.approved-notice", id=work.run.id, n=len(done)),
    )
    return replace(reply, notices=told_them, reschedules=True)


def send_back(work: Work, number: str) -> Reply:
    """Ask for the reason with which one of them is returned."""
    asked = plain(work.say("run.ask-reason", id=number))
    return replace(asked, asks=f"return {number_in(number) or 0}")


def _submitted(work: Work, post: Post) -> str:
    """Why not, in words; empty where it is in review now."""
    if why := next(hindrances(PostWork(work.request, work.desk, post)), None):
        return f"/post {post.id}: {why}"
    try:
        for target in post.draft.targets:
            resolve(target, work.desk)
    except NoTarget as error:
        return f"/post {post.id}: {work.say(error.key, **error.values)}"
    done, _ = acted(work.request, work.desk, post.id, Event.SUBMIT)
    return _why(work, done) if isinstance(done, Refusal) else ""


def _approved(work: Work, post: Post) -> Post | Refusal:
    """The hash goes along: what was changed a moment ago is not approved."""
    seen = post.draft.fingerprint
    return acted(work.request, work.desk, post.id, Event.APPROVE, seen=seen)[0]


def _why(work: Work, refusal: Refusal) -> str:
    errors = (each for each in refusal.findings if each.severity == "error")
    return "\n".join((work.say(refusal.key, **refusal.values), *in_lines(errors)))


def _missing(post: Post) -> int:
    """Reviewers whom it still needs."""
    return post.draft.reviewers - len(post.approvers) if post.state is PostState.REVIEW else 0


def _again(work: Work, what: str, done: list[Post]) -> Work:
    """The campaign with its posts as they are now, and the audit of what was done to them."""
    if done:
        with work.desk.new_uow() as uow:
            about, now = f"campaign {work.run.id}", work.desk.clock()
            numbers = ",".join(f"{each.id}" for each in done)
            uow.audit.append(work.request.person, f"campaign.{what}", about, now, posts=numbers)
            uow.commit()
    return Work(work.request, work.desk, work.run)


def _asked(work: Work, posts: list[Post]) -> Iterator[tuple[PersonId, Reply]]:
    """One notice to each who may approve any of them."""
    desk = work.desk
    for each in desk.people():
        n = sum(each not in post.writers | {post.author} for post in posts)
        if n:
            language = desk.language_of(each, "en")
            name = work.name_in(language)
            told = desk.say(language, "run.notice", id=work.run.id, name=name, n=n)
            button = Button(desk.say(language, "button.run.review"), work.action("review"))
            yield each, plain(told).with_buttons([button])


def _pages(posts: Iterable[Post]) -> Iterator[list[Post]]:
    """As many together as one message holds; one with a picture by itself, to be shown whole."""
    page: list[Post] = []
    for each in posts:
        together = [*page, each]
        if page and (len(together) > A_PAGE or _length(together) > ROOM or _is_pictured(together)):
            yield page
            together = [each]
        page = together
    if page:
        yield page


def _length(posts: list[Post]) -> int:
    return sum(utf16_length(Reply(each.draft.blocks).text) for each in posts)


def _is_pictured(posts: list[Post]) -> bool:
    return any(each.draft.picture for each in posts)


def _previewed(work: Work, post: Post) -> Reply:
    """The post below where and when it goes, and what the check has to say of it."""
    head = said(work.language, "run.of-page", work.desk, post)
    two = work.say("run.two", n=_missing(post)) if post.draft.reviewers > 1 else ""
    with work.desk.new_uow(reading=True) as uow:
        found = work.desk.judge.findings(post, uow, work.desk.grounds(work.language))
    told = "\n".join(filter(None, (head, two)))
    return preview(post, work.desk, work.language, told, "\n".join(in_lines(found)))


def _decisions(work: Work, posts: list[Post]) -> Buttons:
    all_of_them = work.say("button.run.approve-page", n=len(posts))
    numbers = ",".join(f"{each.id}" for each in posts)
    rows = [(work.button(all_of_them, "approve", numbers, _digest(posts)),)]
    return (*rows, *(_of_one(work, each, len(posts) > 1) for each in posts))


def _of_one(work: Work, post: Post, is_among_others: bool) -> tuple[Button, ...]:
    back = work.button(work.say("button.run.return", id=post.id), "return", post.id)
    label = work.say("button.run.approve", id=post.id)
    one = work.button(label, "approve", post.id, _digest([post]))
    return (one, back) if is_among_others else (back,)


def _digest(posts: Iterable[Post]) -> str:
    """What a button binds to: exactly these posts as they were shown."""
    exact = "".join(each.draft.fingerprint for each in posts)
    return hashlib.sha256(exact.encode()).hexdigest()[:SEEN]
