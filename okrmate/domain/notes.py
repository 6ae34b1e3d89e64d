"""Notes on a talk or a person: shared ones are for both, private ones never leave the mentor's home."""

from datetime import datetime

from okrmate.domain.changes import Source
from okrmate.domain.people import Side
from okrmate.frozen import Frozen


class Note(Frozen):
    """Something written down, by the mentor, or by the protégé in answer to a question.

    `meeting` is the talk it belongs to, empty where it is about the person. `question` is the id of the one it answers.
    A note is private unless it says that it is shared.
    """

    id: str
    mentorship: str
    meeting: str
    by: Side
    text: str
    at: datetime
    source: Source
    shared: bool = False
    question: str = ""
    asked: str = ""
    """The question as it was put, where it answers one."""
