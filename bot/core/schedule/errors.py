"""What is wrong with a time or a schedule, as the key of a phrase and its values."""


class NotATime(ValueError):
    """Carries the key of the phrase that says what is wrong, and what it is to be filled with."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class NotASchedule(NotATime):
    """The same for schedules. The value `part` is always the piece of the text that is meant."""
