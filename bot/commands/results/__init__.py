"""What campaigns and posts came to, in the chat and as files."""

from bot.commands.results.asking import reacted, results
from bot.commands.results.packing import pack, pack_files

__all__ = ["pack", "pack_files", "reacted", "results"]
