"""The people of the demo: who they are, what they want, and what they type; nothing else in it is scripted."""

from datetime import timedelta

from okrmate.domain.letters import LetterKind
from okrmate.domain.people import Side
from okrmate.frozen import Frozen

MENTOR_NAME = "Ines Aldana"
MENTOR_ADDRESS = "ines@example.org"
MENTOR_ZONE = "Europe/Lisbon"
BEGINS = "2026-03-02T10:00:00+00:00"


class Typed(Frozen):
    """What somebody types in answer to a letter, how long after it came, and where.

    `below` maps an answer line's label to what is typed behind its colon in the quoted letter; `top` is written
    above the quote. Without `below` the mail program quotes underneath, as most do.
    """

    to: LetterKind
    after: timedelta
    top: str = ""
    below: tuple[tuple[str, str], ...] = ()


class Character(Frozen):
    """Somebody in the story; the mentor has no OKRs and no meeting of her own."""

    name: str
    address: str
    side: Side
    zone: str
    okrs: str = ""
    talk: str = ""
    types: tuple[Typed, ...] = ()


TOMAS = Character(
    name="Tomas Reuter",
    address="tomas@example.net",
    side=Side.PROTEGE,
    zone="Europe/Berlin",
    okrs=(
        "O: Be the engineer other teams ask to explain things, by the end of June\n"
        "KR: Invitations to speak at other teams' meetings, from 1 to 6\n"
        "KR: Listeners who rate the talk 4 or 5, from 62 % to 80 %\n"
        "KR: Talk portfolio live\n"
    ),
    talk="2026-03-12T15:00:00+01:00",
    types=(
        Typed(
            to=LetterKind.WELCOME,
            after=timedelta(hours=5, minutes=40),
            below=(("My aims", "to be asked for advice by people I have never met"),),
        ),
        Typed(
            to=LetterKind.AGENDA,
            after=timedelta(hours=3, minutes=12),
            below=(
                ("Add", "the salary talk in April (15 min)"),
                ("KR 1.1", "3"),
                ("KR 1.2", "68 %, thirteen people answered"),
                ("KR 1.3", "40%"),
            ),
        ),
        Typed(
            to=LetterKind.FEEDBACK,
            after=timedelta(hours=2),
            top="+ you let me find the opening myself\n- could we look at the numbers first?",
        ),
    ),
)

AIKO = Character(
    name="Aiko Brandt",
    address="aiko@example.com",
    side=Side.PROTEGE,
    zone="America/Toronto",
    okrs=(
        "O: Run a meetup that people bring friends to, by September\n"
        "KR: People at an evening, from 35 to 60\n"
        "KR: Local conferences that find a speaker through us: at least 30 % (now 10 %)\n"
    ),
    talk="2026-03-13T10:00:00-04:00",
    types=(
        Typed(
            to=LetterKind.AGENDA,
            after=timedelta(hours=1, minutes=40),
            top="1.1 +6, two of them came because of the poster\n1.2: more than last time\n\nSent from my phone",
        ),
        Typed(
            to=LetterKind.ACKNOWLEDGEMENT,
            after=timedelta(minutes=20),
            top="1.2: 15%",
        ),
        Typed(
            to=LetterKind.FEEDBACK,
            after=timedelta(hours=20),
            top="Positive: clear examples\nSuggestion: a shorter list",
        ),
    ),
)

NOOR = Character(
    name="Noor Haddad",
    address="noor@example.com",
    side=Side.PROTEGE,
    zone="Asia/Kolkata",
    okrs=(
        "O: Let the team release without waiting for me, by the end of June\n"
        "KR: Releases led by others, from 2 to 12\n"
        "KR: Reviews answered within a day, from 55 % to 90 %\n"
        "KR: Tests that fail for no reason, from 40 to 10\n"
    ),
    talk="2026-03-16T16:30:00+05:30",
    types=(
        Typed(to=LetterKind.WELCOME, after=timedelta(hours=15), top="read, and I agree\n\nNoor"),
        Typed(
            to=LetterKind.AGENDA,
            after=timedelta(hours=26, minutes=5),
            top=(
                "Hi Ines,\n\n"
                "releases led by others: 4 now, Jo did the last two\n"
                "KR 1.2: about the same, I guess\n"
                "KR 1.3: 31, we deleted the oldest ones\n\n"
                "How do I tell the team no without sounding like a manager?\n\n"
                "Noor\n--\nSent from my phone"
            ),
        ),
        Typed(to=LetterKind.ACKNOWLEDGEMENT, after=timedelta(hours=2, minutes=30), top="61 %"),
        Typed(
            to=LetterKind.FEEDBACK,
            after=timedelta(hours=4),
            top="+ you waited until I had finished\n- next time one example from your own team",
        ),
    ),
)

MATEO = Character(
    name="Mateo Vidal",
    address="mateo@example.net",
    side=Side.PROTEGE,
    zone="America/Sao_Paulo",
    types=(
        Typed(
            to=LetterKind.WELCOME,
            after=timedelta(days=2, hours=3),
            top=(
                "Hello, I am not sure how this works, but here is what I thought of:\n\n"
                "O: Be somebody that young designers ask for advice\n"
                "KR: 8 portfolio talks given (now 1)\n"
                "KR: 4 people who come back a second time\n\n"
                "Is that any good?\nMateo"
            ),
        ),
        Typed(
            to=LetterKind.COACH,
            after=timedelta(hours=5),
            top="To be honest, it has been a rough month, and I may not be the right person for this.\nMateo",
        ),
    ),
)

INES = Character(
    name=MENTOR_NAME,
    address=MENTOR_ADDRESS,
    side=Side.MENTOR,
    zone=MENTOR_ZONE,
    types=(
        Typed(
            to=LetterKind.FEEDBACK,
            after=timedelta(hours=1),
            below=(
                ("One positive", "you said no to a slide you liked"),
                ("One suggestion", "bring the question you are avoiding"),
            ),
        ),
    ),
)

PROTEGES = (TOMAS, AIKO, NOOR, MATEO)
