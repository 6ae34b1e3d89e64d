"""Whether what a mail program puts around a quote names somebody else than the two who write to each other here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from okrmate.domain.letters import QuotedLine
from okrmate.reply.folding import MAX_LINE, fold

_ADDRESS = re.compile(r"([^\s<>@:;,\"'()]{1,64})@([^\s<>@:;,\"'()]{1,190})")
_NAME = re.compile(r"[^\W\d_]{2,}")
_LABEL = re.compile(r"[*_ ]*[^\W\d_][^\d:<>@_]{0,24}?[*_ ]*:")


@dataclass(frozen=True, slots=True)
class Correspondents:
    """Those whose words a mail may quote without being another's: their addresses and the words of their names."""

    addresses: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, people: Iterable[tuple[str, str]]) -> "Correspondents":
        """These people, each by name and address."""
        known = tuple(people)
        return cls(
            addresses=frozenset(each for _, address in known for each in _addresses(fold(address))),
            names=frozenset(word for name, _ in known for word in _NAME.findall(fold(name))),
        )

    def miss(self, said: str) -> bool:
        """Whether a text names an address, or without any a person, and it is none of theirs."""
        named, words = set(_addresses(said)), set(_NAME.findall(_ADDRESS.sub(" ", said)))
        return bool(named or words) and not (named & self.addresses or words & self.names)


NOBODY = Correspondents()


def of_another(lines: Sequence[QuotedLine], known: Correspondents, *, headers: bool) -> bool:
    """Whether quoted headers, or an attribution, are of a mail by somebody who is not known.

    Of headers the first labelled one tells (From, in every program); an attribution has to name an address.
    """
    if not known.addresses:
        return False
    texts = [fold(line.text[:MAX_LINE]).strip() for line in lines]
    if not headers:
        said = " ".join(texts)
        return _ADDRESS.search(said) is not None and known.miss(said)
    labelled = [text for text in texts if _LABEL.match(text)]
    return bool(labelled) and known.miss(labelled[0].partition(":")[2])


def _addresses(said: str) -> list[str]:
    """The addresses in a folded text, without what stands behind a plus sign."""
    return [f"{local.partition('+')[0]}@{domain}" for local, domain in _ADDRESS.findall(said)]
