"""The sheet that closes a set of OKRs: what was learned first, then what goes on; OKRs and Reports open it."""

from collections.abc import Callable, Mapping

from okrmate.services.mentoring.closing import ByHand, close
from okrmate.services.mentoring.mentorships import Pair
from okrmate.tui.shown import Shown
from okrmate.tui.widgets.form import Field, Form


def close_form(shown: Shown, pair: Pair, closed: Callable[[str], object]) -> Form:
    """Asks what was learned, beside what the numbers say; `closed` is told once the set never changes again."""

    def save(lines: Mapping[str, str]) -> None:
        carry = tuple(code.casefold().removeprefix("kr") for code in lines["carry"].replace(",", " ").split())
        said = ByHand(learned=lines["learned"], carry=tuple(filter(None, carry)), reason=lines["reason"])
        shown.did(lambda: close(shown.desk, pair, said))
        shown.rouse()
        closed(f"The OKRs of {pair.protege.name} are closed.")

    fields = (
        Field(name="learned", label="What was learned", example="ask for feedback the same day"),
        Field(name="carry", label="What goes on: codes", example="1.2 2.1"),
        Field(name="reason", label="Why, where something is missing"),
    )
    told = ("Each gets the score its numbers say. What goes on stands in the next draft.",)
    return Form(f"Close the OKRs of {pair.protege.name}?", fields, save, told)
