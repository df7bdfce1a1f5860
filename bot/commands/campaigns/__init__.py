"""Campaigns: what there are, starting one on a day, and following what becomes of it."""

from bot.commands.campaigns.showing import campaign, campaigns
from bot.commands.campaigns.steps import run

__all__ = ["campaign", "campaigns", "run"]
