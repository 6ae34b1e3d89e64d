"""The IMAP client's own reading and the logins, against servers that say what no honest one does."""

import base64
import imaplib
import itertools
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from datetime import date

import pytest

from okrmate.adapters.imap import client as client_module
from okrmate.adapters.imap import connection as connection_module
from okrmate.adapters.imap.answers import Folder
from okrmate.adapters.imap.client import LARGEST_ANSWER, EndlessError, connected, hang_up
from okrmate.adapters.imap.connection import ImapConnection
from okrmate.adapters.imap.news import Cursor, Marks, news
from okrmate.config import Auth
from okrmate.domain.errors import MailLoginError, MailServerError, OkrmateError
from tests.adapters.scripted_imap import PATIENCE, ScriptedImap

PASSWORD = 'Tr0ub4dor "&3'
TOKEN = "ya29.A0ARrdaM-secret"


class Secrets:
    def __init__(self, secret: str) -> None:
        self._secret = secret

    def secret(self, *, fresh: bool = False) -> str:
        return self._secret


def pieces(*said: str) -> Iterable[str]:
    """Pieces that arrive one after the other, not as one."""
    pause = threading.Event()
    for piece in said:
        yield piece
        pause.wait(0.05)


def everything(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield f"{error!r} {error.__dict__} {''.join(traceback.format_exception(error))}"
        error = error.__cause__ or error.__context__


def obliging(tag: str, command: str) -> Iterable[str]:
    return [f"{tag} OK done\r\n"]


def refused(server: ScriptedImap, secret: str, auth: Auth = Auth.PASSWORD) -> OkrmateError:
    with pytest.raises(OkrmateError) as caught:
        ImapConnection(server.settings(auth), Secrets(secret))
    assert secret not in "".join(everything(caught.value))
    return caught.value


# -------------------------------------------------------------------- reading


def test_a_line_that_comes_in_pieces_is_one_line() -> None:
    with ScriptedImap(lambda tag, _: pieces("* 5 EX", "IS", "TS\r", "\n")) as server:
        client = connected(server.settings())
        client.send(b"x IDLE\r\n")

        assert client.line_within(5) == b"* 5 EXISTS"
        hang_up(client)


def test_lines_that_come_at_once_are_heard_one_by_one_and_without_waiting_for_more() -> None:
    with ScriptedImap(lambda tag, _: ["* 5 EXISTS\r\n* 1 RECENT\r\n* 6 EX"]) as server:
        client = connected(server.settings())
        client.send(b"x IDLE\r\n")

        heard = [client.line_within(5), client.line_within(0), client.line_within(0), client.line_within(0.05)]
        hang_up(client)
    assert heard == [b"* 5 EXISTS", b"* 1 RECENT", None, None]


def test_a_wait_that_was_in_vain_harms_nothing() -> None:
    with ScriptedImap(obliging) as server:
        client = connected(server.settings())

        assert client.line_within(0.01) is None
        assert client.noop()[0] == "OK"
        hang_up(client)


def test_the_end_of_a_connection_is_no_silence() -> None:
    with ScriptedImap(lambda tag, _: ["* 5 EX", ""]) as server:
        client = connected(server.settings())
        client.send(b"x IDLE\r\n")
        with pytest.raises(imaplib.IMAP4.abort):
            client.line_within(5)
        hang_up(client)


def test_a_literal_that_comes_in_pieces_is_whole() -> None:
    def answers(tag: str, _: str) -> Iterable[str]:
        return pieces("* 1 FETCH (UID 7 BODY[] {", "10}\r\n01234", "56789 UID", f" 7)\r\n{tag} OK done\r\n")

    with ScriptedImap(answers) as server:
        client = connected(server.settings())
        client.state = "SELECTED"

        assert client.uid("FETCH", "7", "BODY.PEEK[]")[1][0] == (b"1 (UID 7 BODY[] {10}", b"0123456789")
        hang_up(client)


def test_a_line_without_an_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "LONGEST_LINE", 1000)
    with ScriptedImap(lambda tag, _: ["* " + "x" * 2000]) as server:
        client = connected(server.settings())
        with pytest.raises(EndlessError, match="without an end"):
            client.noop()
        hang_up(client)


def test_nor_is_it_while_news_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "LONGEST_LINE", 1000)
    with ScriptedImap(lambda tag, _: pieces("* " + "x" * 600, "x" * 600)) as server:
        client = connected(server.settings())
        client.send(b"x IDLE\r\n")
        with pytest.raises(EndlessError, match="without an end"):
            client.line_within(PATIENCE)
        hang_up(client)


def test_a_literal_that_nobody_asked_for_is_not_read() -> None:
    with ScriptedImap(lambda tag, _: [f"* 1 FETCH (BODY[] {{{LARGEST_ANSWER + 1}}}\r\nabc"]) as server:
        client = connected(server.settings())
        with pytest.raises(EndlessError, match="more than was asked for"):
            client.noop()
        hang_up(client)


def test_a_number_that_can_be_none_breaks_the_connection_and_nothing_else() -> None:
    def answers(tag: str, command: str) -> Iterable[str]:
        size = "7" * 5000 if command == "NOOP" else "2"
        return [f"* 1 FETCH (BODY[] {{{size}}}\r\nab)\r\n{tag} OK done\r\n"]

    with ScriptedImap(answers) as server:
        connection = ImapConnection(server.settings(), Secrets(PASSWORD))
        with pytest.raises(MailServerError, match="gave an answer that is no IMAP"):
            connection.check()

    assert connection.closed


# -------------------------------------------------------------------- answers without an end


def for_ever(tag: str, command: str) -> Iterable[str]:
    """Says something again and again, never long after the last time, but to a login and to the opening of a folder."""
    if command.startswith(("LOGIN", "EXAMINE")):
        return [f"{tag} OK done\r\n"]
    return itertools.chain(["+ idling\r\n"] if command == "IDLE" else [], pieces(*["* OK Still here\r\n"] * 1000))


def idle(connection: ImapConnection) -> None:
    connection.begin_idle()
    connection.end_idle()


COMMANDS: dict[str, Callable[[ImapConnection], object]] = {
    "NOOP": ImapConnection.check,
    "LIST": ImapConnection.folders,
    "APPEND": lambda connection: connection.append(b"Subject: hello\r\n\r\n", Folder.named("Sent")),
    "IDLE": idle,
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_server_that_goes_on_talking_is_listened_to_for_so_long(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedImap(for_ever) as server:
        connection = ImapConnection(server.settings(), Secrets(PASSWORD))
        connection.open(Folder.named("INBOX"))
        monkeypatch.setattr(connection_module, "ENOUGH", 0.06)
        with pytest.raises(MailServerError, match="does not come to an end with its answer"):
            COMMANDS[command](connection)

    assert connection.closed


def test_so_is_one_that_does_not_come_to_the_end_of_a_login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "ENOUGH", 0.2)

    def asks(tag: str, command: str) -> Iterable[str]:
        return pieces("+ \r\n")

    with ScriptedImap(asks, "AUTH=PLAIN") as server:
        assert isinstance(refused(server, PASSWORD), MailServerError)


def test_an_answer_of_many_lines_is_not_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "LARGEST_ANSWER", 1_000_000)

    def floods(tag: str, command: str) -> Iterable[str]:
        return itertools.repeat("* 1 X\r\n" * 1000) if command == "NOOP" else obliging(tag, command)

    with ScriptedImap(floods) as server:
        client = connected(server.settings())
        with pytest.raises(EndlessError):
            client.noop()
        hang_up(client)

    assert 0 < len(client.untagged_responses["X"]) < 10_000


def test_what_nobody_asked_for_is_forgotten_with_the_next_command() -> None:
    def answers(tag: str, command: str) -> Iterable[str]:
        return [f'* LIST () "/" Ghost\r\n{tag} OK done\r\n' if command == "NOOP" else f"{tag} OK done\r\n"]

    with ScriptedImap(answers) as server:
        connection = ImapConnection(server.settings(), Secrets(PASSWORD))
        connection.check()

        assert connection.folders() == ()
        connection.close()


def test_an_answer_may_last_as_long_as_its_bytes_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "SLOWEST", 10)
    with ScriptedImap(lambda tag, _: pieces(*["* OK Still here\r\n"] * 5, f"{tag} OK done\r\n")) as server:
        client = connected(server.settings())
        client.begin(0.1)

        assert client.noop()[0] == "OK"
        hang_up(client)


def test_a_good_bye_that_does_not_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "_PARTING", 0.1)
    with ScriptedImap(for_ever) as server:
        connection = ImapConnection(server.settings(), Secrets(PASSWORD))
        begun = time.monotonic()
        connection.close()

        assert time.monotonic() - begun < PATIENCE / 2


@pytest.mark.parametrize("size", ["7" * 5000, "99999999999"])
def test_nor_is_one_that_is_no_imap(size: str) -> None:
    def answers(tag: str, command: str) -> Iterable[str]:
        return [f"* 1 FETCH (BODY[] {{{size}}}\r\n"] if command == "LOGOUT" else obliging(tag, command)

    with ScriptedImap(answers) as server:
        connection = ImapConnection(server.settings(), Secrets(PASSWORD))
        connection.close()

    assert connection.closed


# -------------------------------------------------------------------- logins


@pytest.mark.parametrize("offers", ["", "AUTH=PLAIN"])
def test_a_password_a_server_repeats_is_not_repeated_by_us(offers: str) -> None:
    def echo(tag: str, command: str) -> Iterable[str]:
        if command == "AUTHENTICATE PLAIN":
            return ["+ \r\n"]
        if not command:  # the words of the exchange
            return [f"{last_tag()} NO wrong: {tag} {base64.b64decode(tag)!r}\r\n"]
        return [f"{tag} NO wrong: {command}\r\n"]

    with ScriptedImap(echo, offers) as server:

        def last_tag() -> str:
            return server.asked[-2].partition(" ")[0]

        error = refused(server, PASSWORD)

    assert isinstance(error, MailLoginError)
    assert "Tr0ub4dor" not in str(error)
    assert base64.b64encode(f"\0vera\0{PASSWORD}".encode()).decode() not in str(error)


def test_a_command_the_server_does_not_understand_is_no_leak() -> None:
    with ScriptedImap(lambda tag, command: [f"{tag} BAD what is {command}?\r\n"]) as server:
        assert isinstance(refused(server, PASSWORD), MailLoginError)


def test_the_reason_of_a_refusal_is_told() -> None:
    with ScriptedImap(
        lambda tag, _: [f"{tag} NO [ALERT] Application-specific password required: https://example.org/a\r\n"]
    ) as server:
        error = refused(server, PASSWORD)

    assert "(Application-specific password required: https://example.org/a)" in str(error)


@pytest.mark.parametrize("code", ["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG"])
def test_what_the_server_lacks_for_now_is_no_refusal(code: str) -> None:
    with ScriptedImap(lambda tag, _: [f"{tag} NO [{code}] Try later.\r\n"]) as server:
        error = refused(server, PASSWORD)

    assert str(error) == ("The IMAP server 127.0.0.1 takes no login for now (Try later); it is asked again later.")
    assert isinstance(error, MailServerError)


@pytest.mark.parametrize(
    "said",
    [
        "[ALERT] Too many simultaneous connections. (Failure)",
        "[ALERT] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)",
    ],
)
def test_nor_is_that_others_are_connected_already(said: str) -> None:
    with ScriptedImap(lambda tag, _: [f"{tag} NO {said}\r\n"]) as server:
        assert isinstance(refused(server, PASSWORD), MailServerError)


def test_a_server_that_hangs_up_during_the_login_has_not_refused_it() -> None:
    with ScriptedImap(lambda _, command: [f"* BYE too much of {command}\r\n", ""]) as server:
        assert isinstance(refused(server, PASSWORD), MailServerError)


def test_the_details_of_a_refused_token_are_answered_with_nothing_of_it() -> None:
    def answers(tag: str, command: str) -> Iterable[str]:
        if command.startswith("AUTHENTICATE"):
            return ["+ \r\n"]
        if tag:
            return ["+ eyJzdGF0dXMiOiI0MDAifQ==\r\n"]
        return [f"{server.asked[-3].partition(' ')[0]} NO [AUTHENTICATIONFAILED] Invalid credentials\r\n"]

    with ScriptedImap(answers, "AUTH=XOAUTH2") as server:
        error = refused(server, TOKEN, Auth.OAUTH2)

    assert "(Invalid credentials)" in str(error)
    exchange = base64.b64encode(f"user=vera\1auth=Bearer {TOKEN}\1\1".encode()).decode()
    assert [line for line in server.asked if not line.endswith("CAPABILITY")][1:3] == [exchange, ""]


def test_a_server_that_takes_no_tokens_is_told() -> None:
    with ScriptedImap(lambda tag, _: [f"{tag} BAD unknown mechanism\r\n"]) as server:
        assert "check username and token" in str(refused(server, TOKEN, Auth.OAUTH2))


@pytest.mark.parametrize("greeting", ["* BYE not now\r\n", "220 smtp.example.org\r\n", "\r\n"])
def test_a_greeting_that_is_none_is_told(greeting: str) -> None:
    with ScriptedImap(obliging, greeting=greeting) as server:
        assert "hangs up or does not speak IMAP" in str(refused(server, PASSWORD))


# -------------------------------------------------------------------- commands


def test_a_command_that_is_not_understood_leaves_the_connection_as_it_is() -> None:
    def answers(tag: str, command: str) -> Iterable[str]:
        bad = command.startswith("CREATE")
        return [f"{tag} BAD no\r\n" if bad else f"{tag} OK done\r\n"]

    with ScriptedImap(answers) as server:
        connection = ImapConnection(server.settings(), Secrets(PASSWORD))

        assert connection.create(Folder.named("Done")) is False
        connection.check()
        assert not connection.closed
        connection.close()


def test_a_server_that_does_not_tell_the_next_number_is_asked_for_the_last() -> None:
    def answers(tag: str, command: str) -> Iterable[str]:
        if command.startswith("EXAMINE"):
            return [f"* 2 EXISTS\r\n* OK [UIDVALIDITY 9] valid\r\n{tag} OK done\r\n"]
        return [f"* SEARCH 4 17\r\n{tag} OK done\r\n" if "SEARCH" in command else f"{tag} OK done\r\n"]

    with ScriptedImap(answers) as server:
        connection = ImapConnection(server.settings(), Secrets(PASSWORD))
        new = news(connection.open(Folder.named("INBOX")), None, date(2026, 1, 1), Marks(), answers_only=False)
        connection.close()

    assert (new.uids, new.cursor) == ((), Cursor(validity=9, following=18))
