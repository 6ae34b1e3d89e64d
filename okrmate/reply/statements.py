"""From lines to what they say of key results: sentences, the references in them, and what belongs to each."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from okrmate.frozen import Frozen
from okrmate.reply.amounts import Amount, read_amount
from okrmate.reply.clauses import ClauseReader
from okrmate.reply.commands import asks_undo
from okrmate.reply.context import ReplyContext
from okrmate.reply.folding import MAX_LINE, composed, fold
from okrmate.reply.headings import names_another, sets_apart
from okrmate.reply.joints import JointReader
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.pieces import Piece
from okrmate.reply.reader import SentenceReader, says
from okrmate.reply.references import references
from okrmate.reply.retractions import in_the_same_line, of_everything, on_the_next_line
from okrmate.reply.sentences import sentences
from okrmate.reply.settling import settle
from okrmate.reply.titles import leading_title, title_words
from okrmate.reply.unreferred import UnreferredReader
from okrmate.reply.updates import Op, Outcome, Place, Problem, ProblemReason, Update

MAX_OUTCOMES = 200
"""More than this on one mail is read no further: far beyond what is held for the mentor anyway."""

_REGRET = " .,!:…–—-"
_BULLET = re.compile(r"\s*(?:(?P<sign>[-+–])|[•·▪◦‣>])\s+|\s+")
_BENEATH = re.compile(r"(?:\t|\s{2,})(?:[-*+•–◦▪]|[a-z0-9][.)])\s+")
_CODED = re.compile(r"[(\[#*]*(?:KR ?)?[0-9]{1,2}\.[0-9]", re.IGNORECASE)
_LIST_NUMBER = re.compile(r"\s*[0-9]{1,2}[.)]\s+")
_GREETED = re.compile(r"(?:\s+[^\W\d_][\w.'-]*){0,3}\s*[,!:–-]\s*")
_ORDINAL_DOTS = frozenset({"de"})
"""Languages in which `3. Mai` is the third of May."""

_ASKS_AFTER_NUMBER = re.compile(r"(?<=[0-9]\.)\s+(?=[A-ZÀ-Ý¿])")
_CHEERED = re.compile(r"\s*(?:[:,!–-]|\.{2,}|…)\s+")
_CLOSE_QUOTES = " \"')]}🙂😊👍🎉"
_LAST_VALUE = re.compile(r".*[0-9%€$£]", re.DOTALL)
_FRAME = " .,;:!()[]–—-"
_SHOWN = re.compile(r"\(kr (?P<ref>[0-9]{1,2}\.[0-9]{1,2})\)\s*$")


class Statement(Frozen):
    """A line or sentence of the person's; `about` is the ref of the key result it was written under, if any."""

    text: str
    about: str = ""


class Said(Frozen):
    """What a statement says of key results, and whether it says so of "the rest"; without outcomes it is prose."""

    text: str
    outcomes: tuple[Outcome, ...] = ()
    rest: bool = False

    @property
    def prose(self) -> bool:
        """Whether nothing of it was understood."""
        return not self.outcomes and not self.rest


def read_updates(text: str, context: ReplyContext) -> tuple[Outcome, ...]:
    """What `text`, all of it the person's own words, says of the key results of `context`."""
    return settle(StatementReader(context).read(Statement(text=line) for line in text.splitlines()), context)


class StatementReader(SentenceReader):
    """Reads statements against one context."""

    def __init__(self, context: ReplyContext) -> None:
        """Take the words of the locale, also for the sentences whose reference stands behind or is not there."""
        super().__init__(context)
        self._clauses = ClauseReader(context)
        self._unreferred = UnreferredReader(context)
        self._joints = JointReader(context, self._unreferred)
        self._read: dict[Statement, tuple[Said, ...]] = {}
        self._titled = frozenset[str]().union(*(title_words(kr.title) for kr in context.key_results))
        self._known: Collection[str] = self._titled
        """Words that are nobody else's name."""

    def read(self, statements: Iterable[Statement]) -> list[Said]:
        """What the statements say, sentence by sentence."""
        return [one for said in self.read_each(statements) for one in said]

    def heed(self, lines: Iterable[str], known: Collection[str] = ()) -> None:
        """Read these lines of one mail beside each other; what that puts in doubt is in doubt also when read alone.

        `known` are the names of the two who write to each other, folded: the numbers of anybody else are not theirs.
        """
        self._known = self._titled.union(known)
        statements = [Statement(text=line) for line in lines]
        self._read |= dict(zip(statements, map(tuple, self.read_each(statements)), strict=True))

    def read_each(self, statements: Iterable[Statement]) -> list[list[Said]]:
        """What each statement says.

        One that takes back those above it ("not really") leaves them to be asked about, and so does a heading that
        says that what stands below it is not so now ("Next month:").
        """
        read: list[list[Said]] = []
        count = 0
        apart = stated = False
        for statement in statements:
            if statement not in self._read:  # what a line says is asked before it is decided where it belongs
                line, about = composed(statement.text).strip(), statement.about
                self._read[statement] = tuple(_placed(one, line, about) for one in self._line(line, about))
            said: list[Said] = []
            beneath = bool(read) and stated and _is_beneath(statement)
            for one in self._read[statement]:
                readable = count < MAX_OUTCOMES
                said.append(one if readable and not beneath else Said(text=one.text))
                count += len(one.outcomes) if readable else 0
            if said and stated:
                self._withdraw(read, said[0])
            stated = stated or any(one.outcomes for one in said)
            if all(one.prose for one in said):
                apart = bool(said) and not statement.about and sets_apart(said[-1].text, self._words, self._known)
            elif apart:
                said = [_in_doubt(one) for one in said]
            read.append(said)
        return read

    def _withdraw(self, above: list[list[Said]], said: Said) -> None:
        """Put what stands above in doubt where a line that begins with `said` takes it back.

        A joke takes back everything, other words the last line; words said of one key result only what was said of it.
        """
        remark, kr = _remark_of(said)
        if not on_the_next_line(fold(remark), self._words):
            return
        spoken = [at for at, line in enumerate(above) if line]
        for at in spoken if kr or of_everything(fold(remark), self._words) else spoken[-1:]:
            above[at] = [_in_doubt(one, kr) for one in above[at]]

    def _line(self, line: str, about: str) -> Iterable[Said]:
        """What a line says, its words as pieces of it."""
        text = Piece(line)
        if not text:
            return
        if len(text) > MAX_LINE:
            yield Said(text=text)
            return
        said = [piece for one in self._sentences(text) for piece in self._cut(one, about, whole_line=one == text)]
        doubted = set(range(len(said))) if self._framed(text, said) else set()
        for position, one in enumerate(said):
            if not position or not one.prose:
                continue
            if of_everything(fold(one.text), self._words):
                doubted.update(range(position))
            elif in_the_same_line(fold(one.text), self._words):
                doubted.add(position - 1)
        yield from (_in_doubt(one) if position in doubted else one for position, one in enumerate(said))

    def _framed(self, line: str, said: Sequence[Said]) -> bool:
        """Whether what stands before the first key result of a line, or behind several values, sets them all apart."""
        outcomes = [one for each in said for one in each.outcomes]
        first = next(references(fold(line), self._context), None) if outcomes else None
        if first is None:
            return False
        last = _LAST_VALUE.search(line)
        tail = line[last.end() :] if last else ""
        rest = self._words.starts("rest", fold(tail.strip(_FRAME))) >= 0  # "rest next week" is of none of them
        frames = [line[: first.start].rstrip(), *([tail.strip(_FRAME)] if len(outcomes) > 1 and not rest else [])]
        if names_another(frames[0], self._words, self._known):
            return True
        return any(sets_apart(frame, self._words, self._known) for frame in frames) or (
            tail.startswith(".") and in_the_same_line(fold(tail.strip(_FRAME)), self._words)
        )

    def _sentences(self, line: Piece) -> Iterable[str]:
        """The sentences of a line; "Oops." belongs to what it corrects."""
        begins = end = 0
        for one in _questions_apart(line, self._words):
            end = line.index(one, end) + len(one)
            if self._words.whole("correction", fold(one).strip(_REGRET)):
                continue
            yield line[begins:end].strip()
            begins = end
        if line[begins:].strip():
            yield line[begins:].strip()

    def _cut(self, text: str, about: str, *, whole_line: bool) -> list[Said]:
        """A sentence in one piece, or in several where the later ones speak of other things by themselves."""
        low = fold(text)
        cuts = self._joints.cuts(text, low, about)
        if cuts:
            first = self._sentence(text[: cuts[0][0]], about, whole_line=whole_line)
            if any(one.outcomes or one.rest for one in first):
                ends = [*(before for before, _ in cuts[1:]), len(text)]
                pieces = [text[at:end].strip() for (_, at), end in zip(cuts, ends, strict=True)]
                return [*first, *(said for one in pieces for said in self._piece(one))]
        return self._sentence(text, about, whole_line=whole_line)

    def _piece(self, text: str) -> list[Said]:
        """What a piece says that was cut off: a wish for the list is words."""
        return (
            [Said(text=text)] if self._joints.is_list_wish(fold(text)) else self._sentence(text, "", whole_line=False)
        )

    def _sentence(self, text: str, about: str, *, whole_line: bool) -> list[Said]:
        low = fold(text)
        if asks_undo(low, self._words):
            return [Said(text=text, outcomes=(_undo(text, low, self._context),))]
        if low.rstrip(_CLOSE_QUOTES).endswith("?"):
            return [Said(text=text)]
        listed = _LIST_NUMBER.match(low)
        bullet = listed or _BULLET.match(low)
        start = bullet.end() if bullet else 0
        start = self._past_opening(low, start)
        if any(self._words.starts(name, low, start) >= 0 for name in ("conditional", "example")):
            return [Said(text=text)]
        shown = self._shown(text, low, start)
        if shown is not None:
            return [Said(text=text, outcomes=shown)]
        spoken = self._clauses.read(text, low, start, numbered=bool(listed))
        if spoken and spoken.outcomes:
            head = [Said(text=text[:start].lstrip() + spoken.head)] if spoken.head else []
            body = text[spoken.start if head else 0 :].strip()
            return [*head, Said(text=body, outcomes=spoken.outcomes), *(Said(text=one) for one in spoken.unsaid)]
        outcomes: tuple[Outcome, ...] = ()
        if spoken is None:
            outcomes = self._unreferred.read(text, low, start, about, listed=bool(listed), whole_line=whole_line)
            signed = bullet is not None and not listed and bullet["sign"]
            if signed and len(low.split()) == 2 and any(says(one, Op.SET) for one in outcomes):  # noqa: PLR2004 -- "- 1"
                outcomes = (Problem(reason=ProblemReason.SIGN_OR_DASH, words=text, kr=about),)
        if not outcomes and self._unreferred.says_rest(low, start):
            return [Said(text=text, rest=True)]
        return [Said(text=text, outcomes=outcomes)]

    def _past_opening(self, low: str, start: int) -> int:
        """Past a greeting with its name, or a cheer such as "great week:"; "Morning runs: 20" greets nobody."""
        title = leading_title(low, start, self._context.key_results, self._words)
        if title and title.content > 1:
            return start
        greeting = self._words.starts("greeting", low, start)
        named = _GREETED.match(low, greeting) if greeting >= 0 else None
        if named:
            return named.end()
        cheered = self._past(low, start, "cheer", between=" ")
        paused = _CHEERED.match(low, cheered) if cheered > start else None
        return paused.end() if paused else start

    def _shown(self, text: str, low: str, start: int) -> tuple[Outcome, ...] | None:
        """A key result as our letter shows it: the same says nothing, typed over it is asked about."""
        found = _SHOWN.search(low)
        kr = self._context.find(found["ref"]) if found else None
        title = leading_title(low, start, (kr,), self._words) if kr else None
        if not kr or not title:
            return None
        amount = (
            read_amount(low, title.end + 2, self._bodies.manner(kr)) if low[title.end : title.end + 2] == ": " else None
        )
        if not isinstance(amount, Amount) or low[amount.end :].strip(" .,").startswith("(kr"):
            return None
        if amount.value == kr.current:
            return ()
        return (Problem(reason=ProblemReason.EDITED_QUOTE, kr=kr.ref, words=text),)


def _is_beneath(statement: Statement) -> bool:
    """Whether it is a point under another line, which it explains: "  - chapter 6"; one with a code is none."""
    found = _BENEATH.match(statement.text)
    return found is not None and not _CODED.match(statement.text, found.end())


def _placed(said: Said, line: str, about: str) -> Said:
    """What a line says in plain words, and each outcome with the place of those it rests on."""
    outcomes = tuple(_with_place(one, line, about) for one in said.outcomes)
    return Said(text=str(said.text), outcomes=outcomes, rest=said.rest)


def _with_place(one: Outcome, line: str, about: str) -> Outcome:
    piece = one.words if isinstance(one.words, Piece) else Piece(line)
    place = Place(line=line, start=piece.start, end=piece.end, about=about)
    if isinstance(one, Update):
        return replace(one, words=str(one.words), note=str(one.note), places=(place,))
    return replace(one, words=str(one.words), places=(place,))


def _questions_apart(line: Piece, words: Lexicon) -> Iterable[str]:
    """The sentences, the question of "6. Talk on Monday?" cut off where no number with a dot is an ordinal."""
    ordinals = words.order[0] in _ORDINAL_DOTS
    for one in sentences(line):
        yield from _ASKS_AFTER_NUMBER.split(one) if one.endswith("?") and not ordinals else (one,)


def _undo(text: str, low: str, context: ReplyContext) -> Problem:
    """An undo in a sentence is asked about, with the one key result it names."""
    named = {ref for one in references(low, context) for ref in one.known}
    return Problem(reason=ProblemReason.UNDO, kr=named.pop() if len(named) == 1 else "", words=text)


def _remark_of(said: Said) -> tuple[str, str]:
    """The words of a sentence that changes nothing, and the ref of the key result they were said of, if any."""
    match said.outcomes:
        case ():
            return said.text, ""
        case (Update(op=Op.NOTE, note=note, kr=kr),):
            return note, kr
        case (Problem(words=words, kr=kr),):
            return words, kr
        case _:
            return "", ""


def _in_doubt(said: Said, kr: str = "") -> Said:
    """What was said, of the key result `kr` or of any, to be asked about."""
    asked = tuple(
        Problem(reason=ProblemReason.UNCLEAR_VALUE, kr=one.kr, words=said.text, places=one.places)
        if kr in {"", one.kr} and says(one, Op.SET, Op.ADD, Op.DONE, Op.BLOCKED, Op.CONFIDENCE)
        else one
        for one in said.outcomes
    )
    return Said(text=said.text, outcomes=asked, rest=said.rest)
