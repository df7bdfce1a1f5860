"""What the core needs from outside, as protocols. A fake and a real one pass the same tests."""

from collections.abc import Callable
from datetime import datetime

from bot.core.ports.calendar import ConfirmedDays, Notices
from bot.core.ports.corrections import Corrections, InlineCards
from bot.core.ports.database import Figures, NewUow, Traces, UnitOfWork, Uploads
from bot.core.ports.deliveries import Deliveries
from bot.core.ports.judging import Grounds, Judge
from bot.core.ports.outside import Chats, Keeper, Messenger
from bot.core.ports.people import Audit, Feeds, Languages, Reports, Roles, SilentGroups, Subscribers
from bot.core.ports.posts import Channels, Holds, Posts, Runs
from bot.core.ports.results import Results

Clock = Callable[[], datetime]

__all__ = [
    "Audit",
    "Channels",
    "Chats",
    "Clock",
    "ConfirmedDays",
    "Corrections",
    "Deliveries",
    "Feeds",
    "Figures",
    "Grounds",
    "Holds",
    "InlineCards",
    "Judge",
    "Keeper",
    "Languages",
    "Messenger",
    "NewUow",
    "Notices",
    "Posts",
    "Reports",
    "Results",
    "Roles",
    "Runs",
    "SilentGroups",
    "Subscribers",
    "Traces",
    "UnitOfWork",
    "Uploads",
]
