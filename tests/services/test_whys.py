"""Why a mail waits is said in words: no name of the program's own stands on a screen."""

import pytest

from okrmate.domain.letters import IncomingState
from okrmate.reply.updates import ProblemReason
from okrmate.services.incoming.whys import reason
from tests.builders import an_incoming


@pytest.mark.parametrize("asked", ProblemReason)
def test_every_reason_to_ask_is_said_in_words_that_fit_into_a_heading(asked: ProblemReason) -> None:
    said = reason(an_incoming(state=IncomingState.ASKED, reason=str(asked)))

    assert said not in {str(asked), str(asked).replace("_", " ")}
    assert 0 < len(said) <= 27
