"""What is stored, and by which fields it is found: every table of the store, declared once."""

from datetime import datetime

from okrmate.domain.advice import Advice
from okrmate.domain.aims import Aims
from okrmate.domain.changes import Change
from okrmate.domain.charter import Charter
from okrmate.domain.closing import Closing
from okrmate.domain.coach import LeftAsIs
from okrmate.domain.feedback import Feedback
from okrmate.domain.letters import Incoming, Outgoing
from okrmate.domain.markers import Marker
from okrmate.domain.meetings import AgendaChoice, AgendaItem, Meeting, OwnLine, Promise, Series
from okrmate.domain.notes import Note
from okrmate.domain.okrs import KeyResult, Objective, OkrSet, Reading
from okrmate.domain.people import Mentorship, Protege
from okrmate.domain.proposals import Proposal
from okrmate.domain.pulse import Pulse
from okrmate.domain.questions import OwnQuestion, QuestionChoice
from okrmate.domain.tactics import Tactic
from okrmate.domain.versions import Version
from okrmate.frozen import Frozen
from okrmate.services.ports import Table


class FolderCursor(Frozen):
    """How far a mailbox folder was looked through; the id is the folder's name."""

    id: str
    cursor: str


class OwedCopy(Frozen):
    """The copy of a letter that has left, while it is not where sent mail is filed; the id is the letter's.

    `raw` is where its bytes are kept, as `RawMail` says it.
    """

    id: str
    message_id: str
    raw: str
    left_at: datetime
    next_attempt_at: datetime
    attempts: int = 0


class Absence(Frozen):
    """The mentor is away from a moment until another, as she said `at`; `line` is her own in the letters about it."""

    id: str
    begins_at: datetime
    ends_at: datetime
    at: datetime
    line: str = ""


class Reached(Frozen):
    """How far a series of talks has come into sight, as wall time in its zone; the id is the series'.

    It only grows and stands beside the trail: a talk that was taken back is not planned a second time.
    """

    id: str
    mentorship: str
    wall: datetime


class Setting(Frozen):
    """A value beside the records, by name: the pause of the whole outbox, the last look at the mailbox."""

    id: str
    value: str


ABSENCES = Table(name="absences", record=Absence)
PEOPLE = Table(name="people", record=Protege, indexes=("address",))
MENTORSHIPS = Table(name="mentorships", record=Mentorship, indexes=("protege", "state"))
CHARTERS = Table(name="charters", record=Charter, indexes=("mentorship",))
AIMS = Table(name="aims", record=Aims, indexes=("mentorship",))
MARKERS = Table(name="markers", record=Marker, indexes=("mentorship",))
PULSES = Table(name="pulses", record=Pulse, indexes=("mentorship",))
OKR_SETS = Table(name="okr_sets", record=OkrSet, indexes=("mentorship", "state"))
OBJECTIVES = Table(name="objectives", record=Objective, indexes=("okr_set", "mentorship"))
KEY_RESULTS = Table(name="key_results", record=KeyResult, indexes=("objective", "mentorship"))
READINGS = Table(name="readings", record=Reading, indexes=("key_result", "mentorship"))
IGNORED = Table(name="ignored_findings", record=LeftAsIs, indexes=("line", "mentorship"))
TACTICS = Table(name="tactics", record=Tactic, indexes=("key_result", "mentorship"))
VERSIONS = Table(name="versions", record=Version, indexes=("okr_set", "mentorship"))
PROPOSALS = Table(name="proposals", record=Proposal, indexes=("mentorship", "state"))
CLOSINGS = Table(name="closings", record=Closing, indexes=("mentorship",))
MEETINGS = Table(name="meetings", record=Meeting, indexes=("mentorship", "state", "token"))
SERIES = Table(name="series", record=Series, indexes=("mentorship",))
REACHED = Table(name="series_reached", record=Reached, indexes=("mentorship",), trailed=False)
AGENDA_ITEMS = Table(name="agenda_items", record=AgendaItem, indexes=("mentorship", "meeting"))
PROMISES = Table(name="promises", record=Promise, indexes=("mentorship", "meeting"))
AGENDA_CHOICES = Table(name="agenda_choices", record=AgendaChoice, indexes=("mentorship", "meeting"))
OWN_LINES = Table(name="own_lines", record=OwnLine, indexes=("mentorship",))
NOTES = Table(name="talk_notes", record=Note, indexes=("mentorship", "meeting"))
ADVICE = Table(name="advice", record=Advice, indexes=("mentorship",))
OWN_QUESTIONS = Table(name="own_questions", record=OwnQuestion)
QUESTION_CHOICES = Table(name="question_choices", record=QuestionChoice, indexes=("mentorship",))
FEEDBACK = Table(name="feedback", record=Feedback, indexes=("meeting", "mentorship"))
OUTGOING = Table(
    name="outgoing",
    record=Outgoing,
    indexes=("key", "state", "message_id", "token", "mentorship", "meeting", "answers"),
    trailed=False,
)
INCOMING = Table(name="incoming", record=Incoming, indexes=("message_id", "state", "mentorship"), trailed=False)
COPIES = Table(name="copies", record=OwedCopy, trailed=False)
FOLDERS = Table(name="folders", record=FolderCursor, trailed=False)
SETTINGS = Table(name="settings", record=Setting, trailed=False)
CHANGES = Table(name="changes", record=Change, indexes=("mentorship", "source_ref"), trailed=False, append_only=True)

TABLES = (
    ABSENCES,
    PEOPLE,
    MENTORSHIPS,
    CHARTERS,
    AIMS,
    MARKERS,
    PULSES,
    OKR_SETS,
    OBJECTIVES,
    KEY_RESULTS,
    READINGS,
    TACTICS,
    IGNORED,
    VERSIONS,
    PROPOSALS,
    CLOSINGS,
    MEETINGS,
    SERIES,
    REACHED,
    AGENDA_ITEMS,
    PROMISES,
    AGENDA_CHOICES,
    OWN_LINES,
    NOTES,
    ADVICE,
    OWN_QUESTIONS,
    QUESTION_CHOICES,
    FEEDBACK,
    OUTGOING,
    INCOMING,
    COPIES,
    FOLDERS,
    SETTINGS,
    CHANGES,
)
