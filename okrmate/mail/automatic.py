"""Whether a machine wrote a mail: the signs of RFC 3834 and the ones programs used before it, by headers alone."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from okrmate.mail.headers import decoded_words

Headers = Mapping[str, tuple[str, ...]]


class AutomaticKind(StrEnum):
    """What kind of machine wrote it."""

    REPLY = "automatic reply"
    LIST = "mailing list"
    NOTICE = "automatic mail"
    REPORT = "delivery report"


_REPLY_FIELDS = frozenset({"x-autoreply", "x-autorespond", "x-autoresponder", "x-autoreply-from", "x-vacation"})
_LIST_FIELDS = frozenset(
    {"list-id", "list-post", "list-help", "list-subscribe", "list-unsubscribe", "list-owner", "list-archive"}
)
_PRECEDENCE = {
    "bulk": AutomaticKind.NOTICE,
    "junk": AutomaticKind.NOTICE,
    "list": AutomaticKind.LIST,
    "auto_reply": AutomaticKind.REPLY,
}
_REPORTERS = re.compile(r"(?:mailer-?daemon|postmaster|mail-daemon)\Z")
_NOBODY = re.compile(r"(?:no|do-?not|never)[-_.]?reply\b")
_REPLY_SUBJECT = re.compile(
    # What answering machines without any of the headers above write, as the mail programs' own translations put it.
    r"(?:auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|automatische (?:antwort|antwoord)"
    r"|abwesenheits(?:notiz|assistent|meldung|nachricht)|r[ée]ponse automatique|risposta automatica"
    r"|respuesta autom[áa]tica"
    r"|resposta autom[áa]tica|autosvar|automatiskt svar|automaattinen vastaus|odpowied[źz] automatyczna)\b"
    # And words a person could use too, where the subject that is answered, or nothing, follows.
    r"|(?:abwesen(?:d|heit)|nicht im (?:büro|haus)|im urlaub|on (?:annual leave|vacation|holiday)|absente? du bureau"
    r"|absence|fuera de la oficina|fuori (?:sede|ufficio)|fora do escrit[óo]rio|afwezig(?:heid)?|buiten kantoor"
    r"|fr[åa]nvarande|ej p[åa] kontoret)\s*(?:[:–-]|\Z)",
    re.IGNORECASE,
)


def automatic_kind(headers: Headers, senders: Iterable[str]) -> AutomaticKind | None:
    """The kind of machine that wrote the mail with these headers, or None where a person did."""
    content_type = "".join(headers.get("content-type", ())[:1]).lower()
    if "disposition-notification" in content_type:
        return AutomaticKind.NOTICE  # a receipt (RFC 8098): a program says that the mail was opened
    if content_type.startswith("multipart/report") or _is_report(headers, senders):
        return AutomaticKind.REPORT
    submitted = _first_word(headers, "auto-submitted")
    precedence = _PRECEDENCE.get(_first_word(headers, "precedence"))
    if submitted == "auto-replied" or precedence is AutomaticKind.REPLY or _has(headers, _REPLY_FIELDS):
        return AutomaticKind.REPLY
    if _REPLY_SUBJECT.match(decoded_words("".join(headers.get("subject", ())[:1]))):
        return AutomaticKind.REPLY
    if precedence is AutomaticKind.LIST or _has(headers, _LIST_FIELDS):
        return AutomaticKind.LIST
    unanswerable = any(_NOBODY.match(sender.partition("@")[0]) for sender in senders)
    if submitted not in {"", "no"} or precedence is not None or unanswerable or _has_no_return_path(headers):
        return AutomaticKind.NOTICE
    return None


def _is_report(headers: Headers, senders: Iterable[str]) -> bool:
    by_daemon = any(_REPORTERS.match(sender.partition("@")[0]) for sender in senders)
    return "x-failed-recipients" in headers or by_daemon


def _has_no_return_path(headers: Headers) -> bool:
    return any(not value.strip("<> \t") for value in headers.get("return-path", ())[:1])


def _has(headers: Headers, names: frozenset[str]) -> bool:
    return not names.isdisjoint(headers)


def _first_word(headers: Headers, name: str) -> str:
    words = re.split(r"[\s;(]", "".join(headers.get(name, ())[:1]).strip().lower(), maxsplit=1)
    return words[0]
