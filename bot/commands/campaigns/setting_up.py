"""Starting a campaign: the day of its first post, its languages, and where it goes."""

from datetime import date

from bot.commands.campaigns.showing import shown
from bot.commands.campaigns.work import Work
from bot.commands.composer.picking import month as month_grid
from bot.commands.composer.places import choosing, joined, meant
from bot.commands.desk import Desk
from bot.core.channels import NoTarget
from bot.core.laying import suggested_day
from bot.core.people import Role
from bot.core.records import Campaign
from bot.core.replies import Reply, Request, plain
from bot.core.text import clean, cut, isolate


def begin(request: Request, desk: Desk, campaign_id: str) -> Reply:
    """Start a campaign of the content; one that the person has begun already is opened again."""
    campaign = desk.library.get(campaign_id)
    if not isinstance(campaign, Campaign) or request.person is None:
        told = desk.say(request.language, "run.unknown", id=isolate(cut(clean(campaign_id), 40)))
        return plain(told)
    with desk.new_uow() as uow:
        if desk.role_in(uow, request.person) < Role.MODERATOR:
            return plain(desk.say(request.language, "run.role"))
        now = desk.clock()
        run = uow.runs.add(campaign.id, request.person, now)
        if run.started_at == now:
            about = f"campaign {run.id}"
            uow.audit.append(request.person, "campaign.begun", about, now, campaign=campaign.id)
        uow.commit()
    return shown(Work(request, desk, run))


def month(work: Work, which: str) -> Reply:
    """The day that its file suggests, and the days of a month."""
    grid = month_grid(work, which)
    campaign = work.campaign
    day = campaign and suggested_day(campaign, work.desk.calendar, work.desk.today())
    if campaign is None or day is None:
        return grid
    told = work.say("run.suggested", words=isolate(campaign.window.starts or str(day)))
    suggested = work.button(work.say("button.run.suggested", date=isolate(str(day))), "day", day)
    blocks = (*plain(told).blocks, *grid.blocks)
    return Reply(blocks).with_buttons([suggested], *grid.buttons)


def day(work: Work, which: str) -> Reply:
    try:
        chosen = date.fromisoformat(which)
    except ValueError:
        return month(work, which)
    if chosen < work.desk.today():
        return shown(work, work.say("run.day-over", date=isolate(which)))
    return shown(work.settled(day=chosen))


def languages(work: Work, which: str) -> Reply:
    """One of those that the bot speaks, or all of them."""
    offered, all_of_them = work.desk.languages, ",".join(work.desk.languages)
    if which in (*offered, all_of_them):
        wanted = tuple(each for each in offered if each in which.split(","))
        return shown(work.settled(languages=wanted))
    ways = [
        work.button(work.desk.say(each, "language.name"), "languages", each) for each in offered
    ]
    both = work.button(work.say("button.run.all-languages"), "languages", all_of_them)
    return plain(work.say("run.ask-languages")).with_buttons(ways, [both], [work.back()])


def targets(work: Work, which: str) -> Reply:
    return choosing(work, work.run.targets, work.run.campaign, which)


def toggle(work: Work, value: str) -> Reply:
    """Take a target away, or add it if posts can go there."""
    target = meant(value, work.run.targets)
    if target not in work.run.targets:
        return to(work, target)
    left = tuple(each for each in work.run.targets if each != target)
    return targets(work.settled(targets=left), "")


def to(work: Work, written: str) -> Reply:
    """Add what was typed: one or several, separated by commas."""
    if not written:
        return work.ask("to", work.say("composer.type-targets"))
    try:
        together = joined(work.run.targets, written, work.desk)
    except NoTarget as error:
        return shown(work, work.say(error.key, **error.values))
    return targets(work.settled(targets=together), "")
