"""What is written down on People of the mentorship in hand: charter, aims, markers, pulse, notes, and its end."""

from functools import partial

from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.mentorships import pair as pair_of
from okrmate.services.mentoring.particulars import end_mentorship
from okrmate.tui.messages import Done
from okrmate.tui.screens.mentorship_forms import (
    aims_form,
    charter_form,
    days_off_form,
    invitations_form,
    marker_form,
    note_form,
    pulse_form,
)
from okrmate.tui.screens.page import Page
from okrmate.tui.screens.people_sheets import away_form, erase_form, export_form
from okrmate.tui.screens.preparing import PreparationPage
from okrmate.tui.views.preparation import talks_ahead
from okrmate.tui.widgets.form import Form
from okrmate.tui.widgets.sheet import Answer, Ask

FORMS = {
    "c": charter_form,
    "a": aims_form,
    "m": marker_form,
    "p": pulse_form,
    "d": days_off_form,
    "i": invitations_form,
}
"""By the key that asks for one."""


class MentorshipPage(Page):
    """The commands about the mentorship of the person in hand, whom the page says that shows the list."""

    def pair(self) -> Pair | None:
        """The person in hand."""
        raise NotImplementedError

    def do_prepare_talk(self) -> None:
        """The next talk with whoever is chosen, on one page; where none is planned, to where one is."""
        talks = talks_ahead(self.shown.desk.store.reader(), self.shown.now)
        talk = next((each for each in talks if each.pair.mentorship.id == self.shown.mentorship), None)
        if talk is None:
            self.go("meeting")
        else:
            self.app.push_screen(PreparationPage(self.shown, talk.meeting.id), self._prepared)

    def _prepared(self, wanted: str | None) -> None:
        if wanted:
            self.go("meeting", wanted)

    def do_go_away(self) -> None:
        """Ask from when to when."""
        self.app.push_screen(away_form(self.shown, lambda told: self.post_message(Done(told))))

    def do_write_down(self) -> None:
        """Ask what, then for its lines."""
        chosen = self.pair()
        if chosen is None:
            return
        ask = Ask(
            f"Write down what of {chosen.protege.first_name}?",
            ("How you two work, what both hope for, a step with a day, how helpful it is to each, or days off.",),
            (
                Answer(key="c", word="charter"),
                Answer(key="a", word="aims"),
                Answer(key="m", word="marker"),
                Answer(key="p", word="pulse"),
                Answer(key="d", word="days off"),
                Answer(key="i", word="invitations"),
            ),
        )
        self.app.push_screen(ask, partial(self._ask_for, chosen))

    def do_private_note(self) -> None:
        """Ask for the words."""
        chosen = self.pair()
        if chosen is not None:
            self._fill(note_form(self.shown, chosen), "Written, for you alone.")

    def do_export_person(self) -> None:
        """Ask for the file."""
        chosen = self.pair()
        if chosen is not None:
            done = f"Written: what is kept of {chosen.protege.first_name}."
            self._fill(export_form(self.shown, chosen), done)

    def do_end_mentorship(self) -> None:
        """Ask before it ends."""
        chosen = self.pair()
        if chosen is None:
            return
        name = chosen.protege.first_name
        told = ("Nothing is sent any more; all that is kept stays, and what comes back still reaches you.",)
        ask = Ask(f"End the mentorship with {name}?", told, (Answer(key="e", word="end it"),))
        self.app.push_screen(ask, partial(self._end, chosen))

    def do_erase_person(self) -> None:
        """Ask for the name, since nothing of it can be taken back."""
        chosen = self.pair()
        if chosen is not None:
            self._fill(erase_form(chosen, self._erase), "")

    def _erase(self, chosen: Pair) -> None:
        still = self.shown.did(lambda: self.shown.erase(chosen))
        backups = f" Older states still hold them: {', '.join(still)}" if still else ""
        self.post_message(Done(f"Erased {chosen.protege.name}.{backups}"))

    def _ask_for(self, chosen: Pair, answer: str | None) -> None:
        if answer in FORMS:
            self._fill(FORMS[answer](self.shown, chosen), f"Written down of {chosen.protege.first_name}.")

    def _fill(self, form: Form, done: str) -> None:
        self.app.push_screen(form, partial(self._filled, done))

    def _filled(self, done: str, saved: bool | None) -> None:  # noqa: FBT001 - the result of a sheet
        if saved and done:
            self.post_message(Done(done))

    def _end(self, chosen: Pair, answer: str | None) -> None:
        desk = self.shown.desk
        done = f"The mentorship with {chosen.protege.first_name} has ended."
        if answer:
            self.act(lambda: end_mentorship(desk, pair_of(desk.store, chosen.mentorship.id)), done)
