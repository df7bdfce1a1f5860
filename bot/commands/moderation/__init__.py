"""Writing, reviewing and following posts."""

from bot.commands.moderation.composing import LONGEST_POST, compose
from bot.commands.moderation.deciding import (
    approve,
    cancel,
    pause,
    resend,
    resume,
    send_back,
    submit,
)
from bot.commands.moderation.following import post, posts, told_of
from bot.commands.moderation.message import card_of, message_of
from bot.commands.moderation.missing import missed

__all__ = [
    "LONGEST_POST",
    "approve",
    "cancel",
    "card_of",
    "compose",
    "message_of",
    "missed",
    "pause",
    "post",
    "posts",
    "resend",
    "resume",
    "send_back",
    "submit",
    "told_of",
]
