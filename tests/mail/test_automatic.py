"""Which subjects an answering machine writes that gives no other sign of itself."""

import pytest

from okrmate.mail.automatic import AutomaticKind, automatic_kind


@pytest.mark.parametrize(
    "subject",
    [
        "Abwesend: Re: Talk 1 with Ines",
        "Abwesenheitsnachricht",
        "Im Urlaub - Re: Talk 1 with Ines",
        "On vacation: Re: Talk 1 with Ines",
        "Absence : Re: Talk 1 with Ines",
        "Out of office: Talk 1 with Ines",
    ],
)
def test_an_answering_machine_is_known_by_its_subject(subject: str) -> None:
    assert automatic_kind({"subject": (subject,)}, ["tom@example.net"]) is AutomaticKind.REPLY


@pytest.mark.parametrize(
    "subject", ["Re: Talk 1 with Ines", "Absence makes the heart grow fonder", "On vacation pay and other things"]
)
def test_what_a_person_writes_is_not_taken_for_one(subject: str) -> None:
    assert automatic_kind({"subject": (subject,)}, ["tom@example.net"]) is None
