"""The switch that stops every queue: anyone on the staff turns it, and everyone is told."""

from bot.commands.crisis import pause_campaigns
from bot.commands.desk import Desk
from bot.core.holds import Hold
from bot.core.people import PersonId, Role
from bot.core.posts import Post
from bot.core.records import Language
from bot.core.replies import Block, Button, Reply, Request, Span, plain
from bot.core.text import clean, cut, isolate

LONGEST_REASON = 300
"""UTF-16 units of a reason that are kept."""

REASONS = ("attack", "error", "safety")
"""Those that a button gives: the word alone, as what it says is a phrase."""


def hold(request: Request, desk: Desk, line: str) -> Reply:
    """Stop everything at once; asked back only where no reason is given."""
    given = desk.say("en", f"hold.reason.{line}") if line in REASONS else line
    reason = cut(clean(given), LONGEST_REASON)
    if not reason:
        return _which_reason(request, desk)
    now = desk.clock()
    with desk.new_uow() as uow:
        is_new = uow.holds.place(request.person, reason, now)
        active = uow.holds.active()
        assert active is not None  # noqa: S101  # placed in this transaction or before it
        if is_new:
            about = f"hold {active.number}"
            uow.audit.append(request.person, "hold.placed", about, now, reason=reason)
        uow.commit()
    pause_campaigns(request.person, desk)
    done = desk.say(request.language, "hold.done" if is_new else "hold.already")
    reply = Reply((*plain(done).blocks, *head(active, desk, request.language)))
    told = desk.others(request.person) if is_new else ()
    notices = tuple((each, _notice(each, active, desk)) for each in told)
    return Reply(reply.blocks, ((_release_button(desk, request.language),),), notices)


def head(active: Hold | None, desk: Desk, language: Language) -> tuple[Block, ...]:
    """What every list and card of posts begins with while a hold is in force: who, when and why."""
    if active is None:
        return ()
    rows = [Span(f"\n{_call(active, at, desk, language)}") for at in range(len(active.calls))]
    return (Block((Span(desk.say(language, "hold.head"), bold=True), *rows)),)


def exempt(request: Request, desk: Desk, number: str) -> Reply:
    """Let a rapid response go out although a hold is in force."""
    digits = number.removeprefix("#")
    known = digits.isascii() and digits.isdigit() and len(digits) <= 9
    with desk.new_uow() as uow:
        post = uow.posts.get(int(digits)) if known else None
        active = uow.holds.active()
        refused = _not_exempt(post, active)
        if refused or post is None or active is None or request.person is None:
            return plain(desk.say(request.language, refused or "post.unknown", id=digits))
        uow.holds.exempt(post, active.number, request.person)
        uow.audit.append(
            request.person,
            "hold.exempted",
            f"post {post.id}",
            desk.clock(),
            hold=active.number,
            revision=post.revision.number,
        )
        uow.commit()
    told = tuple(
        (each, plain(desk.say(desk.language_of(each, "en"), "exempt.notice", id=post.id)))
        for each in desk.others(request.person)
    )
    done = plain(desk.say(request.language, "exempt.done", id=post.id))
    return Reply(done.blocks, notices=told, reschedules=True)


def exempt_button(request: Request, post: Post, active: Hold | None, desk: Desk) -> list[Button]:
    """What an admin may press under a rapid response while a hold is in force."""
    if _not_exempt(post, active) or desk.role_of(request.person) < Role.ADMIN:
        return []
    return [Button(desk.say(request.language, "button.exempt"), f"exempt {post.id}")]


def _not_exempt(post: Post | None, active: Hold | None) -> str | None:
    """The key of why this post cannot be let through, if it cannot."""
    if post is None:
        return "post.unknown"
    if active is None:
        return "release.none"
    return None if post.draft.rapid else "exempt.ordinary"


def _which_reason(request: Request, desk: Desk) -> Reply:
    ready = [
        [Button(desk.say(request.language, f"hold.reason.{each}"), f"hold {each}")]
        for each in REASONS
    ]
    return plain(desk.say(request.language, "hold.usage")).with_buttons(*ready)


def _call(active: Hold, at: int, desk: Desk, language: Language) -> str:
    call = active.calls[at]
    who = call.person.rpartition(":")[2] if call.person else desk.say(language, "audit.operator")
    values = {"when": desk.local(call.at), "who": who, "reason": isolate(call.reason)}
    return desk.say(language, "hold.call", **values)


def _notice(to: PersonId, active: Hold, desk: Desk) -> Reply:
    language = desk.language_of(to, "en")
    told = plain(desk.say(language, "hold.notice"))
    reply = Reply((*told.blocks, *head(active, desk, language)))
    return reply.with_buttons([_release_button(desk, language)])


def _release_button(desk: Desk, language: Language) -> Button:
    return Button(desk.say(language, "button.release"), "release")
