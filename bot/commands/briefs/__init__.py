"""Every kind of record as a brief: a front card, and a card for each further part of it."""

from bot.commands.briefs.cards import (
    Brief,
    brief,
    button_for,
    command_for,
    pairs,
    post_of,
    whole,
)

__all__ = ["Brief", "brief", "button_for", "command_for", "pairs", "post_of", "whole"]
