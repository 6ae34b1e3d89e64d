"""The question bank: thirty questions that come with okrmate, one file a language, and what the mentor made of them."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from okrmate.domain.people import Side
from okrmate.domain.questions import BankQuestion, Moment
from okrmate.services.ports import Reader
from okrmate.services.tables import OWN_QUESTIONS

LANGUAGES = ("en", "de")
PRIVATE = "private"
"""The name in a file under which a moment's questions stand that are the mentor's own to think over."""


def bank(reader: Reader, language: str = LANGUAGES[0]) -> tuple[BankQuestion, ...]:
    """Every question, those that come with okrmate first; where the mentor has words of her own, hers.

    In English where the bank does not speak the language.
    """
    own = {each.id: each for each in reader.every(OWN_QUESTIONS)}
    shipped = _shipped(language if language in LANGUAGES else LANGUAGES[0])
    added = [each for each in own.values() if each.id not in {known.id for known in shipped}]
    theirs = (own.get(each.id, each) for each in shipped)
    return tuple(BankQuestion(id=each.id, moment=each.moment, to=each.to, text=each.text) for each in (*theirs, *added))


@cache
def _shipped(language: str) -> tuple[BankQuestion, ...]:
    source = files("okrmate.services.mentoring").joinpath(f"questions_{language}.toml")
    moments = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple(each for moment in Moment for each in _of(moment, moments[moment]))


def _of(moment: Moment, questions: Mapping[str, str | Mapping[str, str]]) -> Iterator[BankQuestion]:
    for name, said in questions.items():
        if isinstance(said, str):
            yield BankQuestion(id=name, moment=moment, to=Side.PROTEGE, text=said)
        else:
            yield from (BankQuestion(id=each, moment=moment, to=Side.MENTOR, text=text) for each, text in said.items())
