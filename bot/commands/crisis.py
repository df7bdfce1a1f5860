"""What a hold means for the campaigns that run, by the crisis rule of each."""

from bot.commands.desk import Desk
from bot.core.people import PersonId
from bot.core.posts import Attempt, Event
from bot.core.records import Campaign
from bot.core.running import pause
from bot.core.runs import Run, RunState, state_of

LATEST = 100
"""Started campaigns that are looked at."""

_OVER = (RunState.PAUSED, RunState.ENDED, RunState.REPORTED, RunState.CANCELLED)


def pause_campaigns(person: PersonId | None, desk: Desk) -> None:
    """Pause those that are not to go on by themselves when the hold is lifted.

    The hold has stopped everything already; this is done after it, campaign by campaign.
    """
    with desk.new_uow() as uow:
        runs = [each for each in uow.runs.listed(LATEST) if each.written_at]
    for each in runs:
        if _is_to_pause(each, desk):
            _pause(each, person, desk)


def _is_to_pause(run: Run, desk: Desk) -> bool:
    campaign = desk.library.get(run.campaign)
    return not (isinstance(campaign, Campaign) and campaign.crisis == "continue")


def _pause(run: Run, person: PersonId | None, desk: Desk) -> None:
    with desk.new_uow() as uow:
        now, role = desk.clock(), desk.role_in(uow, person)
        held = uow.runs.take(run.id)
        if held and state_of(held, uow.posts.of_run(run.id), now) not in _OVER:
            pause(uow, held, Attempt(Event.PAUSE, now, desk.calendar, person, role))
            uow.commit()
