"""What the bot is and what it can do."""

from dataclasses import replace

from bot.commands.desk import Desk
from bot.commands.find import opened, sources
from bot.commands.quizzes import quiz
from bot.commands.support import support
from bot.commands.wrong import wrong
from bot.core.people import Role
from bot.core.records import Campaign, Language
from bot.core.replies import Button, Reply, Request, plain
from bot.core.taps import Tap, tap_of


def start(request: Request, desk: Desk, payload: str) -> Reply:
    """Greet; a link opens something instead: `b_<record id>` that brief, `s_<record id>` its
    sources, `w_<record id>` the report of an error in it. Those of a campaign's posts are counted:
    `c_<campaign>_<number of a post>` opens the brief of that post, or with `_sources`, `_quiz` and
    the like what that button of it promises."""
    if payload.startswith("b_"):
        return opened(request, desk, payload[2:])
    if payload.startswith("s_"):
        return sources(request, desk, payload[2:])
    if payload.startswith("w_"):
        return wrong(request, desk, payload[2:])
    tap = tap_of(payload)
    campaign = desk.library.get(tap.campaign) if tap else None
    if tap and isinstance(campaign, Campaign):
        return _followed(request, desk, tap, campaign)
    language = request.language
    examples = ("sehwan-2017", "isis-k")
    known = [desk.library.records[each] for each in examples if each in desk.library.records]
    greeting = plain(
        desk.say(language, "start.hello"),
        desk.say(language, "start.how"),
        desk.say(language, "start.bot"),
    ).with_buttons(
        [
            Button(desk.say(language, "button.groups"), "groups"),
            Button(desk.say(language, "button.attacks"), "attacks"),
        ],
        [Button(each.name.in_language(language), f"search {each.id}") for each in known],
    )
    if desk.role_of(request.person) >= Role.MODERATOR:
        greeting = _with_work(greeting, desk, language)
    # Telegram takes no menu for a chat that was not started yet, such as when a role was granted.
    return replace(greeting, menus_of=tuple(p for p in desk.people() if p == request.person))


def _with_work(greeting: Reply, desk: Desk, language: Language) -> Reply:
    """The greeting of somebody who works on the bot: where that begins."""
    work = [
        Button(desk.say(language, f"button.work.{name}"), name)
        for name in ("compose", "campaigns", "calendar", "posts")
    ]
    told = plain(desk.say(language, "start.work"))
    blocks = (*greeting.blocks, *told.blocks)
    return replace(greeting, blocks=blocks).with_buttons(*greeting.buttons, work[:2], work[2:])


def _followed(request: Request, desk: Desk, tap: Tap, campaign: Campaign) -> Reply:
    """Count the tap, if there is such a post, and do what the button promised."""
    there_is = 1 <= tap.seq <= len(campaign.posts)
    if there_is:
        desk.taps.comes(tap, desk.today())
    record_id = (campaign.posts[tap.seq - 1].record if there_is else None) or campaign.id
    if tap.button == "sources":
        return sources(request, desk, record_id)
    if tap.button == "wrong":
        return wrong(request, desk, record_id)
    if tap.button == "quiz":
        return quiz(request, desk, "")
    if tap.button == "help":
        return support(request, desk, "")
    return opened(request, desk, record_id)


def about(request: Request, desk: Desk, _: str) -> Reply:
    return plain(
        *(
            desk.say(request.language, f"about.{part}")
            for part in ("what", "how", "article", "privacy")
        )
    )
