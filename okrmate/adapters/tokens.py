"""Names nobody may guess, from the system's source of randomness."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Lower-case letters and digits without those that look alike (0 o, 1 i l): 4.95 bits each."""
ID_LENGTH = 12
TOKEN_LENGTH = 27
"""27 × 4.95 = 133 bits."""


class SystemTokens:
    """Ids short enough to be typed, tokens too long to be guessed."""

    def new_id(self) -> str:
        """An opaque id of 12 letters and digits (59 bits)."""
        return _drawn(ID_LENGTH)

    def new_token(self) -> str:
        """An unguessable token of 133 bits."""
        return _drawn(TOKEN_LENGTH)


def _drawn(length: int) -> str:
    number = secrets.randbelow(len(ALPHABET) ** length)  # one draw: a draw for each letter takes ten times as long
    letters = []
    for _ in range(length):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)
