"""Reports: their figures, and that they are whole in every format and give nothing away."""

import csv
import io
import json
from datetime import date, timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from okrmate.domain.letters import IncomingState, LetterKind, OutgoingState
from okrmate.domain.notes import Note
from okrmate.domain.people import Side
from okrmate.domain.tactics import Tactic, TacticState
from okrmate.frozen import replace
from okrmate.mail.words import words_of
from okrmate.services.mentoring.mentorships import pair
from okrmate.services.reports.leads import leads
from okrmate.services.reports.replies import reply_time
from okrmate.services.reports.report import Report, report, report_of
from okrmate.services.reports.written.formats import Format, written
from okrmate.services.tables import FEEDBACK, KEY_RESULTS, NOTES, TACTICS
from tests.builders import BY_COMMAND, NOW, a_feedback, a_meeting, a_protege, an_incoming, an_outgoing
from tests.services.rooms import SHIPPED, Office
from tests.tui.mentorships import MORNING, four_people

DAY = timedelta(days=1)
HOSTILE = '=1|2 <script>alert("x")</script> *bold*'
SEALED = "what nobody may see yet"


def a_home() -> Office:
    """Four people; a title that would be markup, words that are sealed, and something that is tried."""
    office = four_people()
    with office.store.transaction() as tx:
        key_result = tx.get(KEY_RESULTS, "maya-pair-1.1")
        assert key_result is not None
        tx.put(KEY_RESULTS, replace(key_result, title=HOSTILE))
        tx.put(FEEDBACK, a_feedback(mentorship="maya-pair", positive=(SEALED,), suggestion=(SEALED,)))
        note = Note(
            id="n1",
            mentorship="maya-pair",
            meeting="",
            by=Side.MENTOR,
            text=SEALED,
            at=MORNING,
            source=BY_COMMAND,
        )
        tx.put(NOTES, note)
        tx.put(
            TACTICS,
            Tactic(
                id="t1",
                mentorship="maya-pair",
                key_result="maya-pair-1.2",
                title="a dry run with a stranger",
                state=TacticState.RUNNING,
                created_at=MORNING,
                begun_at=MORNING - 20 * DAY,
            ),
        )
    return office


def hers(office: Office) -> Report:
    return report(office.store, office.clock.now(), office.clock.now().date())


def text(of: Report, form: Format) -> str:
    return written(of, form, words_of(Office().mentor, SHIPPED))


def test_a_report_in_any_format_holds_no_feedback_no_private_note_and_no_markup() -> None:
    office = a_home()
    both = report_of(office.store, pair(office.store, "maya-pair"), MORNING, MORNING.date())
    for found in (hers(office), both):
        for form in Format:
            assert SEALED not in text(found, form), form
        page = text(found, Format.HTML)
        HTMLParser().feed(page)
        assert "<script" not in page
        assert not {part for part in page.split('"') if part.startswith("http")} - {"http://www.w3.org/2000/svg"}
        assert "\\=1" not in text(found, Format.MARKDOWN)
        assert "=1\\|2 \\<script\\>" in text(found, Format.MARKDOWN)

    assert "Leo" not in text(both, Format.JSON)
    assert "replies" not in json.loads(text(both, Format.JSON))["people"][0]
    assert "Replies" not in text(both, Format.HTML) + text(both, Format.MARKDOWN)


def test_the_figures_are_those_of_the_store_and_people_stand_by_name() -> None:
    found = hers(a_home())
    facts = json.loads(text(found, Format.JSON))
    maya = facts["people"][1]
    rows = list(csv.DictReader(io.StringIO(text(found, Format.CSV))))

    assert [each["person"] for each in facts["people"]] == [
        "Leo Brandt",
        "Maya Okafor",
        "Sara Lindqvist",
        "Tomasz Nowak",
    ]
    assert (facts["for"], maya["cycle"]["days"], maya["cycle"]["without_value"]) == ("mentor", 45, ["2.3"])
    assert [each["value"] for each in maya["key_results"]] == [3, 71, 5, 4350, 24, None]
    assert [(each["title"], each["outcome"], each["after"]) for each in maya["tactics"]] == [
        ("a dry run with a stranger", "moved", 71)
    ]
    assert {row["title"] for row in rows if row["kr"] == "1.1" and row["person"] == "Maya Okafor"} == {
        f"'{HOSTILE}'"[:-1]
    }
    assert [row["value"] for row in rows if row["kr"] == "2.1" and row["value"]][-1] == "4350"


def test_a_plot_is_drawn_for_each_trend_and_says_in_words_what_it_shows() -> None:
    drawn = text(hers(a_home()), Format.HTML).split("<svg")[1:]
    pictures = [ET.fromstring(f"<svg{each.split('</svg>')[0]}</svg>") for each in drawn]  # noqa: S314 - ours

    assert len(pictures) == 9
    assert "Releases shipped without him: from 2 to 9, goal 12" in [each.get("aria-label") for each in pictures]
    assert all(each.find("{*}polyline") is not None for each in pictures)


def test_an_agenda_is_in_time_by_days_on_the_calendar_of_whoever_gets_it() -> None:
    sam = a_protege(zone="Europe/Madrid")
    talk = a_meeting(starts=(NOW + 10 * DAY).replace(tzinfo=None, hour=8))
    for days, in_time in ((3, True), (2, False)):
        left = (NOW + (10 - days) * DAY).replace(hour=8)
        sent = an_outgoing(state=OutgoingState.SENT, sent_at=left)
        again = an_outgoing(id="again", state=OutgoingState.SENT, sent_at=left + DAY)
        copy = an_outgoing(id="copy", to=Side.MENTOR, state=OutgoingState.SENT, sent_at=left - DAY)
        found = leads([again, sent, copy], [talk, a_meeting(id="other")], sam)

        assert (found.in_time, len(found.several)) == (int(in_time), 1), days
        assert found.several[0].left_at == left
    assert leads([], [talk], sam).median is None


def test_a_letter_counts_as_unanswered_only_once_it_is_too_late_for_that() -> None:
    letters = [
        an_outgoing(id="answered", state=OutgoingState.SENT, sent_at=NOW),
        an_outgoing(id="machine", state=OutgoingState.SENT, sent_at=NOW),
        an_outgoing(id="young", state=OutgoingState.SENT, sent_at=NOW, useful_until=NOW + 9 * DAY),
        an_outgoing(id="asks nothing", kind=LetterKind.INVITATION, state=OutgoingState.SENT, sent_at=NOW),
    ]
    mails = [
        an_incoming(id="second", answers="answered", received_at=NOW + 2 * DAY, state=IncomingState.APPLIED),
        an_incoming(id="first", answers="answered", received_at=NOW + DAY, state=IncomingState.HELD),
        an_incoming(id="away", answers="machine", received_at=NOW, state=IncomingState.IGNORED),
    ]
    found = reply_time(letters, mails, NOW + 5 * DAY)

    assert (found.asked, found.answered, found.median) == (2, 1, DAY)


def test_near_its_end_a_cycle_wants_to_know_what_was_learned() -> None:
    office = a_home()
    for days, said in ((15, False), (14, True), (-1, True)):
        today = date(2026, 12, 31) - timedelta(days=days)
        page = text(report(office.store, MORNING, today), Format.MARKDOWN)
        assert ("What was learned is still to be said." in page) is said, days
