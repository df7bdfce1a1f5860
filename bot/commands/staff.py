"""Who may do what, at hand for every menu and notice."""

from collections.abc import Mapping

from bot.core.people import PersonId, Role
from bot.core.ports import NewUow


class Staff:
    """The roles that were granted, as of the last `load()`; before it there are none.

    They are held in memory for menus and notices. A command that needs a role has them loaded
    first, and a decision looks them up in its own transaction (`Desk.role_in`): a role that was
    revoked is gone at once in every process.
    """

    def __init__(self, new_uow: NewUow) -> None:
        self._new_uow = new_uow
        self.roles: Mapping[PersonId, Role] = {}
        """In the order in which they were granted."""

    def load(self) -> None:
        """Read them anew."""
        with self._new_uow() as uow:
            self.roles = uow.roles.all()

    def role_of(self, person: PersonId) -> Role:
        return self.roles.get(person, Role.READER)
