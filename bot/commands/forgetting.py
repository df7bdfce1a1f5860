"""What the bot keeps of people, and forgetting it."""

from bot.commands.desk import Desk
from bot.commands.personal import personal
from bot.core.people import PersonId, Role
from bot.core.replies import Block, Reply, Request, Span, plain


def privacy(request: Request, desk: Desk, _: str) -> Reply:
    """Everything that is kept of people and until when, as `tests/db/test_kept.py` holds it."""
    say, language = desk.say, request.language
    listed = (
        say(language, "privacy.language"),
        say(language, "privacy.subscription"),
        say(language, "privacy.delivery"),
        say(language, "privacy.report"),
        say(language, "privacy.group"),
        say(language, "privacy.staff"),
        say(language, "privacy.feed"),
        say(language, "privacy.staff.cards"),
    )
    kept = Block((Span("\n".join(f"• {each}" for each in listed)),))
    end = plain(
        say(language, "privacy.forget"),
        say(language, "privacy.counted"),
        say(language, "privacy.telegram"),
    )
    return Reply((*plain(say(language, "privacy.kept")).blocks, kept, *end.blocks))


@personal
def forgetme(request: Request, person: PersonId, desk: Desk, _: str) -> Reply:
    """Delete at once what is kept of this person, and say how much that was and what remains."""
    say, language = desk.say, request.language
    with desk.new_uow() as uow:
        works_here = desk.role_in(uow, person) > Role.READER or uow.audit.knows(person)
    found = desk.choices.forget(person)
    if found:
        counts = {
            "subscriptions": found.subscriptions,
            "languages": found.languages,
            "wishes": found.wishes,
        }
        told = [say(language, "forgetme.done", **counts)]
        if found.cards:
            told.append(say(language, "forgetme.cards", n=found.cards))
        if found.deliveries:
            told.append(say(language, "forgetme.deliveries", n=found.deliveries))
        told.append(say(language, f"traces.{found.traces}"))
    else:
        told = [] if works_here else [say(language, "forgetme.nothing")]
    if found.feeds:
        told.append(say(language, "feed.forgotten"))
    if works_here:
        told.append(say(language, "forgetme.staff"))
    return plain(*told)
