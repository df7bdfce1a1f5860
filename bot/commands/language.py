"""The language that somebody wants to be answered in."""

from dataclasses import replace

from bot.commands.desk import Desk
from bot.commands.personal import personal
from bot.core.people import PersonId
from bot.core.records import Language
from bot.core.replies import Button, Reply, Request, plain


@personal
def language(request: Request, person: PersonId, desk: Desk, name: str) -> Reply:
    """Choose a language, named by its code or by its own name; without one, offer them all."""
    names = {each: desk.say(each, "language.name") for each in desk.languages}
    named = name.strip().casefold()
    wanted = [each for each in desk.languages if named in (each, names[each].casefold())]
    if not wanted:
        asked = desk.say(request.language, "language.unknown" if named else "language.which")
        buttons = [Button(names[each], f"language {each}") for each in desk.languages]
        return plain(asked, desk.say(request.language, "language.kept")).with_buttons(buttons)
    desk.choices.choose(person, wanted[0])
    return plain(
        desk.say(wanted[0], "language.done", name=names[wanted[0]]),
        desk.say(wanted[0], "language.kept"),
    )


def in_chosen_language(request: Request, desk: Desk) -> Request:
    """The request of somebody who is answered in the language that they chose, if they did."""
    chosen: Language = desk.language_of(request.person, request.language)
    return request if chosen == request.language else replace(request, language=chosen)
