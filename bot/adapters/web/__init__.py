"""The HTTP side of the bot: whether it is well, and the calendars of moderators."""
