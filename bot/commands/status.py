"""How the bot is doing, on one card."""

from datetime import timedelta

from bot.commands.desk import Desk
from bot.commands.holding import head
from bot.core.posts import PostState
from bot.core.replies import Block, Reply, Request, Span
from bot.core.text import isolate


def status(request: Request, desk: Desk, _: str) -> Reply:
    """What an admin looks at first when something seems to be wrong."""
    now, news = desk.clock(), desk.keeper.state()
    with desk.new_uow() as uow:
        hold, posts, database = uow.holds.active(), uow.figures.posts(), uow.figures.database()
        due = uow.deliveries.next_due()
    behind = max(timedelta(), now - due) if due else timedelta()
    values: dict[str, object] = {
        "up": _span(now - desk.started_at) if desk.started_at else "–",
        "content": isolate(f"{news.revision} ({len(news.faults)})"),
        "posts": ", ".join(f"{each}: {posts[each]}" for each in PostState if each in posts) or "–",
        "next": isolate(desk.local(due)) if due else "–",
        "lag": _span(behind),
        "errors": desk.errors(),
        "database": database,
        "people": len(desk.people()),
    }
    rows = [
        Span("\n" + desk.say(request.language, f"status.{name}", value=value))
        for name, value in values.items()
    ]
    title = Span(desk.say(request.language, "status.title"), bold=True)
    return Reply((*head(hold, desk, request.language), Block((title, *rows))))


def _span(span: timedelta) -> str:
    """Days, hours and minutes; of less than a minute the seconds."""
    seconds = int(span.total_seconds())
    if seconds < 60:
        return f"{seconds} s"
    days, minutes = divmod(seconds // 60, 24 * 60)
    return f"{days} d {minutes // 60} h {minutes % 60} min" if days else _hours(minutes)


def _hours(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
