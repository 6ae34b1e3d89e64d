"""Lines that hurried people write, nearly three thousand in nine languages: read as meant, or asked about."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from okrmate.reply.explain import explain

PERSONS = [
    person
    for name in ("hurried.toml", "adversary.toml")
    for person in tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))["person"]
]
CASES = [(person, says) for person in PERSONS for says in person["says"]]

_MEANT = re.compile(
    r"(?P<kr>[0-9]\.[0-9])"
    r"(?:=(?P<set>-?[0-9.]+)|\+(?P<add>-?[0-9.]+)| (?P<op>done|note|blocked|nochange)| conf (?P<confidence>\w+))"
)

Said = frozenset[tuple[str, str, str]]


def meaning(written: str) -> tuple[Said, str]:
    """What a meaning of the file stands for: the updates, and the command."""
    if written.startswith("!"):
        return frozenset(), written[1:]
    return frozenset(_update(one.strip()) for one in written.split(";") if one.strip()), ""


def _update(written: str) -> tuple[str, str, str]:
    if written == "?":
        return "", "ambiguous", ""
    found = _MEANT.fullmatch(written)
    assert found, written
    for op in ("set", "add", "confidence"):
        if found[op]:
            return found["kr"], op, _plain(found[op])
    return found["kr"], found["op"], ""


def _plain(value: object) -> str:
    try:
        return f"{float(str(value)):.2f}"
    except ValueError:
        return str(value)


def understood(text: str, context: Mapping[str, object]) -> tuple[Said, str]:
    """What the program reads: its updates, and the command."""
    answer = explain({"id": "line", "text": text, "context": context})
    updates = answer.get("updates") or []
    assert isinstance(updates, list)
    said = frozenset(
        ("", "ambiguous", "")
        if one["op"] == "ambiguous"
        else (str(one["kr"]), str(one["op"]), _plain(one["value"]) if "value" in one else "")
        for one in updates
    )
    return said, str(answer.get("command") or "")


@pytest.mark.parametrize(("person", "says"), CASES, ids=[f"{who['name']}-{how['locale']}" for who, how in CASES])
def test_what_hurried_people_write_is_read_as_meant_or_asked_about(
    person: Mapping[str, object], says: Mapping[str, object]
) -> None:
    context = {"krs": person["key_results"], "locale": says["locale"]}
    lines = says["lines"]
    assert isinstance(lines, list)
    wrong = {
        text: (right, found)
        for text, right in lines
        if (found := understood(text, context)) not in [meaning(one.strip()) for one in right.split("|")]
    }
    assert wrong == {}
