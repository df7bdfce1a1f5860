"""Composing a post step by step. All of it is a draft in the database from the first step on."""

from bot.commands.composer.copying import template
from bot.commands.composer.offering import offer
from bot.commands.composer.steps import begin_on, compose, draft, take
from bot.commands.composer.times import times

__all__ = ["begin_on", "compose", "draft", "offer", "take", "template", "times"]
