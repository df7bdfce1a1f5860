"""Words as they are compared; the letters themselves are folded in `bot.core.letters`."""

from bot.core.letters import words_of

__all__ = ["words_of"]
