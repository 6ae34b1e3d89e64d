"""A mail that was dealt with, read once more as it was read then: for showing and deciding, never for applying."""

from collections.abc import Sequence
from datetime import datetime

from okrmate.domain.changes import Source, SourceKind
from okrmate.domain.errors import StoreError
from okrmate.domain.letters import Incoming, IncomingState, Outgoing, Question
from okrmate.domain.okrs import Reading
from okrmate.domain.summaries import summarise
from okrmate.frozen import Frozen, replace
from okrmate.mail.inbound import InboundMail
from okrmate.reply.choices import effect_of
from okrmate.reply.kept import OwnWords
from okrmate.reply.own_words import own_words
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Op, Problem, ProblemReason, Update
from okrmate.services.incoming import questions
from okrmate.services.incoming.answers import asked_standings, beside_letter, context_for, offers_for, read_answer
from okrmate.services.incoming.inbox import opened
from okrmate.services.incoming.offers import Offers
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.feedback import is_sealed
from okrmate.services.mentoring.mentorships import pair
from okrmate.services.mentoring.okrs import Standing
from okrmate.services.ports import Reader
from okrmate.services.tables import OUTGOING, READINGS

SEALED = "Sealed until both have written about the talk."
READ = frozenset({IncomingState.APPLIED, IncomingState.PARTLY_APPLIED, IncomingState.ASKED})
"""The states of a mail whose words were applied as far as they were understood."""
NO_NOTE = " \t:=;,"
"""Signs around the words of an unclear line that are no part of it as a note."""


class ReadAgain(Frozen):
    """What a mail says, and what is understood of it against the letter it answers and the values known before it.

    Without a letter nothing is understood: `understood` is None and `words` are what is new in the mail. `heard_at` is
    the moment that its readings are about.
    """

    record: Incoming
    mail: InboundMail
    words: OwnWords
    heard_at: datetime
    letter: Outgoing | None = None
    standings: tuple[Standing, ...] = ()
    understood: Understood | None = None
    offers: Offers | None = None

    def standing(self, ref: str) -> Standing | None:
        """The key result under the ref it had in the letter, as it stood before this mail."""
        return next((each for each in self.standings if each.key_result.ref == ref), None)


def source_of(mail: Incoming) -> Source:
    """What everything that a mail changes comes from."""
    return Source(kind=SourceKind.MAIL, ref=mail.id)


def opened_again(room: MailRoom, reader: Reader, mail: Incoming) -> InboundMail | str:
    """The mail from its raw bytes, or the sentence that says why it cannot be shown: sealed, too big, gone, a bug."""
    if is_sealed(reader, mail, room.desk.clock.now()):
        return SEALED
    try:
        found = opened(room, room.raw.read(mail.raw))
    except StoreError as gone:
        return str(gone)
    except Exception as bug:  # noqa: BLE001 - the edge of a message
        return met_a_bug(mail, bug)
    if not isinstance(found, InboundMail):
        return f"It cannot be shown: {found.reason}. The mail itself is kept as {mail.raw}."
    return found


def met_a_bug(mail: Incoming, bug: Exception) -> str:
    """The sentence for a mail in whose reading there is a bug: of which kind, and where the mail itself lies."""
    return f"Reading it meets a bug of okrmate's ({type(bug).__name__}). The mail is kept whole as {mail.raw}."


def read_again(room: MailRoom, reader: Reader, mail: Incoming) -> ReadAgain | str:
    """The mail read anew, or the sentence that says why it cannot be shown."""
    found = opened_again(room, reader, mail)
    if isinstance(found, str):
        return found
    letter = reader.get(OUTGOING, mail.answers) if mail.answers else None
    if letter is None or not letter.mentorship:
        return ReadAgain(record=mail, mail=found, words=own_words(found.lines), heard_at=mail.received_at)
    answer = beside_letter(reader, room, mail, found, letter, pair(reader, letter.mentorship))
    standings = tuple(_before(reader, standing, mail) for standing in asked_standings(reader, answer))
    understood = read_answer(reader, answer, standings)
    return ReadAgain(
        record=mail,
        mail=found,
        words=understood.words,
        heard_at=answer.heard_at,
        letter=letter,
        standings=standings,
        understood=understood,
        offers=offers_for(answer, standings, context_for(answer, standings)),
    )


def _before(reader: Reader, standing: Standing, mail: Incoming) -> Standing:
    """The key result as it stood when the mail came, without what the mail itself said of it."""
    readings = reader.find(READINGS, "key_result", standing.key_result.id)
    taken = next((number for number, reading in enumerate(readings) if reading.source == source_of(mail)), None)
    heard = (reading for reading in readings if reading.at < mail.received_at)
    return replace(standing, summary=summarise(heard if taken is None else readings[:taken]))


def readings_of(reader: Reader, again: ReadAgain) -> list[Reading]:
    """What the mail became: its readings that still count, in the order they were taken."""
    source = source_of(again.record)
    return [
        reading
        for standing in again.standings
        for reading in reader.find(READINGS, "key_result", standing.key_result.id)
        if reading.source == source
    ]


def fits(reading: Reading, update: Update) -> bool:
    """Whether a reading can be what became of an update of its key result."""
    match update.op:
        case Op.SET:
            return reading.value is not None and reading.value == update.value
        case Op.ADD | Op.DONE | Op.NOCHANGE:
            return reading.value is not None
        case Op.CONFIDENCE:
            return reading.confidence is not None or bool(reading.outlook)
        case Op.BLOCKED:
            return bool(reading.blocker)
        case _:
            return reading.note == update.note


def problems_of(again: ReadAgain) -> tuple[Problem, ...]:
    """Every line that was not clear, also those that concern no key result."""
    understood = again.understood
    if understood is None:
        return ()
    text = understood.words.everything
    reasons = (ProblemReason(reason) for reason in understood.asks if reason in set(ProblemReason))
    return (*understood.problems, *(Problem(reason=reason, words=text) for reason in reasons))


def open_problems(reader: Reader, again: ReadAgain) -> tuple[Problem, ...]:
    """The lines of a mail that nobody has decided on: neither the mentor nor its writer, who was asked about them."""
    taken = [reading for reading in readings_of(reader, again) if not reading.undone_by]
    by_id = {standing.key_result.id: standing.key_result.ref for standing in again.standings}
    answered = questions.answered_about(reader, again.record)
    problems = problems_of(again)
    return tuple(
        problem
        for problem in problems
        if aside(problem) not in again.record.aside
        and not any(by_id[each.key_result] == problem.kr and became(again, each, problem) for each in taken)
        and not any(_asks(question, problem, problems) for question in answered)
    )


def as_read(again: ReadAgain, problem: Problem) -> Update | None:
    """What accepting an unclear line makes: the one way to read it that is offered; None for none, or for several."""
    offered = again.offers.of(problem) if again.offers is not None and problem.kr else ()
    made = [update for choice in offered if (update := effect_of(choice.id)) is not None]
    return made[0] if len(made) == 1 else None


def became(again: ReadAgain, reading: Reading, problem: Problem) -> bool:
    """Whether a reading of its key result can be what a line became by the mentor's word."""
    update = as_read(again, problem)
    if update is not None and update.value is not None and reading.value == update.value:
        return True
    return bool(reading.note) and reading.note == problem_note(problem)


def _asks(question: Question, problem: Problem, problems: Sequence[Problem]) -> bool:
    """Whether a question is about this line: the only one on its key result, or the one whose words it quotes."""
    alone = sum(each.kr == problem.kr for each in problems) == 1
    return question.about == problem.kr and (alone or f'"{problem_note(problem)}"' in question.text)


def aside(problem: Problem) -> str:
    """An unclear line as a mail keeps it among those that mean nothing."""
    return f"{problem.kr}: {problem_note(problem)}"


def problem_note(problem: Problem) -> str:
    """The words of an unclear line as a note."""
    return problem.words.strip(NO_NOTE)
