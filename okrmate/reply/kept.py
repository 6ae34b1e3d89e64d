"""What is kept of a mail and what is taken out, line by line, and what of it comes to the sender's own words."""

from collections.abc import Sequence
from enum import StrEnum

from okrmate.domain.letters import QuotedLine
from okrmate.frozen import Frozen
from okrmate.reply.attribution import attribution, lead
from okrmate.reply.banners import below_banner
from okrmate.reply.footers import above_notices, device, footer
from okrmate.reply.header_blocks import announced, announces_quote, divider, header_block
from okrmate.reply.lexicon import Lexicon


class Why(StrEnum):
    """Why lines were taken out."""

    OURS = "ours"
    QUOTED = "quoted"
    ATTRIBUTION = "attribution"
    HEADER = "header"
    DIVIDER = "divider"
    SIGNATURE = "signature"
    DEVICE = "device"
    FOOTER = "footer"
    NOTICE = "notice"


class Answer(Frozen):
    """Words written behind or under a line of ours; `to` is the block's id, a key result's label, or our line."""

    to: str
    text: str


class Removed(Frozen):
    """How many lines were taken out for one reason."""

    why: Why
    lines: int


class OwnWords(Frozen):
    """What the sender wrote: `text` above or between what is ours, `answers` by what they stand under.

    `edited` are key results (refs) whose displayed line was typed over, `quoted` the lines of a quote whose letter
    is not known. `empty_reason` is never empty where there are no words.
    """

    text: str
    mode: str
    answers: tuple[Answer, ...] = ()
    removed: tuple[Removed, ...] = ()
    sure: bool = True
    empty_reason: str = ""
    edited: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()

    @property
    def everything(self) -> str:
        """All of the sender's words in one text."""
        return "\n".join(part for part in (self.text, *(answer.text for answer in self.answers)) if part)


class Keeping:
    """What both ways of reading share: the place in the mail, and what was kept and taken out so far."""

    mode = "plain"

    def __init__(self, lines: Sequence[QuotedLine], words: Lexicon) -> None:
        self.lines = lines
        self.words = words
        self.text: list[str] = []
        self.answers: list[tuple[str, list[str]]] = []
        self.removed: dict[Why, int] = {}
        self.edited: list[str] = []
        self.quoted: list[str] = []
        self.sure = True

    def take_out(self, why: Why, count: int = 1) -> None:
        """Count lines that are not the sender's."""
        self.removed[why] = self.removed.get(why, 0) + count

    def keep(self, text: str) -> None:
        """Take a line as the sender's."""
        self.text.append(text)

    def answer(self, to: str, text: str) -> None:
        """Add words to what stands under `to`; further lines go on where the last ones were for it too."""
        if self.answers and self.answers[-1][0] == to:
            self.answers[-1][1].append(text)
        else:
            self.answers.append((to, [text]))

    def around(self, at: int) -> tuple[int, Why | None]:
        """How many lines from `at` on are what a mail program adds around a quote, and what; they are taken out."""
        line = self.lines[at]
        if count := header_block(self.lines, at, self.words):
            why = Why.HEADER
        elif count := attribution(self.lines, at, self.words):
            why = Why.ATTRIBUTION
            if before := lead(line, self.words):
                self.keep(before)
        elif count := footer(self.lines, at, self.words):
            why = Why.FOOTER
        elif count := int(divider(line, self.words) or announces_quote(line, self.words)):
            why = Why.DIVIDER
            count += announced(self.lines, at + 1, self.words) if announces_quote(line, self.words) else 0
        elif count := int(device(line, self.words)):
            why = Why.DEVICE
        else:
            return 0, None
        self.take_out(why, count)
        return count, why

    def _take_out_notices(self) -> None:
        """Cut notices of lawyers off what stands last in either place."""
        for kept in (self.text, self.answers[-1][1] if self.answers else []):
            end = above_notices(kept, self.words)
            if end < len(kept):
                self.take_out(Why.NOTICE, len(kept) - end)
                del kept[end:]

    def result(self) -> OwnWords:
        """What was kept and taken out so far, without the notices under it and the warning over it."""
        self._take_out_notices()
        if warned := below_banner(self.text, self.words):
            self.take_out(Why.NOTICE, warned)
            del self.text[:warned]
        text = "\n".join(self.text).strip("\n")
        answers = tuple(
            Answer(to=to, text=joined) for to, parts in self.answers if (joined := "\n".join(parts).strip())
        )
        empty = not text.strip() and not answers
        reason = ("only what was quoted" if self.removed else "no text") if empty else ""
        return OwnWords(
            text=text,
            mode=self.mode,
            answers=answers,
            removed=tuple(Removed(why=why, lines=count) for why, count in self.removed.items()),
            sure=self.sure,
            empty_reason=reason,
            edited=tuple(dict.fromkeys(self.edited)),
            quoted=tuple(self.quoted),
        )
