"""What is done on OKRs with the chosen line, or the set: trying something, a wish, a finding, the start."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from okrmate.domain.coach import FindingName
from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.metrics import MetricKind
from okrmate.domain.moments import parse_date
from okrmate.domain.okrs import Evidence
from okrmate.domain.tactics import Tactic, TacticState
from okrmate.services.coaching.texts import text_of
from okrmate.services.mentoring import deciding, steps, tactics
from okrmate.services.mentoring.attached import files_of
from okrmate.services.mentoring.examples import examples, start_from_example
from okrmate.services.mentoring.ignoring import leave_as_is
from okrmate.services.mentoring.key_results import SUMMED, Described, describe
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.tactic_lines import in_words, turn_as_typed
from okrmate.services.mentoring.tracking import Tracked
from okrmate.tui.messages import Done
from okrmate.tui.screens.closing_sheet import close_form
from okrmate.tui.screens.page import Page
from okrmate.tui.shown import Shown
from okrmate.tui.views.okrs import OkrsView, end_proposed
from okrmate.tui.views.open_in_set import Waiting
from okrmate.tui.views.tactics import QUESTION
from okrmate.tui.widgets.form import Field, Form
from okrmate.tui.widgets.sheet import Answer, Ask

ALONE = "Neither of you has agreed by mail. The set starts all the same; the record says that you did it, and why."

MOST_FILES = 5
"""Names of files that are shown before they are written."""


class LinesPage(Page):
    """The commands about one line of a set; which is in hand, the page says that shows the tree of them."""

    def __init__(self, shown: Shown) -> None:
        """Nothing is shown yet."""
        super().__init__(shown)
        self._view: OkrsView | None = None

    def chosen_key(self) -> str:
        """The key of the chosen entry."""
        raise NotImplementedError

    def do_try_tactic(self) -> None:
        """Of a tactic the next step; of a key result ask what is to be tried."""
        view = self._view
        tried = view.tactic(self.chosen_key()) if view else None
        tracked = view.tracked(self.chosen_key()) if view else None
        if tried is not None:
            self._next_step(tried.tactic)
        elif view is not None and tracked is not None:
            field = Field(name="title", label="What is tried", example="a dry run with a stranger")
            running = view.tree is not None and view.tree.active
            when = "It counts as tried from now on." if running else "It is planned until you begin it by t."
            question = f"A tactic for “{tracked.key_result.title}”"
            save = partial(self._try, view.pair, tracked.key_result.ref)
            self.app.push_screen(Form(question, (field,), save, (when,)))

    def do_turn_tactic(self) -> None:
        """Ask under which outcome the line, an activity, belongs."""
        view = self._view
        tracked = view.tracked(self.chosen_key()) if view else None
        if view is None or tracked is None or view.tree is None:
            return
        others = [each.key_result.ref for each in view.tree.key_results if each is not tracked]
        example = others[0] if others else "Questions from the audience, from 2 to 6"
        fields = [Field(name="outcome", label="Its code, or the new outcome in words", example=example, hint=in_words)]
        if view.tree.active:
            fields.append(Field(name="reason", label="Why; running OKRs change with a reason"))
        question = f"Which outcome is “{tracked.key_result.title}” to bring?"
        told = ("The line becomes a tactic: under another key result, or under an outcome that takes its place.",)
        self.app.push_screen(Form(question, fields, partial(self._turn, view.pair, tracked), told))

    def do_describe_line(self) -> None:
        """Ask for what is said of a key result beside its words and numbers."""
        view = self._view
        tracked = view.tracked(self.chosen_key()) if view else None
        if view is None or tracked is None:
            return
        known = tracked.key_result
        fields = [
            Field(name="customer", label="Who would notice", value=known.customer),
            Field(name="behaviour", label="What they would do then", value=known.behaviour),
            Field(name="serves", label="The line of the long-term vision it serves", value=known.serves),
        ]
        if known.metric.kind is MetricKind.MILESTONE:
            fields.append(Field(name="steps", label="Its steps, with commas between", value=", ".join(known.steps)))
        elif known.metric.kind in SUMMED:
            sources = ", ".join(known.sources)
            fields.append(Field(name="sources", label="Summed up over, with commas between", value=sources))
        save = partial(self._describe, view.pair, known.ref)
        self.app.push_screen(Form(f"About “{known.title}”", fields, save))

    def do_write_evidence(self) -> None:
        """Ask into which folder; nothing where nothing was attached."""
        view = self._view
        tracked = view.tracked(self.chosen_key()) if view else None
        if tracked is None:
            return
        known = tracked.key_result
        files = files_of(known, reversed(tracked.readings), self.shown.desk.mentor.zone)
        if not files:
            raise UsageError(f"Nothing was attached to the numbers of KR {known.ref}.")
        field = Field(name="folder", label="Into a folder", value="~/okrmate-evidence")
        save = partial(self._write_evidence, files)
        self.app.push_screen(Form("Write out the evidence?", (field,), save, tuple(files)[:MOST_FILES]))

    def do_start_example(self) -> None:
        """Ask which one."""
        if self._view is None or self._view.tree is not None:
            return
        pair, offered = self._view.pair, examples()
        answers = [Answer(key=str(number), word=name) for number, name in enumerate(offered, start=1)]
        told = [f"{number} {title}" for number, title in enumerate(offered.values(), start=1)]
        told.append("It becomes the draft, to be shaped with them; nothing is sent.")
        self.app.push_screen(Ask("Which example is near to it?", told, answers), partial(self._begin, pair))

    def do_ask_to_agree(self) -> None:
        """Say what it means, then call the draft refined."""
        if self._view is not None:
            pair = self._view.pair
            told = (
                f"You agree to these words, and {pair.protege.first_name} is asked to by mail.",
                "Whoever changes them afterwards asks both anew.",
            )
            question = f"Is this what {pair.protege.first_name} and you want?"
            self.app.push_screen(Ask(question, told, (Answer(key="g", word="agree"),)), partial(self._agreed, pair))

    def do_activate_set(self) -> None:
        """Ask why and until when."""
        view = self._view
        if view is None:
            return
        fields = (
            Field(name="reason", label="Why without both having agreed", example="agreed in the first talk"),
            Field(
                name="ends",
                label="The last day of the cycle",
                value=end_proposed(self.shown.scene()),
                hint=self._day,
                wrong=self._wrong_day,
            ),
        )
        question = f"Start the OKRs of {view.pair.protege.name}?"
        self.app.push_screen(Form(question, fields, lambda lines: self._activate(view.pair, lines), (ALONE,)))

    def do_close_set(self) -> None:
        """Ask what was learned, beside what the numbers say; then it never changes again."""
        view = self._view
        if view is None or view.tree is None or not view.tree.active:
            return
        closed = close_form(self.shown, view.pair, lambda told: self.post_message(Done(told)))
        self.app.push_screen(closed)

    def decide(self, waits: Waiting) -> None:
        """Ask for the mentor's word on what waits: a wish, a finding; what stands still gets a tactic."""
        if waits.proposal:
            answers = (Answer(key="y", word="take it"), Answer(key="x", word="leave it as it is"))
            told = (
                waits.asks,
                "Taking it drops the line where that is what is wished; anything else is yours to shape.",
            )
            self.app.push_screen(Ask(waits.about, told, answers), partial(self._decided, waits.proposal))
        elif waits.finding is not None:
            text = text_of(FindingName(waits.finding[1]))
            answers = (Answer(key="g", word="leave as it is"), Answer(key="t", word="to a tactic"))
            explained = (
                f"{text.name}. {text.principle} {text.why}",
                f"Ask: {text.question}",
                f"Weak: {text.weak}",
                f"Strong: {text.strong}",
            )
            self.app.push_screen(Ask(waits.about, explained, answers), partial(self._of_finding, waits))
        else:
            self.do_try_tactic()

    def _agreed(self, pair: Pair, answer: str | None) -> None:
        if answer and self.act(partial(steps.refine, self.shown.desk, pair), "You agree to it as it stands."):
            self.shown.rouse()

    def _begin(self, pair: Pair, answer: str | None) -> None:
        if answer:
            name = tuple(examples())[int(answer) - 1]
            self.act(partial(start_from_example, self.shown.desk, pair, name), "The draft begins with an example.")

    def _next_step(self, tactic: Tactic) -> None:
        if tactic.state is TacticState.PLANNED:
            self.act(partial(tactics.begin_tactic, self.shown.desk, tactic.id), "It is being tried.")
        elif tactic.state is TacticState.RUNNING:
            field = Field(
                name="learned", label="What you both take from it", example="strangers ask what friends forgive"
            )
            self.app.push_screen(
                Form(f"End “{tactic.title}”?", (field,), partial(self._end, tactic), (QUESTION,)),
            )

    def _write_evidence(self, files: Mapping[str, Evidence], given: Mapping[str, str]) -> None:
        self.shown.write_out(given["folder"], files)
        self.post_message(Done(f"Written into {given['folder']}: {len(files)} of evidence."))

    def _describe(self, pair: Pair, ref: str, lines: Mapping[str, str]) -> None:
        parts = {name: tuple(lines[name].split(",")) for name in ("sources", "steps") if name in lines}
        said = Described(
            customer=lines["customer"],
            behaviour=lines["behaviour"],
            serves=lines["serves"],
            sources=parts.get("sources"),
            steps=parts.get("steps"),
        )
        self.shown.did(lambda: describe(self.shown.desk, pair, ref, said))
        self.post_message(Done(f"Said of KR {ref}."))

    def _try(self, pair: Pair, ref: str, lines: Mapping[str, str]) -> None:
        desk = self.shown.desk
        begun = tactics.begins_at_once(desk.store, pair, desk.clock.now())
        self.shown.did(lambda: tactics.add_tactic(desk, pair, ref, lines["title"], begun_at=begun))
        self.post_message(Done(f"A tactic for KR {ref}."))

    def _end(self, tactic: Tactic, lines: Mapping[str, str]) -> None:
        self.shown.did(lambda: tactics.end_tactic(self.shown.desk, tactic.id, lines["learned"]))
        self.post_message(Done(f"“{tactic.title}” is over."))

    def _turn(self, pair: Pair, tracked: Tracked, lines: Mapping[str, str]) -> None:
        ref, reason = tracked.key_result.ref, lines.get("reason", "")
        self.shown.did(lambda: turn_as_typed(self.shown.desk, pair, ref, lines["outcome"], reason))
        self.post_message(Done(f"“{tracked.key_result.title}” is a tactic."))

    def _decided(self, proposal: str, answer: str | None) -> None:
        if answer == "y":
            self.act(partial(deciding.accept, self.shown.desk, proposal), "Taken.")
        elif answer == "x":
            self.act(partial(deciding.reject, self.shown.desk, proposal), "Left as it is.")

    def _of_finding(self, waits: Waiting, answer: str | None) -> None:
        if answer == "t":
            self.do_turn_tactic()
        elif answer == "g":
            field = Field(name="reason", label="Why it is left as it is")
            self.app.push_screen(Form(waits.about, (field,), partial(self._leave, waits)))

    def _leave(self, waits: Waiting, lines: Mapping[str, str]) -> None:
        if self._view is not None and waits.finding is not None:
            pair, (about, name) = self._view.pair, waits.finding
            self.shown.did(lambda: leave_as_is(self.shown.desk, pair, about, name, lines["reason"]))
            self.post_message(Done("Left as it is."))

    def _activate(self, pair: Pair, lines: Mapping[str, str]) -> None:
        ends = self._date(lines["ends"]) if lines["ends"] else None
        if isinstance(ends, Refusal):
            raise UsageError(ends.sentence)
        self.shown.did(lambda: steps.activate(self.shown.desk, pair, lines["reason"], ends))
        self.shown.rouse()
        self.post_message(Done(f"The OKRs of {pair.protege.name} have started."))

    def _date(self, words: str) -> date | Refusal:
        return parse_date(words, self.shown.desk.mentor.zone, self.shown.now)

    def _day(self, words: str) -> str:
        """The day that is understood."""
        found = self._date(words)
        return "" if isinstance(found, Refusal) else f"{found:%A} {found.day} {found:%B %Y}"

    def _wrong_day(self, words: str) -> str:
        found = self._date(words) if words else None
        return found.sentence if isinstance(found, Refusal) else ""
