"""What the bot is and what it can do."""

import re
from dataclasses import replace

from bot.commands.desk import Desk
from bot.commands.find import opened, sources
from bot.commands.wrong import wrong
from bot.core.records import Campaign
from bot.core.replies import Button, Reply, Request, plain

_CAMPAIGN_LINK = re.compile(r"c_(?P<slug>[a-z0-9-]+)_(?P<number>[0-9]{1,3})")


def start(request: Request, desk: Desk, payload: str) -> Reply:
    """Greet; a link opens something instead: `b_<record id>` that brief, `s_<record id>` its
    sources, `w_<record id>` the report of an error in it, `c_<campaign>_<number of a post>` the
    brief of that post."""
    if payload.startswith("b_"):
        return opened(request, desk, payload[2:])
    if payload.startswith("s_"):
        return sources(request, desk, payload[2:])
    if payload.startswith("w_"):
        return wrong(request, desk, payload[2:])
    if record_id := _of_campaign(payload, desk):
        return opened(request, desk, record_id)
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
    # Telegram takes no menu for a chat that was not started yet, such as when a role was granted.
    return replace(greeting, menus_of=tuple(p for p in desk.people() if p == request.person))


def _of_campaign(payload: str, desk: Desk) -> str | None:
    """The record that a post of a campaign leads to, or else the campaign's own."""
    linked = _CAMPAIGN_LINK.fullmatch(payload)
    campaign = desk.library.get(linked["slug"]) if linked else None
    if linked is None or not isinstance(campaign, Campaign):
        return None
    posts = campaign.posts[int(linked["number"]) - 1 :] if int(linked["number"]) else ()
    return (posts[0].record if posts else None) or campaign.id


def about(request: Request, desk: Desk, _: str) -> Reply:
    return plain(
        *(
            desk.say(request.language, f"about.{part}")
            for part in ("what", "how", "article", "privacy")
        )
    )
