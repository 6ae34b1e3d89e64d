"""The agenda of a talk: the facts its proposal is made from, and the proposal in two wordings."""

from datetime import datetime

from okrmate.domain import agenda
from okrmate.domain.advice import to_ask_about
from okrmate.domain.letters import Incoming, IncomingState, Item
from okrmate.domain.meetings import AgendaItem, Meeting
from okrmate.domain.people import Side
from okrmate.domain.questions import BankQuestion
from okrmate.domain.rhythm import short_notice
from okrmate.frozen import Frozen, asdict, replace
from okrmate.mail.markup import shorten
from okrmate.services.letters.agenda_wordings import Tellers, tell
from okrmate.services.letters.contexts import (
    Advice,
    AgendaContext,
    AgendaCopyContext,
    AskedQuestion,
    FinalAgendaContext,
    Late,
)
from okrmate.services.letters.due import Due
from okrmate.services.letters.final_agendas import listed
from okrmate.services.letters.key_result_lines import display_key_result
from okrmate.services.letters.preparation_texts import preparation_texts
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.advice import advice_log
from okrmate.services.mentoring.agenda_facts import agenda_facts
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import active_standings
from okrmate.services.mentoring.own_lines import own_line
from okrmate.services.mentoring.preparation import prepare
from okrmate.services.mentoring.question_bank import bank
from okrmate.services.ports import Reader
from okrmate.services.tables import INCOMING

A_BREATH = 120
"""Signs of somebody's words inside a sentence of a letter."""


def agenda_context(room: MailRoom, reader: Reader, due: Due, meeting: Meeting, now: datetime) -> AgendaContext:
    """What the agenda's template is told, for the protégé or, with what is for her alone, for the mentor."""
    protege = due.pair.protege
    facts = agenda_facts(reader, meeting, now)
    state = agenda.state_of(facts)
    asked = asked_questions(room, reader, due.pair, facts) if state is agenda.AgendaState.NORMAL else ()
    standings = active_standings(reader, meeting.mentorship)
    words = room.composer.words(room.recipient(protege, due.to))
    moved = max((each.summary.moved_at for each in standings if each.summary.moved_at), default=None)
    heard = max((each.summary.heard_at for each in standings if each.summary.heard_at), default=None)
    context = AgendaContext(
        name=protege.first_name,
        other=room.mentor.first_name,
        own_line=own_line(reader, meeting.id),
        items=agenda_items(room, due, facts, asked),
        krs=tuple(display_key_result(each.key_result, each.summary, words) for each in standings),
        state=state,
        number=meeting.number,
        begins=meeting.begins_at,
        minutes=meeting.minutes,
        heard_on=protege.local(heard).date() if heard else None,
        since=protege.local(moved).date() if moved else None,
        questions=tuple(AskedQuestion(id=each.id, text=each.text) for each in asked),
        advice=_advice(reader, due.pair, now),
        late=_late(due, meeting),
        days_ahead=(protege.local(meeting.begins_at).date() - protege.local(now).date()).days,
    )
    return _copy(room, reader, due, context, meeting, now) if due.to is Side.MENTOR else context


def final_agenda_context(
    room: MailRoom, reader: Reader, due: Due, meeting: Meeting, now: datetime
) -> FinalAgendaContext:
    """What the template of an agenda's final copy is told; `due.after` is the agenda as it left to this side."""
    facts, to_whom = agenda_facts(reader, meeting, now), room.recipient(due.pair.protege, due.to)
    words, known = room.composer.words(to_whom), listed(due.after) if due.after else ()
    asked = asked_questions(room, reader, due.pair, facts)
    points = {proposed.key: proposed for proposed in agenda.propose(facts)}
    questions = {
        each.key: question.text for each in points.values() for question in asked if each.question == question.id
    }
    items = [replace(item, text=questions.get(item.id, item.text)) for item in agenda_items(room, due, facts, asked)]
    kept, before = {item.id for item in items}, {item.id for item in known}
    return FinalAgendaContext(
        name=to_whom.first_name,
        other=room.recipient(due.pair.protege, due.to.other).first_name,
        to=due.to,
        number=meeting.number,
        begins=meeting.begins_at,
        days_ahead=(due.pair.protege.local(meeting.begins_at).date() - due.pair.protege.local(now).date()).days,
        items=tuple(
            item if item.id in before else replace(item, text=words.phrase("agenda", "new", text=item.text))
            for item in items
        ),
        left_out=tuple(
            questions.get(item.id, item.text)
            for item in known
            if item.id in points and item.id not in kept and not facts.is_out(points[item.id])
        ),
    )


def asked_questions(room: MailRoom, reader: Reader, pair: Pair, facts: agenda.AgendaFacts) -> tuple[BankQuestion, ...]:
    """The questions of the bank that a talk asks, as they are put to the protégé."""
    language = room.composer.words(pair.protege).language
    known = {each.id: each for each in bank(reader, language)}
    names = {"mentor": room.mentor.first_name, "name": pair.protege.first_name}
    return tuple(replace(known[each], text=known[each].put(**names)) for each in facts.questions)


def _advice(reader: Reader, pair: Pair, now: datetime) -> Advice | None:
    asked = to_ask_about(advice_log(reader, pair.mentorship.id, now))
    if asked is None:
        return None
    return Advice(on=pair.protege.local(asked.at).date(), words=_short(asked.words or asked.did), did=_short(asked.did))


def _short(words: str) -> str:
    """Words in the middle of a sentence of ours: in one line, without a full stop, at most a breath long."""
    return shorten(words.rstrip(" ."), A_BREATH)


def _copy(
    room: MailRoom, reader: Reader, due: Due, context: AgendaContext, meeting: Meeting, now: datetime
) -> AgendaCopyContext:
    answers = [
        mail.received_at
        for mail in reader.find(INCOMING, "mentorship", due.pair.mentorship.id)
        if _from_protege(mail, due)
    ]
    return AgendaCopyContext(
        **{
            **asdict(context),
            "name": room.mentor.first_name,
            "other": due.pair.protege.first_name,
            "sent_at": None if room.must_see_first(due.pair.mentorship) else now,
            "prepared": preparation_texts(
                prepare(reader, room.mentor, due.pair, meeting, now), room.composer.words(room.mentor)
            ),
            "last_answer": room.mentor.local(max(answers)).date() if answers else None,
        }
    )


def _from_protege(mail: Incoming, due: Due) -> bool:
    read = (IncomingState.APPLIED, IncomingState.PARTLY_APPLIED, IncomingState.ASKED)
    return mail.sender == due.pair.protege.address and mail.state in read


def _late(due: Due, meeting: Meeting) -> Late:
    if not due.short_notice:
        return Late.NO
    planned_late = short_notice(meeting, due.pair.protege.zone, meeting.changed_at)
    return Late.PLANNED_LATE if planned_late else Late.ASLEEP


class Point(Frozen):
    """A proposed point of an agenda in the mentor's wording; `fits` is False for what is left out for time."""

    key: str
    kind: agenda.ItemKind
    text: str
    minutes: int
    fits: bool
    own: AgendaItem | None = None
    question: str = ""
    """The id of the question of the bank that it is."""
    talked: bool = False
    """Whether it was talked about."""


def points(room: MailRoom, pair: Pair, meeting: Meeting, now: datetime) -> tuple[Point, ...]:
    """What would be talked about, as she sees it: also what did not fit, each in its place."""
    facts = agenda_facts(room.store, meeting, now)
    tellers = _tellers(room, pair, asked_questions(room, room.store, pair, facts))
    return tuple(
        Point(
            key=proposed.key,
            kind=proposed.kind,
            text=tell(proposed, tellers).hers,
            minutes=proposed.minutes,
            fits=proposed.fits,
            own=proposed.own,
            question=proposed.question,
            talked=(choice := facts.choices.get(proposed.key)) is not None and choice.talked,
        )
        for proposed in agenda.propose(facts)
    )


def _tellers(room: MailRoom, pair: Pair, asked: tuple[BankQuestion, ...]) -> Tellers:
    return Tellers(
        mentor=room.mentor,
        protege=pair.protege,
        hers=room.composer.words(room.mentor),
        his=room.composer.words(pair.protege),
        questions={each.id: each.text for each in asked},
    )


def agenda_items(
    room: MailRoom, due: Due, facts: agenda.AgendaFacts, asked: tuple[BankQuestion, ...]
) -> tuple[Item, ...]:
    """The proposal that fits, numbered, in the wording of the side it goes to."""
    tellers = _tellers(room, due.pair, asked)
    fitting = [proposed for proposed in agenda.propose(facts) if proposed.fits]
    texts = [tell(proposed, tellers) for proposed in fitting]
    return tuple(
        Item(
            number=number,
            text=told.hers if due.to is Side.MENTOR else told.his,
            minutes=proposed.minutes,
            id=proposed.key,
        )
        for number, (proposed, told) in enumerate(zip(fitting, texts, strict=True), start=1)
    )
