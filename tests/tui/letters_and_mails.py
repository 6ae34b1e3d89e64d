"""Mailboxes as they stand on the Mail and Meeting screens: answers of every kind, letters that wait, talks held."""

from okrmate.domain.letters import LetterKind
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.mail.layout import text
from okrmate.services.mail_rules import Review
from okrmate.services.outgoing import planning
from okrmate.services.tables import MENTORSHIPS
from tests.services.post_office import AGENDA_DAY, PostOffice
from tests.tui.terminal import Terminal

PROSE = (
    "Dear Olivia,\n\nI would rather not put this into the numbers: I have been thinking of leaving the magazine"
    " altogether, and I do not know whom else to tell. Could we talk before Thursday, even for ten minutes?\n\nSam\n"
)


def morning() -> PostOffice:
    """On the day of the agenda five mails came: personal, understood in part, from nobody known, settled, automatic."""
    office = PostOffice()
    letter = office.agenda()
    quoted = "\n".join(f"> {line}" for line in text(letter.blocks).splitlines())
    office.answer(letter, "looks good")
    office.answer(
        letter,
        "Hi Olivia, quick one between calls.\n\n1.1 now 3, Jo ran the last two\n1.1 confidence 8\n"
        "1.2: 9999 %\nadd: how do I tell Nina no? (10 min)\nSee you Thursday.\n\n"
        f"On Mon, 9 Mar 2026, Olivia Marsh wrote:\n{quoted}",
    )
    office.answer(letter, "KR 1.2: 71 %", From="Sam at work <sam.o@oldmail.example>")
    office.receive(office.written(PROSE, Subject="About Thursday, and not a goal"))
    office.receive(
        office.written("I am out until Friday.", letter, Auto_Submitted="auto-replied", Subject="Out until Friday")
    )
    return office


def unseen() -> PostOffice:
    """A week before the talk: the mentor has not seen a letter to Sam, who has sent one number."""
    office = PostOffice()
    office.clock.move(days=3)
    with office.store.transaction() as tx:
        tx.put(MENTORSHIPS, replace(office.mentorship("sam-pair"), reviewed=False))
    office.rules = replace(office.rules, review=Review.FIRST)
    office.room = replace(office.room, rules=office.rules)
    (welcome,) = office.letters(LetterKind.WELCOME)
    office.answer(welcome, "1.1: 2")
    return office


def held() -> PostOffice:
    """Three days before the talk: its agenda is written and waits to be seen."""
    office = unseen()
    office.clock.set(AGENDA_DAY)
    planning.plan(office.room)
    return office


def half_written() -> PostOffice:
    """After the talk: Sam has written, the mentor has not, so that what Sam wrote is sealed."""
    office = PostOffice()
    office.answer(office.form(), "+ you listened to the end\n- could it be shorter, please")
    return office


def both_written() -> PostOffice:
    """And now the mentor has written as well."""
    office = half_written()
    form = office.letter(LetterKind.FEEDBACK, Side.MENTOR)
    office.answer_of_mentor(form, "+ you came prepared, with a question nobody had asked before\n- numbers first")
    return office


async def choose(shown: Terminal, subject: str, heading: str) -> None:
    """Go down to a mail, and wait until it has been read."""
    for _ in range(10):
        if heading in shown.text:
            return
        await shown.press("down")
        await shown.app.workers.wait_for_complete()
        await shown.pilot.pause()
    raise AssertionError(f"{subject} is not in the list:\n{shown.text}")


async def at_mail(shown: Terminal) -> None:
    await shown.press("5")
    await shown.app.workers.wait_for_complete()
    await shown.pilot.pause()
