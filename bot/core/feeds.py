"""The secret part of the address under which somebody's calendar is fetched."""

import hashlib
import secrets

BYTES = 32


def new_secret() -> str:
    """One that nobody guesses, as it may stand in an address."""
    return secrets.token_urlsafe(BYTES)


def hash_of(secret: str) -> str:
    """What is kept of it: 64 hexadecimal digits, from which it cannot be found out."""
    return hashlib.sha256(secret.encode("utf8", "surrogatepass")).hexdigest()
