"""Who may do what."""

from enum import IntEnum

PersonId = str
"""A platform and an id there: "telegram:42"."""


class Role(IntEnum):
    """Roles are cumulative: each may do what those below it may."""

    READER = 0
    MODERATOR = 1
    ADMIN = 2
    OWNER = 3

    @property
    def word(self) -> str:
        """As it is typed and stored: "moderator"."""
        return self.name.lower()
