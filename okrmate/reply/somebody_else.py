"""Whether what a mail program puts around a quote names somebody else than the two who write to each other here."""

import re
from collections.abc import Iterable, Sequence

from okrmate.domain.letters import QuotedLine
from okrmate.frozen import Frozen
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.lexicon import Lexicon

_ADDRESS = re.compile(r"([^\s<>@:;,\"'()]{1,64})@([^\s<>@:;,\"'()]{1,190})")
_NAME = re.compile(r"[^\W\d_]{2,}")
_LABEL = re.compile(r"[*_ ]*[^\W\d_][^\d:<>@_]{0,24}?[*_ ]*:")
_DIGITS = re.compile(r"\d+")
_BESIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\bvia\b.*", re.IGNORECASE)
"""What stands beside a name: where somebody works, or through what the mail came."""
_AROUND = " :-_=~<>,"
_NO_NAME = frozenset({"dr", "prof", "mr", "mrs", "ms", "herr", "frau", "mme", "uhr", "mailto"})
_ZONE = 4
"""Capital letters, so few, are half of a day or a zone of time ("AM", "CEST")."""
_SHORTENED = 3
"""From so many letters on the beginning of a name is a name for short."""


class Correspondents(Frozen, kw_only=False):
    """Those whose words a mail may quote without being another's: their addresses and the words of each one's names."""

    addresses: frozenset[str] = frozenset()
    people: tuple[frozenset[str], ...] = ()
    writer: "Correspondents | None" = None
    """The one of them who wrote the mail."""

    @classmethod
    def of(cls, people: Iterable[tuple[str, str]], writer: "Correspondents | None" = None) -> "Correspondents":
        """These people, each by name and address."""
        known = tuple(people)
        return cls(
            writer=writer,
            addresses=frozenset(each for _, address in known for each in _addresses(fold(address))),
            people=tuple(frozenset(_NAME.findall(fold(name))) for name, _ in known),
        )

    @property
    def names(self) -> frozenset[str]:
        """The words of all their names."""
        return frozenset().union(*self.people)

    def are_named(self, names: frozenset[str]) -> bool:
        """Whether these are the names of one of them: one may be missing or short, but none be somebody else's."""
        return any(
            person and (person <= names or all(any(_same(one, other) for other in person) for one in names))
            for person in self.people
        )


NOBODY = Correspondents()


def of_another(lines: Sequence[QuotedLine], known: Correspondents, words: Lexicon, *, headers: bool) -> bool:
    """Whether quoted headers, or an attribution, are of a mail by somebody who is not known.

    Of headers the first labelled one tells (From, in every program). An address tells before a name does.
    """
    texts = [line.text[:MAX_LINE].strip() for line in lines]
    said = next((text.partition(":")[2] for text in texts if _LABEL.match(text)), "") if headers else " ".join(texts)
    addresses = frozenset(_addresses(fold(said)))
    if not known.people or addresses & known.addresses:
        return False
    said = _BESIDE.sub(" ", _ADDRESS.sub(" ", said))
    names = _names(said) if headers else _writer(said, words)
    if not names:
        return bool(addresses and known.addresses)
    sure = headers or _DIGITS.search(said) is not None
    return not (known.are_named(names) if sure else known.names & names)


def _writer(said: str, words: Lexicon) -> frozenset[str]:
    """The names in an attribution: behind the moment and before the verb, or before the verb that begins it."""
    said = said.strip(_AROUND)
    low = fold(said)
    verb = max(words.ends("mail.wrote", low), words.ends("mail.wrote", f"{low}:"))
    capitals = _names(_DIGITS.split(said[:verb] if verb >= 0 else said)[-1], capital=True)
    found = None if capitals or verb >= 0 else words.find("mail.wrote", low)
    return _names(said[: found[0]], capital=True) if found and not _DIGITS.search(said[: found[0]]) else capitals


def _names(said: str, *, capital: bool = False) -> frozenset[str]:
    """The words of names in a text, folded; where other words stand there too, those with a capital."""
    found = _NAME.findall(said)
    if capital:
        found = [word for word in found if not word.islower() and not (word.isupper() and len(word) <= _ZONE)]
    return frozenset(map(fold, found)) - _NO_NAME


def _same(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _SHORTENED and longer.startswith(shorter))


def _addresses(said: str) -> list[str]:
    """The addresses in a folded text, without what stands behind a plus sign."""
    return [f"{local.partition('+')[0]}@{domain}" for local, domain in _ADDRESS.findall(said)]
