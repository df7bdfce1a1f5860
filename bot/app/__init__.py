"""The composition root: the one package that knows every part and joins them."""

from bot.app.desks import accounting_of, content_folder, make_desk, now, reading_desk
from bot.app.running import run, stop_on_signals

__all__ = [
    "accounting_of",
    "content_folder",
    "make_desk",
    "now",
    "reading_desk",
    "run",
    "stop_on_signals",
]
