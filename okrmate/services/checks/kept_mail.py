"""The raw mails of a home beside its store: which of them nothing points to, and which that are named are gone."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from okrmate.frozen import Frozen
from okrmate.services.checks.findings import Finding, fine, wrong
from okrmate.services.ports import Reader
from okrmate.services.tables import COPIES, INCOMING, OUTGOING

YOUNG = timedelta(hours=1)
"""A mail is on the disk before the store names it: so long nobody can tell that it never will."""


class Kept(Frozen):
    """A file that lies where raw mails are kept: where, as `RawMail` says it, its bytes, and since when."""

    place: str
    size: int
    age: timedelta


def orphans(reader: Reader, kept: Iterable[Kept]) -> tuple[Kept, ...]:
    """The files that no record points to, and never will; `kept` is from before `reader` was asked for."""
    named = _named(reader)
    letters = {letter.id for letter in reader.every(OUTGOING)}
    return tuple(
        each
        for each in kept
        if each.age > YOUNG and each.place not in named and _stem(each.place).rpartition("-")[0] not in letters
    )


def check_mail(reader: Reader, kept: Collection[Kept]) -> Finding:
    """Whether every raw mail that the store names is there; what it does not name is told."""
    there = {each.place for each in kept}
    gone = sorted(place for place in _named(reader) if place not in there)
    if gone:
        return wrong(
            "mail",
            f"{len(gone)} of the mails that came are not there any more, {gone[0]} first: get them from a backup.",
        )
    stray = orphans(reader, kept)
    if stray:
        size = sum(each.size for each in stray) // 1000 + 1
        return fine(
            "mail",
            f"mails kept: {len(kept)}; nothing points to {len(stray)} of them ({size} KB), and "
            "`okrmate doctor --sweep` removes those.",
        )
    return fine("mail", f"mails kept: {len(kept)}.")


def _named(reader: Reader) -> set[str]:
    return {mail.raw for mail in reader.every(INCOMING)} | {copy.raw for copy in reader.every(COPIES)}


def _stem(place: str) -> str:
    return place.rpartition("/")[2].removesuffix(".eml")
