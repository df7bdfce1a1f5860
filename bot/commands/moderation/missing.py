"""Times that were missed, of posts that ask what shall become of them then."""

from dataclasses import replace

from bot.commands.desk import Desk
from bot.commands.moderation.shown import Buttons, attempt, no, number_in, refused
from bot.core.people import Role
from bot.core.posting import resend
from bot.core.posts import Delivery, Event, Post, Refusal, Tally
from bot.core.posts.missed import to_ask_about
from bot.core.records import Language
from bot.core.replies import Button, Reply, Request

MOST_ASKED = 3
"""Times that a message asks about."""
GIVEN_UP = "a moderator dropped it after its time was missed"


def questions(post: Post, tally: Tally, desk: Desk, language: Language) -> Buttons:
    """A row for each time that was missed: send it now, or drop it."""
    asked = to_ask_about(post, tally)[:MOST_ASKED]
    return tuple(_question(post, each, desk, language) for each in asked)


def missed(request: Request, desk: Desk, argument: str) -> Reply:
    """Send what was missed at one time, or drop it: `N =ROW send`, `N =ROW drop`."""
    number, row, what = (*argument.split(), "", "", "")[:3]
    post_id, row_id = number_in(number), number_in(row.removeprefix("="))
    if post_id is None or row_id is None or what not in ("send", "drop"):
        return no(request, desk, "missed.usage")
    with desk.new_uow() as uow:
        rows = uow.deliveries.skipped_with(post_id, row_id)
        role = desk.role_in(uow, request.person)
        if role < Role.MODERATOR:
            return no(request, desk, "post.role", id=post_id)
        if not rows:
            return no(request, desk, "missed.over", id=post_id)
        if what == "drop":
            uow.deliveries.drop(rows, GIVEN_UP)
            told = f"{len(rows)} rows of {rows[0].occurrence}"
            about, at = f"post {post_id}", desk.clock()
            uow.audit.append(request.person, "post.dropped", about, at, comment=told)
        for each in rows if what == "send" else ():
            tried = replace(attempt(request, desk, Event.RETRY), role=role)
            if isinstance(done := resend(uow, each, tried), Refusal):
                return refused(request, desk, done)
        uow.commit()
    when = desk.local(rows[0].due_at)
    reply = no(request, desk, f"missed.{what}", id=post_id, when=when)
    return replace(reply, reschedules=what == "send")


def _question(post: Post, row: Delivery, desk: Desk, language: Language) -> tuple[Button, ...]:
    when, action = desk.local(row.due_at), f"missed {post.id} ={row.id}"
    return (
        Button(desk.say(language, "button.missed.now", when=when), f"{action} send"),
        Button(desk.say(language, "button.missed.drop", when=when), f"{action} drop"),
    )
