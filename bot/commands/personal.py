"""Commands about the one who gives them."""

from collections.abc import Callable
from functools import wraps

from bot.commands.desk import Desk
from bot.core.people import PersonId
from bot.core.replies import Reply, Request, plain

Run = Callable[[Request, Desk, str], Reply]
PersonalRun = Callable[[Request, PersonId, Desk, str], Reply]


def personal(run: PersonalRun) -> Run:
    """Such a command, which is named as `run` is; where others read along it says where to."""

    @wraps(run)
    def command(request: Request, desk: Desk, line: str) -> Reply:
        if request.person is None or not request.private:
            return plain(desk.say(request.language, "in-private", name=run.__name__))
        return run(request, request.person, desk, line)

    return command
