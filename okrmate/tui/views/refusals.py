"""Sentences of the use cases as the screens say them: where they name a command, the key that does the same."""

import re
from collections.abc import Mapping
from types import MappingProxyType

KEYS: Mapping[str, str] = MappingProxyType(
    {
        "inbox accept": "a in 5 Mail",
        "inbox list": "5 Mail",
        "meeting list": "4 Meeting",
        "meeting plan": "P in 4 Meeting",
        "okr activate": "A",
        "okr add": "i in 3 OKRs",
        "okr import": "i in 3 OKRs",
        "outbox list": "5 Mail, o",
        "outbox release": "S in 5 Mail",
        "person add": "a in 2 People",
        "person list": "2 People",
        "person pause": "z in 2 People",
        "person resume": "r in 2 People",
        "undo": "u",
    }
)
_COMMAND = re.compile(r"`okrmate (?P<words>[a-z]+(?: [a-z]+\b)?)(?P<more>[^`]*)`")


def with_keys(sentence: str, here: str = "") -> str:
    """The sentence with keys in place of commands; a command that no key does is named as it is.

    On the screen `here`, such as `5 Mail`, its own keys are named alone.
    """
    said = _COMMAND.sub(_key, sentence)
    said = said.replace(f" in {here}", "") if here else said
    return said.replace("i in 3 OKRs or i in 3 OKRs", "i in 3 OKRs")


def _key(found: re.Match[str]) -> str:
    """Only the last change can be taken back by `u`; an earlier one of a mail by `x`, where the mail stands."""
    words, _, more = found["words"].partition(" ") if found["words"].startswith("undo") else (found["words"], "", "")
    if words == "undo" and (more or found["more"]):
        return "x in 5 Mail"
    return KEYS.get(words, found[0])
