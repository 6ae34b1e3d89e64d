"""The armour of a text signed inline (RFC 9580 section 7): taken off, so that the words in it stand alone."""

from collections.abc import Sequence

from okrmate.domain.letters import QuotedLine

SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
SIGNATURE = "-----BEGIN PGP SIGNATURE-----"
SIGNATURE_ENDS = "-----END PGP SIGNATURE-----"
ENCRYPTED = "-----BEGIN PGP MESSAGE-----"
_HEAD = ("Hash:", "Charset:", "Comment:", "Version:")
_MASK = "- "
_MASKED = "- -"


def without_armour(lines: Sequence[QuotedLine]) -> list[QuotedLine]:
    """The lines without armour around them; what is quoted, and a signature without an end, stay as they are.

    In the signed text "- " in front of a line that begins with a dash masks it. The signature is not proven by anybody:
    who wrote is known by the token and the address.
    """
    if not any(line.text == SIGNED for line in lines):
        return list(lines)
    kept: list[QuotedLine] = []
    signed, at = False, 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.depth == 0 and line.text == SIGNED:
            signed, at = True, _behind_head(lines, at)
        elif signed and line.depth == 0 and line.text == SIGNATURE:
            signed, at = False, _behind_signature(lines, at)
        elif signed and line.depth == 0 and line.text.startswith(_MASKED):
            kept.append(line._replace(text=line.text.removeprefix(_MASK)))
        else:
            kept.append(line)
    return kept


def _behind_head(lines: Sequence[QuotedLine], at: int) -> int:
    while at < len(lines) and lines[at].text.startswith(_HEAD):
        at += 1
    return at + 1 if at < len(lines) and not lines[at].text else at


def _behind_signature(lines: Sequence[QuotedLine], at: int) -> int:
    """Where it ends; one without an end takes nothing with it that may be words."""
    return next((place + 1 for place in range(at, len(lines)) if lines[place].text == SIGNATURE_ENDS), at)


def is_encrypted(lines: Sequence[QuotedLine]) -> bool:
    """Whether the writer's own text is, in part at least, encrypted inline."""
    return any(line.depth == 0 and line.text.startswith(ENCRYPTED) for line in lines)
