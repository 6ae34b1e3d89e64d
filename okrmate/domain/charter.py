"""The charter of a mentorship: how often, how long, over what, what stays between the two, and who has agreed to it."""

from datetime import datetime

from okrmate.domain.changes import Source
from okrmate.domain.people import Side
from okrmate.frozen import Frozen, replace


class Terms(Frozen):
    """What a charter says, in the mentor's words; what is empty is not agreed on.

    Without words on confidentiality letters say the usual: what is said stays between the two.
    """

    rhythm: str = ""
    minutes: int = 0
    channel: str = ""
    confidentiality: str = ""


class Agreement(Frozen):
    """The yes of one side to the words as they stand: when, and by which mail or command."""

    by: Side
    at: datetime
    source: Source


class Charter(Frozen):
    """One mentorship's charter, whose id is the mentorship's; other words need a new yes of both."""

    id: str
    mentorship: str
    terms: Terms
    worded_at: datetime
    agreements: tuple[Agreement, ...] = ()

    def agreed_by(self, side: Side) -> Agreement | None:
        """The yes of this side, if it was given."""
        return next((each for each in self.agreements if each.by is side), None)

    @property
    def agreed(self) -> bool:
        """Whether both have said yes."""
        return all(self.agreed_by(side) for side in Side)

    def agreeing(self, agreement: Agreement) -> "Charter":
        """This charter with a yes more; the first one of a side stands."""
        if self.agreed_by(agreement.by):
            return self
        return replace(self, agreements=(*self.agreements, agreement))

    def reworded(self, terms: Terms, at: datetime) -> "Charter":
        """This charter in other words, to which nobody has agreed yet; in the same words it is what it was."""
        return self if terms == self.terms else replace(self, terms=terms, worded_at=at, agreements=())
