"""Composing a post step by step. All of it is a draft in the database from the first step on."""

from bot.commands.composer.copying import template
from bot.commands.composer.offering import offer
from bot.commands.composer.steps import compose, draft, take
from bot.commands.composer.times import times

__all__ = ["compose", "draft", "offer", "take", "template", "times"]
