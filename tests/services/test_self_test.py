"""The self-test on fakes: a provider that does this or that, and a mentor who answers, or does not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from okrmate.domain.errors import MailLoginError, MailServerError, OkrmateError
from okrmate.frozen import replace
from okrmate.mail.outbound import token_of_message_id
from okrmate.mail.rendering import Composer
from okrmate.services.checks.findings import Finding, Verdict
from okrmate.services.checks.self_test import Learnt, SelfTest
from okrmate.services.ports import DeliveryState, Look
from tests.fakes import CountingTokens, FixedClock, MemoryMailbox, MemoryPostman
from tests.services.rooms import SHIPPED, Office

OWN = "olivia@example.org"
RECEIVED = b"Received: from out.example.org by mx.example.org; Mon, 2 Mar 2026 10:00:01 +0100\r\n"


class Outside(MemoryPostman):
    """A way out; what leaves by it is filed by the provider, by us, or not at all."""

    def __init__(self, *, files_itself: bool = False, takes_copies: bool = True) -> None:
        super().__init__()
        self.files_itself, self.takes_copies = files_itself, takes_copies

    def was_sent(self, message_id: str) -> bool:
        kept = [message for _, message in self.sent] if self.files_itself else self.filed
        return any(message_from_bytes(message)["Message-ID"] == message_id for message in kept)

    def file(self, message: bytes) -> None:
        if self.takes_copies:
            super().file(message)


@dataclass(slots=True, kw_only=True)
class Provider:
    """Carries what left into the mailbox, as a provider does, and is the one who waits before the test."""

    clock: FixedClock
    postman: Outside
    mailbox: MemoryMailbox
    answer: Callable[[EmailMessage], bytes | None] = lambda _: None
    takes_plus: bool = True
    renames: bool = False
    checks: str = ""
    folder: str = "INBOX"
    carries: bool = True
    patience: int = 1000
    findings: list[Finding] = field(default_factory=list)
    invitations: list[str] = field(default_factory=list)
    carried: int = 0
    letter: EmailMessage | None = None

    def told(self, finding: Finding) -> None:
        self.findings.append(finding)

    def invited(self, sentence: str) -> None:
        self.invitations.append(sentence)
        answer = self.answer(self.letter) if self.letter is not None else None
        if answer is not None:
            self.mailbox.arrive(answer, self.clock.now())

    def wait(self, seconds: float) -> None:
        self.clock.move(seconds=seconds)
        for recipient, message in self.postman.sent[self.carried :]:
            self.carried += 1
            if self.carries and (self.takes_plus or "+" not in recipient):
                arriving = message
                if self.renames:
                    arriving = message.replace(b"Message-ID: <self-test.", b"Message-ID: <another.")
                self.letter = as_mail(arriving)
                self.mailbox.arrive(self.checks.encode() + RECEIVED + arriving, self.clock.now(), self.folder)

    def goes_on(self, seconds: float) -> bool:
        self.wait(seconds)
        self.patience -= 1
        return self.patience < 0

    def verdicts(self) -> dict[str, Verdict]:
        return {finding.about: finding.verdict for finding in self.findings}

    def said(self, about: str) -> str:
        (found,) = [finding.said for finding in self.findings if finding.about == about]
        return found


def as_mail(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


def answering(text: str, sender: str = OWN) -> Callable[[EmailMessage], bytes]:
    """A mail program's answer with this text on top of the quoted letter."""

    def answer(letter: EmailMessage) -> bytes:
        mail = EmailMessage()
        mail["From"] = sender
        mail["To"] = letter["Reply-To"] or letter["From"]
        mail["Subject"] = f"Re: {letter['Subject']}"
        mail["Message-ID"] = "<answer@example.org>"
        mail["In-Reply-To"] = letter["Message-ID"]
        body = letter.get_body(("plain",))
        assert body is not None
        quoted = "".join(f"> {line}\n" for line in body.get_content().splitlines())
        mail.set_content(f"{text}\n\nOn Monday okrmate wrote:\n{quoted}")
        return mail.as_bytes()

    return answer


def answering_once(text: str) -> Callable[[EmailMessage], bytes | None]:
    """As `answering`, but she does not answer a second time."""
    texts = iter([text])

    def answer(letter: EmailMessage) -> bytes | None:
        said = next(texts, None)
        return None if said is None else answering(said)(letter)

    return answer


@pytest.fixture
def office() -> Office:
    """A home whose letters are the shipped ones."""
    found = Office(postman=Outside())
    found.room = replace(found.room, composer=Composer(SHIPPED))
    return found


def provider_of(office: Office, **habits: object) -> Provider:
    assert isinstance(office.postman, Outside)
    assert isinstance(office.room.mailbox, MemoryMailbox)
    return Provider(clock=office.clock, postman=office.postman, mailbox=office.room.mailbox, **habits)  # type: ignore[arg-type]


def tried(office: Office, provider: Provider, *, answer_within: int = 600, try_plus: bool = True) -> Learnt:
    return SelfTest(
        room=office.room,
        token=CountingTokens().new_token(),
        companion=provider,
        answer_within=timedelta(seconds=answer_within),
        try_plus=try_plus,
    ).run()


def test_the_whole_round_is_told_step_by_step(office: Office) -> None:
    provider = provider_of(office, answer=answering("KR 1.1: 3"))

    learnt = tried(office, provider)

    assert provider.verdicts() == dict.fromkeys(
        ("sent", "plus address", "filed", "arrived", "message-id", "clock", "answered", "applied", "removed"),
        Verdict.FINE,
    )
    assert learnt == Learnt(plus_addresses=True, files_sent=False, well=True)
    assert provider.said("applied") == "“3” was read, and moved the trial key result to 3."
    assert provider.said("arrived") == "it lies in INBOX."
    assert office.postman.rested == 1


def test_nothing_of_it_is_kept_in_the_home(office: Office) -> None:
    before = {name: dict(records) for name, records in office.store.records.items()}

    tried(office, provider_of(office, answer=answering("KR 1.1: 3")))

    assert office.store.records == before


def test_its_letter_is_none_that_any_home_would_take_for_a_letter_of_another(office: Office) -> None:
    tried(office, provider_of(office), answer_within=0)
    ((recipient, message),) = office.postman.sent

    assert token_of_message_id(as_mail(message)["Message-ID"]) is None
    assert recipient == as_mail(message)["To"].addresses[0].addr_spec
    assert as_mail(message)["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("try_plus", [True, False])
def test_without_plus_addresses_a_second_letter_makes_the_round(office: Office, try_plus: bool) -> None:
    provider = provider_of(office, takes_plus=False, answer=answering("KR 1.1: 3"))

    learnt = tried(office, provider, try_plus=try_plus)

    assert learnt == Learnt(plus_addresses=False if try_plus else None, files_sent=False, well=True)
    assert [recipient for recipient, _ in office.postman.sent][-1] == OWN
    assert len(office.postman.sent) == 1 + try_plus
    assert "Reply-To" not in as_mail(office.postman.sent[-1][1])
    assert provider.verdicts()["applied"] is Verdict.FINE


def test_a_plus_address_is_waited_for_a_minute_and_no_longer(office: Office) -> None:
    begun = office.clock.now()

    tried(office, provider_of(office, takes_plus=False), answer_within=0)

    assert timedelta(seconds=60) <= office.clock.now() - begun <= timedelta(seconds=66)


def test_a_plus_address_that_the_server_refuses_is_no_trouble(office: Office) -> None:
    office.postman.expect(DeliveryState.FAILED, "There is no such address.")

    learnt = tried(office, provider_of(office), answer_within=0)

    assert learnt == Learnt(plus_addresses=False, files_sent=False, well=True)


def test_plus_addresses_that_the_config_counts_on_and_that_do_not_arrive_are_wrong(office: Office) -> None:
    office.room = replace(office.room, rules=replace(office.rules, plus_addresses=True))
    provider = provider_of(office, takes_plus=False)

    learnt = tried(office, provider, answer_within=0)

    assert not learnt.well
    assert provider.said("plus address").endswith("Write plus_addresses = false under [mail].")


def test_a_provider_that_files_what_is_sent_gets_no_second_copy(office: Office) -> None:
    provider = provider_of(office)
    provider.postman.files_itself = True

    learnt = tried(office, provider, answer_within=0)

    assert learnt.files_sent is True
    assert office.postman.filed == []
    assert provider.said("filed") == "your provider files what is sent."


def test_where_nobody_files_what_is_sent_that_is_wrong(office: Office) -> None:
    provider = provider_of(office)
    provider.postman.takes_copies = False

    assert not tried(office, provider, answer_within=0).well
    assert 'write sent = "auto"' in provider.said("filed")


def test_a_message_id_that_is_replaced_does_not_matter_where_plus_addresses_arrive(office: Office) -> None:
    provider = provider_of(office, renames=True, answer=answering("KR 1.1: 3"))

    learnt = tried(office, provider)

    assert learnt.well
    assert "was replaced on the way" in provider.said("message-id")
    assert provider.verdicts()["applied"] is Verdict.FINE


def test_a_message_id_that_is_replaced_is_wrong_where_plus_addresses_do_not_arrive(office: Office) -> None:
    provider = provider_of(office, renames=True, takes_plus=False, answer=answering("KR 1.1: 3"))

    assert not tried(office, provider).well
    assert provider.verdicts()["message-id"] is Verdict.WRONG


def test_a_letter_among_junk_is_told_so(office: Office) -> None:
    office.room = replace(office.room, mailbox=JunkMailbox("INBOX", "Spam"))
    provider = provider_of(office, folder="Spam")

    assert not tried(office, provider, answer_within=0).well
    assert provider.said("arrived") == "it lies in Spam: tell your mail program that it is no junk."


class JunkMailbox(MemoryMailbox):
    """A mailbox in which whatever is not in the inbox is junk."""

    def look(self, folder: str, cursor: str | None, since: datetime) -> Look:
        found = super().look(folder, cursor, since)
        return replace(found, sightings=[replace(each, junk=folder != "INBOX") for each in found.sightings])


def test_a_letter_that_does_not_arrive_is_told_with_where_it_was_looked_for(office: Office) -> None:
    provider = provider_of(office, carries=False)

    learnt = tried(office, provider)

    assert not learnt.well
    assert provider.said("arrived").startswith("it was in none of INBOX within 60 s")
    assert provider.invitations == []


def test_a_letter_that_cannot_leave_is_told_in_the_servers_words(office: Office) -> None:
    for _ in range(2):
        office.postman.expect(DeliveryState.DEFERRED, "The server is busy.")
    provider = provider_of(office)

    assert not tried(office, provider).well
    assert provider.said("sent") == "The server is busy."


def test_an_answer_that_tells_no_number_moves_nothing(office: Office) -> None:
    provider = provider_of(office, answer=answering_once("KR 1.1: went rather well"))

    tried(office, provider)

    assert provider.verdicts()["applied"] is Verdict.WRONG


@pytest.mark.parametrize("off", [-2, 3, 60])
def test_a_clock_that_is_hours_off_the_servers_is_wrong(office: Office, off: int) -> None:
    office.clock.move(hours=off)
    provider = provider_of(office)

    assert not tried(office, provider, answer_within=0).well
    assert "apart: set this machine's" in provider.said("clock")


def test_the_server_that_checks_senders_is_learnt(office: Office) -> None:
    checks = "Authentication-Results: MX.example.org; spf=pass\nAuthentication-Results: old.example.com; none\n"
    provider = provider_of(office, checks=checks)
    assert tried(office, provider, answer_within=0).server == "mx.example.org"
    assert provider.verdicts()["senders"] is Verdict.UNKNOWN


def test_an_answer_is_not_waited_for_where_nobody_would_give_one(office: Office) -> None:
    provider = provider_of(office)

    assert tried(office, provider, answer_within=0).well
    assert provider.verdicts()["answered"] is Verdict.UNKNOWN
    assert provider.invitations == []


def test_she_may_go_on_without_answering(office: Office) -> None:
    provider = provider_of(office, patience=3)
    begun = office.clock.now()

    assert tried(office, provider).well
    assert provider.verdicts()["answered"] is Verdict.UNKNOWN
    assert office.clock.now() - begun < timedelta(seconds=20)
    assert provider.invitations == ["Answer that letter now in your mail program with one line, such as KR 1.1: 3."]


def test_an_answer_that_never_comes_ends_the_wait(office: Office) -> None:
    begun = office.clock.now()

    tried(office, provider_of(office), answer_within=120)

    assert timedelta(seconds=120) <= office.clock.now() - begun < timedelta(seconds=130)


def test_an_answer_nothing_is_understood_of_is_told_with_one_that_would_be(office: Office) -> None:
    provider = provider_of(office, answer=answering_once("Hello there"))

    assert not tried(office, provider).well
    assert provider.said("applied") == "nothing in it was understood; a line such as KR 1.1: 3 is."
    assert provider.verdicts()["answered"] is Verdict.FINE


def test_after_an_answer_nothing_is_understood_of_another_one_is_waited_for(office: Office) -> None:
    answers = iter([answering("1 i think"), answering("KR 1.1: 1")])

    def answer(letter: EmailMessage) -> bytes:
        return next(answers)(letter)

    provider = provider_of(office, answer=answer)

    assert tried(office, provider).well
    assert provider.invitations[1:] == [
        "Nothing in it was clear enough to be read. Answer once more, such as KR 1.1: 3."
    ]
    assert provider.said("applied") == "“1” was read, and moved the trial key result to 1."


def test_a_value_that_the_trial_key_result_does_not_take_is_told(office: Office) -> None:
    provider = provider_of(office, answer=answering("KR 1.1: 2.12345678901234"))

    tried(office, provider)

    assert provider.verdicts()["applied"] is Verdict.WRONG


def test_what_a_machine_answers_is_no_answer(office: Office) -> None:
    def vacation(letter: EmailMessage) -> bytes:
        return b"Auto-Submitted: auto-replied\r\n" + answering("KR 1.1: 3")(letter)

    provider = provider_of(office, answer=vacation)

    tried(office, provider, answer_within=10)

    assert provider.verdicts()["answered"] is Verdict.UNKNOWN


def test_other_mail_that_comes_by_meanwhile_is_passed_over(office: Office) -> None:
    provider = provider_of(office, answer=answering("KR 1.1: 3"))
    provider.mailbox.arrive(b"From: bank@example.com\nSubject: KR 1.1: 9\nMessage-ID: <b@x>\n\nKR 1.1: 9\n")

    tried(office, provider)

    assert provider.said("applied") == "“3” was read, and moved the trial key result to 3."


@pytest.mark.parametrize("error", [MailServerError("It is away."), MailLoginError("It does not know you.")])
def test_trouble_with_the_mailbox_ends_the_test_with_its_sentence(office: Office, error: OkrmateError) -> None:
    provider = provider_of(office)
    provider.mailbox.error = error

    assert tried(office, provider) == Learnt(well=False)
    assert provider.findings == [Finding(about="self-test", verdict=Verdict.WRONG, said=str(error))]
