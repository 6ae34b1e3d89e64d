"""The coach's own pairs hold what they say: the weak line draws the finding, the strong one no warning."""

import pytest

from okrmate.domain.coach import FindingName, Level
from okrmate.reply.drafts import draft_okrs
from okrmate.services.coaching.judging import judge_draft
from okrmate.services.coaching.texts import text_of
from tests.coach.labelled import SEEN_IN_A_LINE


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", sorted(SEEN_IN_A_LINE))
def test_the_weak_line_draws_its_finding_and_the_strong_one_no_warning(name: FindingName, language: str) -> None:
    text, mark = text_of(name, language), "KR" if name.startswith("kr") else "O"
    weak = judge_draft(draft_okrs(f"{mark}: {text.weak}", language), language)
    strong = judge_draft(draft_okrs(f"{mark}: {text.strong}", language), language)
    assert name in {each.name for each in weak}
    assert name not in {each.name for each in strong}
    assert all(each.level is Level.NOTE for each in strong), strong


PUBLISHED = (
    """O: Become a recognized expert in the field of product management by the end of 2022
KR: 100% increase in the number of public speaking gigs
KR: 5 requests to contribute a guest post to an online publication
KR: 20% increase in social media connections across LinkedIn, Twitter and Instagram""",
    """O: Become a leader in my local software development community by Q3 2022
KR: 20% increase in inbound mentorship requests
KR: 10% increase in number of attendees at my local meetup, month over month
KR: At least 30% of local conferences using our network to source new presenters""",
)


@pytest.mark.parametrize("text", PUBLISHED)
def test_well_written_sets_draw_nothing_above_a_note(text: str) -> None:
    findings = judge_draft(draft_okrs(text))
    assert {each.name for each in findings} == {FindingName.KR_BASELINE}
