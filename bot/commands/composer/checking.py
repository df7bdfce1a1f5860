"""What the check finds in a draft, and its way to the review."""

from bot.commands.composer.overview import hindrances, note, overview
from bot.commands.composer.work import Work
from bot.commands.moderation import findings
from bot.commands.moderation.deciding import submitted
from bot.commands.targets import resolve
from bot.core.channels import NoTarget
from bot.core.replies import Block, Reply, Span, plain


def check(work: Work, _: str) -> Reply:
    """Each finding with the offending words in bold, why, and how to mend it."""
    with work.desk.new_uow(reading=True) as uow:
        found = work.desk.judge.findings(work.post, uow, work.desk.grounds(work.language))
    ways = [work.button(work.say("button.draft.source"), "source"), work.back()]
    if not found:
        return plain(work.say("composer.clean")).with_buttons(ways)
    title = Block((Span(work.say("composer.findings", n=len(found)), bold=True),))
    shown = findings.told(found, work.draft, work.desk, work.language)
    return Reply((title, *shown)).with_buttons(ways)


def submit(work: Work, _: str) -> Reply:
    """Put it in review if nothing is missing and the check finds no error."""
    if any(hindrances(work)):
        return note(work, work.say("composer.not-yet"))
    try:
        for target in work.draft.targets:
            resolve(target, work.desk)
    except NoTarget as error:
        return note(work, work.say(error.key, **error.values))
    if work.request.person not in work.post.writers | {work.post.author}:
        return overview(work, work.say("submit.other", id=work.post.id))
    return submitted(work.request, work.desk, work.post)
