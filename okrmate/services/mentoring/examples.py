"""Sets of OKRs to begin from: written out as somebody would paste them, with what is said of each key result."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from okrmate.domain.errors import UsageError
from okrmate.domain.okrs import OkrSet
from okrmate.frozen import replace
from okrmate.reply.drafts import draft_okrs
from okrmate.services.desk import Desk
from okrmate.services.mentoring.drafts import as_new
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import NewKeyResult, NewObjective, import_objectives


def examples() -> Mapping[str, str]:
    """What each example is about, in a few words, by its name."""
    return {name: each["title"] for name, each in _examples().items()}


def lines_of(name: str) -> str:
    """An example as somebody would paste it, or `UsageError` naming those there are."""
    if name not in _examples():
        raise UsageError(f"There is no example “{name}”; there are {', '.join(_examples())}.")
    return str(_examples()[name]["lines"])


def example(name: str) -> tuple[NewObjective, ...]:
    """The objectives and key results of an example with what is said of them, or `UsageError` as of `lines_of`."""
    number, objectives = 0, []
    drafted = as_new(draft_okrs(lines_of(name)))
    said = _examples()[name].get("said", {})
    for objective in drafted:
        key_results = []
        for each in objective.key_results:
            number += 1
            key_results.append(_with_said(each, said.get(str(number), {})))
        objectives.append(replace(objective, key_results=tuple(key_results)))
    return tuple(objectives)


def start_from_example(desk: Desk, pair: Pair, name: str) -> OkrSet:
    """Take an example into the draft, to be shaped; `undo` takes it back whole."""
    return import_objectives(desk, pair, example(name))


def _with_said(new: NewKeyResult, said: Mapping[str, Any]) -> NewKeyResult:
    sources = tuple(said.get("sources", ()))
    return replace(new, customer=said.get("customer", ""), behaviour=said.get("behaviour", ""), sources=sources)


@cache
def _examples() -> Mapping[str, Any]:
    source = files("okrmate.services.mentoring").joinpath("examples.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
