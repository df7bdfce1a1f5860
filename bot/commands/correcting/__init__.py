"""Corrections of what was sent: how they are written, and who is told that one is wanted."""

from bot.commands.correcting.noticing import CLAIMED, SomeCorrected, to_be_told
from bot.commands.correcting.writing import correct

__all__ = ["CLAIMED", "SomeCorrected", "correct", "to_be_told"]
