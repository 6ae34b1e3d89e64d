"""The journey on a real Dovecot and Postfix: `okrmate run` as a process, and two people with mail programs."""

import json
import re
from collections import Counter
from decimal import Decimal

from okrmate.domain.errors import ExitCode
from okrmate.domain.letters import IncomingState, LetterKind, OutgoingState
from okrmate.domain.meetings import MeetingState, Participation
from okrmate.domain.people import Side
from okrmate.services.mentoring.mentorships import find_pair
from okrmate.services.mentoring.okrs import active_standings
from okrmate.services.tables import AGENDA_ITEMS, INCOMING, MEETINGS, OUTGOING
from tests.servers.correspondent import words
from tests.servers.journey import Told
from tests.servers.mailhost import MailHost
from tests.servers.visitor import Visitor

AT_ONCE = 20.0
"""Seconds; without the doorbell the mailbox is looked into once a minute."""


def letter(told: Told, kind: LetterKind, side: Side) -> str:
    """The words of the one letter of this kind, as they lie in the mailbox of that side."""
    return words(told.journey.arrived(kind, side))


def test_each_letter_is_in_the_mailbox_of_its_reader_once(undisturbed: Told) -> None:
    journey = undisturbed.journey
    letters = journey.mentoring.store.every(OUTGOING)
    written = Counter(each.message_id for each in letters)
    got = {who.address: who.got() for who in (journey.maya, journey.vera)}

    assert {each.state for each in letters} == {OutgoingState.SENT}
    assert Counter({each.message_id: got[each.address][each.message_id] for each in letters}) == written
    assert set(written.values()) == {each.copies for each in letters} == {1}


def test_letters_are_submitted_behind_starttls_with_a_login(undisturbed: Told, mailhost: MailHost) -> None:
    journey = undisturbed.journey
    submitted = re.findall(rf"sasl_username={journey.vera.account.name}$", mailhost.log("postfix"), re.MULTILINE)

    assert undisturbed.heard.startswith(b"ehlo [127.0.0.1]\r\nSTARTTLS\r\n")
    assert b"AUTH" not in undisturbed.heard
    assert b"MAIL FROM" not in undisturbed.heard
    # Her own answer to the form as well.
    assert len(submitted) == len(journey.mentoring.store.every(OUTGOING)) + 1


def test_an_answer_is_stored_at_once_though_nobody_looks_for_a_minute(undisturbed: Told) -> None:
    assert undisturbed.journey.waited < AT_ONCE


def test_an_agenda_on_short_notice_says_so(undisturbed: Told) -> None:
    letters = undisturbed.journey.mentoring.letters(LetterKind.AGENDA, Side.PROTEGE)

    assert [each.short_notice for each in letters] == [True]


def test_the_key_results_stand_where_maya_typed_and_her_point_is_on_the_list(undisturbed: Told) -> None:
    store = undisturbed.journey.mentoring.store
    pair = find_pair(store, "maya")
    stand = {each.key_result.ref: each.summary.value for each in active_standings(store, pair.mentorship.id)}

    assert stand == {"1.1": Decimal(3), "1.2": Decimal(68), "1.3": None}
    assert [(item.text, item.minutes) for item in store.every(AGENDA_ITEMS)] == [("the salary talk in April", 15)]
    assert {mail.state for mail in store.every(INCOMING)} == {IncomingState.APPLIED}


def test_the_acknowledgement_says_what_moved(undisturbed: Told) -> None:
    journey = undisturbed.journey
    said = [words(mail) for mail in journey.maya.inbox() if str(mail["Subject"]).startswith("Re: Talk 1")]

    assert any("1 → 3" in each and "→ 68" in each for each in said)


def test_the_calendar_says_that_she_comes_and_the_talk_is_reviewed_in_the_end(undisturbed: Told) -> None:
    (talk,) = undisturbed.journey.mentoring.store.every(MEETINGS)

    assert (talk.participation, talk.state) == (Participation.ACCEPTED, MeetingState.REVIEWED)


def test_each_gets_what_the_other_one_felt(undisturbed: Told) -> None:
    assert "you said no to a slide you liked" in letter(undisturbed, LetterKind.EXCHANGE, Side.PROTEGE)
    assert "you let me find the opening myself" in letter(undisturbed, LetterKind.EXCHANGE, Side.MENTOR)


def test_what_was_read_is_marked_as_done_and_left_unread(undisturbed: Told, mailhost: MailHost) -> None:
    journey = undisturbed.journey
    with Visitor(mailhost, journey.vera.account) as visitor:
        flags = visitor.flags()
    done = [each for each in flags if "$OkrmateDone" in each]

    assert len(flags) == len(journey.vera.inbox())
    assert len(done) == len(journey.mentoring.store.every(INCOMING)) == 4
    assert not [each for each in flags if r"\Seen" in each]


def test_a_copy_of_each_letter_is_where_sent_mail_is_filed(undisturbed: Told, mailhost: MailHost) -> None:
    journey = undisturbed.journey
    with Visitor(mailhost, journey.vera.account) as visitor:
        copies = visitor.flags("Sent")

    assert copies == [{r"\Seen"}] * len(journey.mentoring.store.every(OUTGOING))


def test_the_daemon_ends_well_and_had_nothing_to_complain_of(undisturbed: Told) -> None:
    log = undisturbed.journey.mentoring.home / "log" / "okrmate.log"
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]

    assert undisturbed.code == ExitCode.DONE
    assert {line["level"] for line in lines} == {"info"}
    assert lines[-1]["what"] == "stopped"
