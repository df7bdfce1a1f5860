"""The way in for buttons: `/run new CAMPAIGN` starts one, `/run N REVISION STEP VALUE` goes on."""

from collections.abc import Callable, Mapping

from bot.commands.campaigns import reviewing, setting_up, switching, writing
from bot.commands.campaigns.showing import shown
from bot.commands.campaigns.work import TooLate, Work
from bot.commands.desk import Desk
from bot.commands.moderation.shown import no, number_in
from bot.core.replies import Reply, Request

STEPS: Mapping[str, Callable[[Work, str], Reply]] = {
    "month": setting_up.month,
    "day": setting_up.day,
    "languages": setting_up.languages,
    "targets": setting_up.targets,
    "toggle": setting_up.toggle,
    "to": setting_up.to,
    "series": writing.series,
    "write": writing.write,
    "submit": reviewing.submit,
    "review": reviewing.review,
    "approve": reviewing.approve,
    "return": reviewing.send_back,
    "pause": switching.pause,
    "resume": switching.resume,
    "cancel": switching.cancel,
    "report": switching.report,
}
"""What a button of a started campaign does, by the word that it carries."""


def run(request: Request, desk: Desk, line: str) -> Reply:
    """Start a campaign, or take a step on one that was started."""
    number, revision, step, value = (*line.split(None, 3), "", "", "", "")[:4]
    if number == "new":
        return setting_up.begin(request, desk, revision)
    run_id = number_in(number)
    with desk.new_uow() as uow:
        found = uow.runs.get(run_id) if run_id is not None else None
    if found is None:
        return no(request, desk, "run.unknown", id=number)
    work = Work(request, desk, found)
    if revision not in ("", str(found.revision)):
        return shown(work, work.say("run.stale", id=found.id))
    try:
        return STEPS[step](work, value.strip()) if step in STEPS else shown(work)
    except TooLate as error:
        return error.reply
