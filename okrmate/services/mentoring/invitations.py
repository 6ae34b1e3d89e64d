"""Who invites to the talks of a mentorship: okrmate by mail, the mentor from her own calendar, or nobody."""

from okrmate.domain.errors import UsageError
from okrmate.domain.people import Invitations, Mentorship
from okrmate.frozen import replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.tables import MENTORSHIPS

SAID = {
    Invitations.OKRMATE: "okrmate invites to talks",
    Invitations.MINE: "you invite to talks from your own calendar",
    Invitations.NONE: "nobody is invited to talks",
}


def choose_invitations(desk: Desk, pair: Pair, who: Invitations) -> Mentorship:
    """Say who invites from now on; whoever has an invitation of okrmate's is told all the same if that talk moves."""
    with desk.store.transaction() as tx:
        known = tx.get(MENTORSHIPS, pair.mentorship.id) or pair.mentorship
        if known.invitations is who:
            raise UsageError(f"That is so already: {SAID[who]} with {pair.protege.name}.")
        changed = replace(known, invitations=who)
        tx.put(MENTORSHIPS, changed)
        what = f"{pair.protege.name}: {SAID[who]}"
        trail.record(tx, desk, what=what, source=trail.by_command("person edit"), mentorship=known.id)
    return changed
