"""What the style sheets and attributes of a mail's HTML declare of an element: names to values, the strongest last."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

Declared: TypeAlias = Mapping[str, str]

RULE_LIMIT = 200
"""Selectors that are read of all sheets together; the larger mails of shops have as many."""
STYLE_LIMIT = 2_000
"""Characters that are read of one element's declarations."""

NOTHING: Declared = MappingProxyType({})

_COMMENT = re.compile(r"/\*|<!--|-->|\*/")
_BRACE = re.compile(r"[{}]")
_ALWAYS = re.compile(r"@media\s+(?:all|screen)")
"""Conditions that every reader's screen meets, and so are none."""
_COMPOUND = re.compile(r"(\*|[a-z][a-z0-9]*)?((?:[.#][\w-]+)*)")
_IMPORTANT = "!important"


class _Selector(NamedTuple):
    """The last part of a selector; `within` says that it holds only inside of, or beside, something else."""

    tag: str
    names: frozenset[str]
    within: bool

    @property
    def weight(self) -> tuple[int, int, int]:
        """How strong it is: ids, then classes, then tags (CSS Selectors 4, section 17)."""
        ids = sum(name.startswith("#") for name in self.names)
        return ids, len(self.names) - ids, int(bool(self.tag))


class Sheet:
    """The rules of all style sheets in one mail that hold under no condition, by what they are selected by."""

    def __init__(self, texts: Iterable[str], properties: frozenset[str]) -> None:
        """Read the sheets for these properties; a rule without any of them is not kept."""
        rules: dict[_Selector, Declared] = {}
        for selector, found in _rules(texts, properties):
            rules[selector] = joined(rules.get(selector, NOTHING), found)
            if len(rules) > RULE_LIMIT:
                break
        self.is_cut = len(rules) > RULE_LIMIT
        self._rules = sorted(rules.items(), key=lambda rule: rule[0].weight)
        self._names = frozenset(name for selector in rules for name in selector.names)
        self._known: dict[tuple[str, frozenset[str]], tuple[Declared, Declared]] = {}

    def __bool__(self) -> bool:
        """Whether any rule was found."""
        return bool(self._rules)

    def of(self, tag: str, attributes: Mapping[str, str]) -> tuple[Declared, Declared]:
        """What is declared of an element for certain, and what only where it stands in the right place."""
        if not self._rules:
            return NOTHING, NOTHING
        classes = (f".{name}" for name in attributes.get("class", "").lower().split())
        names = self._names.intersection((f"#{attributes.get('id', '').strip().lower()}", *classes))
        if (tag, names) not in self._known:
            self._known[tag, names] = self._matching(tag, names)
        return self._known[tag, names]

    def _matching(self, tag: str, names: frozenset[str]) -> tuple[Declared, Declared]:
        certain = perhaps = NOTHING
        for selector, found in self._rules:
            if selector.tag not in {"", tag} or not selector.names <= names:
                continue
            if selector.within:
                perhaps = joined(perhaps, found)
            else:
                certain = joined(certain, found)
        return certain, perhaps


@lru_cache(maxsize=1024)
def declared(style: str) -> Declared:
    """The declarations of one attribute or rule, in small letters."""
    found: Declared = NOTHING
    for one in style[:STYLE_LIMIT].lower().split(";"):
        name, _, value = one.partition(":")
        if value.strip():
            found = joined(found, {name.strip(): value.strip()})
    return found


def joined(weaker: Declared, stronger: Declared) -> Declared:
    """Two sets of declarations as one; what is important yields only to what is important too."""
    if not weaker or not stronger:
        return weaker or stronger
    kept = {name: value for name, value in stronger.items() if value.endswith(_IMPORTANT) or not _is_firm(weaker, name)}
    return {**weaker, **kept}


def value(found: Declared, name: str) -> str:
    """The value of a property without the mark of importance; empty where there is none."""
    return found.get(name, "").removesuffix(_IMPORTANT).strip()


def _is_firm(found: Declared, name: str) -> bool:
    return found.get(name, "").endswith(_IMPORTANT)


def _rules(texts: Iterable[str], properties: frozenset[str]) -> Iterator[tuple[_Selector, Declared]]:
    for text in texts:
        for selectors, body in _blocks(_without_comments(text.lower())):
            found = {name: said for name, said in declared(body).items() if name in properties}
            if found:
                yield from ((one, found) for each in selectors.split(",") if (one := _selector(each)))


def _without_comments(sheet: str) -> str:
    kept, at = [], 0
    for mark in _COMMENT.finditer(sheet):
        if mark.start() < at:
            continue
        kept.append(sheet[at : mark.start()])
        end = sheet.find("*/", mark.end()) if mark[0] == "/*" else mark.end() - 2
        at = end + 2 if end >= 0 else len(sheet)
    return " ".join((*kept, sheet[at:]))


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors and declarations of each rule that holds under no condition."""
    heads: list[str] = []
    conditions = at = 0
    for brace in _BRACE.finditer(sheet):
        text, at = sheet[at : brace.start()], brace.end()
        if brace[0] == "{":
            heads.append(text.rpartition(";")[2].strip())
            conditions += _is_condition(heads[-1])
        elif heads:
            head = heads.pop()
            conditions -= _is_condition(head)
            if not conditions and not head.startswith("@"):
                yield head, text


def _is_condition(head: str) -> bool:
    return head.startswith("@") and _ALWAYS.fullmatch(head) is None


def _selector(said: str) -> _Selector | None:
    """A selector by its last part; None where that says more than tag, ids and classes (states, attributes)."""
    if len(said) > STYLE_LIMIT:
        return None
    parts = re.split(r"[\s>+~]+", said.strip())
    last = _COMPOUND.fullmatch(parts[-1])
    if last is None or not last[0]:
        return None
    names = frozenset(re.findall(r"[.#][\w-]+", last[2]))
    return _Selector(tag="" if last[1] in {None, "*"} else last[1], names=names, within=len(parts) > 1)


NO_SHEET = Sheet((), frozenset())
