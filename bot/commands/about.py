"""What the bot is and what it can do."""

from dataclasses import replace

from bot.commands.desk import Desk
from bot.commands.find import question
from bot.core.replies import Button, Reply, Request, plain


def start(request: Request, desk: Desk, payload: str) -> Reply:
    """Greet; `b_<record id>`, from a link, opens that brief instead."""
    if payload.startswith("b_"):
        return question(replace(request, text=payload[2:]), desk)
    language = request.language
    examples = ("sehwan-2017", "isis-k")
    known = [desk.library.records[each] for each in examples if each in desk.library.records]
    return plain(
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


def about(request: Request, desk: Desk, _: str) -> Reply:
    return plain(
        *(
            desk.say(request.language, f"about.{part}")
            for part in ("what", "how", "article", "privacy")
        )
    )


def privacy(request: Request, desk: Desk, _: str) -> Reply:
    return plain(*(desk.say(request.language, f"privacy.{part}") for part in ("kept", "telegram")))
