"""Names nobody may guess, from the system's source of randomness."""

import os

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Lower-case letters and digits without those that look alike (0 o, 1 i l): 4.95 bits each."""
ID_LENGTH = 12
TOKEN_LENGTH = 27
"""27 × 4.95 = 133 bits."""

_LETTERS = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))
_ONE_TOO_MANY = bytes(range(256 - 256 % len(ALPHABET), 256))
"""Bytes that are left out, so that each letter stands for equally many."""


class SystemTokens:
    """Ids short enough to be typed, tokens too long to be guessed."""

    def new_id(self) -> str:
        """An opaque id of 12 letters and digits (59 bits)."""
        return _drawn(ID_LENGTH)

    def new_token(self) -> str:
        """An unguessable token of 133 bits."""
        return _drawn(TOKEN_LENGTH)


def _drawn(length: int) -> str:
    drawn = b""
    while len(drawn) < length:
        drawn += os.urandom(2 * length).translate(_LETTERS, _ONE_TOO_MANY)
    return drawn[:length].decode("ascii")
