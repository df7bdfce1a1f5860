"""What the core needs from outside, as protocols. A fake and a real one pass the same tests."""

from collections.abc import Callable
from datetime import datetime

from bot.core.ports.database import Figures, NewUow, Traces, UnitOfWork, Uploads
from bot.core.ports.judging import Grounds, Judge
from bot.core.ports.outside import Chats, Keeper, Messenger
from bot.core.ports.people import Audit, Languages, Reports, Roles, SilentGroups, Subscribers
from bot.core.ports.posts import Channels, Deliveries, Holds, Posts

Clock = Callable[[], datetime]

__all__ = [
    "Audit",
    "Channels",
    "Chats",
    "Clock",
    "Deliveries",
    "Figures",
    "Grounds",
    "Holds",
    "Judge",
    "Keeper",
    "Languages",
    "Messenger",
    "NewUow",
    "Posts",
    "Reports",
    "Roles",
    "SilentGroups",
    "Subscribers",
    "Traces",
    "UnitOfWork",
    "Uploads",
]
