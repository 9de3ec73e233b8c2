"""Passwords, of which only argon2 hashes are kept."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from vientro.model.errors import InputError

LEAST, MOST = 12, 1000  # characters
_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """The hash to keep; raises InputError for a password that is too short or too long."""
    if not LEAST <= len(password) <= MOST:
        raise InputError("the password", f"it has {len(password)} characters", f"Give {LEAST} to {MOST}: a few words are good")
    return _hasher.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether a password is the one of a hash. Without one it takes as long, so that nobody learns which names there are."""
    try:
        return _hasher.verify(kept or _of_nobody(), password[: MOST + 1]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _of_nobody() -> str:
    return _hasher.hash("the password of nobody")
