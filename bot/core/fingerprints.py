"""Marks that tell people apart without telling who they are."""

import hmac
from collections.abc import Callable

from bot.core.people import PersonId

Fingerprint = str
"""32 hexadecimal digits that stand for a person; see `fingerprints`."""

LENGTH = 32


def fingerprints(secret: str) -> Callable[[PersonId], Fingerprint]:
    """A maker of fingerprints that nobody without `secret` can make again.

    A platform's ids are few enough to try them all, so the secret must never lie where the
    fingerprints do. With another secret every person has another one.
    """
    key = hmac.digest(secret.encode(), b"wazahat: who chose a language", "sha256")

    def fingerprint(person: PersonId) -> Fingerprint:
        return hmac.new(key, person.encode(), "sha256").hexdigest()[:LENGTH]

    return fingerprint
