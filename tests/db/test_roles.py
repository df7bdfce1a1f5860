"""Roles in the database."""

import threading

from bot.core.people import Role
from bot.core.ports import NewUow
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR, OTHER, READER


def test_a_role_lasts_until_another_is_granted_or_it_is_revoked(new_uow: NewUow) -> None:
    with new_uow() as uow:
        uow.roles.grant(READER, Role.MODERATOR, AUTHOR, NOON)
        uow.roles.grant(OTHER, Role.MODERATOR, AUTHOR, NOON)
        uow.roles.grant(READER, Role.ADMIN, AUTHOR, NOON)
        uow.commit()
    with new_uow() as uow:
        assert uow.roles.of(READER) is Role.ADMIN
        assert uow.roles.all() == {READER: Role.ADMIN, OTHER: Role.MODERATOR}
        assert uow.roles.revoke(READER)
        assert not uow.roles.revoke(READER)
        assert uow.roles.of(READER) is Role.READER
        assert uow.roles.all() == {OTHER: Role.MODERATOR}


def test_who_was_granted_nothing_is_a_reader(new_uow: NewUow) -> None:
    with new_uow() as uow:
        assert uow.roles.of(READER) is Role.READER


def test_what_was_not_committed_was_not_granted(new_uow: NewUow) -> None:
    with new_uow() as uow:
        uow.roles.grant(READER, Role.ADMIN, AUTHOR, NOON)
    with new_uow() as uow:
        assert uow.roles.all() == {}


def test_two_who_lock_the_roles_come_one_after_the_other(new_uow: NewUow) -> None:
    """Two admins who revoke each other at once: the second sees what the first did."""
    with new_uow() as uow:
        uow.roles.grant(READER, Role.ADMIN, AUTHOR, NOON)
        uow.roles.grant(OTHER, Role.ADMIN, AUTHOR, NOON)
        uow.commit()
    done: list[str] = []
    both = threading.Barrier(2)

    def revoke(by: str, whom: str) -> None:
        both.wait()
        with new_uow() as uow:
            uow.roles.lock()
            if uow.roles.of(by) is Role.ADMIN:
                uow.roles.revoke(whom)
                done.append(whom)
            uow.commit()

    pairs = ((READER, OTHER), (OTHER, READER))
    threads = [threading.Thread(target=revoke, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with new_uow() as uow:
        assert len(done) == len(uow.roles.all()) == 1
