"""A talk prepared, as its mentor reads it: the one question with its reason, and each thing in a line, by sections."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum

from okrmate.domain.agenda import ItemKind, KeyResultFacts, Suggestion
from okrmate.domain.meetings import Promise
from okrmate.domain.people import Side
from okrmate.domain.preparing import MostWorth, Worth
from okrmate.frozen import Frozen
from okrmate.mail.markup import shorten
from okrmate.mail.words import Words
from okrmate.services.letters.key_result_lines import value_text
from okrmate.services.mentoring.preparation import MOVED, Noticed, Preparation
from okrmate.services.mentoring.tactics import Tried

QUOTED = 60
"""Signs of somebody's words inside a line."""
STILL = {
    ItemKind.STUCK: "still_stuck",
    ItemKind.BLOCKED: "still_blocked",
    ItemKind.UNKNOWN: "still_unknown",
    ItemKind.UNHEARD: "still_unheard",
}


class SectionName(StrEnum):
    """The sections, in the order they are read."""

    MOVED = "moved"
    STILL = "still"
    PROMISED = "promised"
    SUGGESTED = "suggested"
    ADVICE = "advice"
    ANSWERED = "answered"
    NOTES = "notes"
    THINK_OVER = "think_over"


class Section(Frozen):
    """What is known under one title, a line each."""

    name: SectionName
    title: str
    lines: tuple[str, ...]


class PreparationTexts(Frozen):
    """The question most worth asking, why, and what to listen for; `asking` are the titles of these three."""

    ask: str
    because: str
    listen: str
    asking: tuple[str, str, str]
    sections: tuple[Section, ...]


def preparation_texts(prepared: Preparation, words: Words) -> PreparationTexts:
    """A prepared talk in the mentor's own language; sections with nothing in them are left out."""
    texts = _Texts(prepared, words)
    lines = (
        (SectionName.MOVED, [texts.noticed(each) for each in prepared.moved]),
        (SectionName.STILL, [texts.noticed(each) for each in prepared.still]),
        (SectionName.PROMISED, [texts.promise(each) for each in prepared.promises]),
        (SectionName.SUGGESTED, [texts.suggestion(each) for each in prepared.suggestions]),
        (SectionName.ADVICE, list(texts.advice())),
        (SectionName.ANSWERED, list(texts.answers())),
        (SectionName.NOTES, [_quoted(each.text) for each in prepared.notes[:2]]),
        (SectionName.THINK_OVER, [prepared.think_over.text] if prepared.think_over else []),
    )
    return PreparationTexts(
        ask=texts.worth("ask"),
        because=texts.worth("because"),
        listen=texts.worth("listen"),
        asking=(texts.say("ask"), texts.say("because"), texts.say("listen")),
        sections=tuple(Section(name=name, title=texts.say(name), lines=tuple(found)) for name, found in lines if found),
    )


class _Texts:
    """Sentences about one prepared talk."""

    def __init__(self, prepared: Preparation, words: Words) -> None:
        self.prepared = prepared
        self.words = words
        self.protege = prepared.pair.protege.first_name

    def say(self, name: str, **values: str) -> str:
        return self.words.phrase("prepare", name, protege=self.protege, **values)

    def worth(self, part: str) -> str:
        found = self.prepared.worth
        values = {**self._values(found.key_result), "protege": self.protege}
        values["tactic"] = _quoted(found.tactic.title) if found.tactic else ""
        values["date"] = self.day(found.since) if found.since else ""
        return self.words.phrase(f"worth.{self._worth(found)}", part, **values)

    def noticed(self, each: Noticed) -> str:
        """A key result in a line: what became of it, and why, by what is known."""
        values = {**self._values(each.facts), "date": self._since(each)}
        line = self.say("moved_line" if each.kind in MOVED else STILL[each.kind], **values)
        if each.note and each.kind is not ItemKind.BLOCKED:
            line = self.say("note", line=line, words=_quoted(each.note))
        tactic = each.tried.tactic if each.tried else None
        if each.kind in MOVED:
            return self.say("trying", line=line, words=_quoted(tactic.title)) if tactic and not each.note else line
        return self._tried(line, each.tried) if each.kind in (ItemKind.STUCK, ItemKind.UNKNOWN) else line

    def promise(self, promise: Promise) -> str:
        name = "promise_yours" if promise.by is Side.MENTOR else "promise_theirs"
        until = self.say("promise_due", date=self.day(promise.due)) if promise.due else self.day(promise.at)
        return self.say(name, words=_quoted(promise.text), date=until)

    def suggestion(self, suggestion: Suggestion) -> str:
        name = "suggestion_yours" if suggestion.by is Side.MENTOR else "suggestion_theirs"
        return self.say(name, words=_quoted(" ".join(suggestion.words)))

    def advice(self) -> Iterator[str]:
        advice = self.prepared.advice
        suggested = {(each.by, " ".join(each.words)) for each in self.prepared.suggestions}
        if advice is None or (not advice.did and (Side.MENTOR, advice.words) in suggested):
            return
        if advice.did:
            yield self.say("advice_tried", words=_quoted(advice.did))
        else:
            yield self.say("advice_given", words=_quoted(advice.words), date=self.day(advice.at))

    def answers(self) -> Iterator[str]:
        for note in self.prepared.answers:
            yield self.say("answer", words=_quoted(note.text), question=_quoted(note.asked))

    def day(self, moment: date | datetime) -> str:
        return self.words.when(moment, "short_date")

    def _worth(self, found: MostWorth) -> Worth:
        """A tactic or a day that is not known cannot be named."""
        nameless = found.worth is Worth.STANDSTILL and found.since is None
        return Worth.ALL_WELL if nameless else found.worth

    def _values(self, facts: KeyResultFacts | None) -> dict[str, str]:
        if facts is None:
            return dict.fromkeys(("title", "ref", "old", "value", "words"), "")
        metric, summary = facts.key_result.metric, facts.summary
        before, now = (
            "" if value is None else value_text(metric, value, self.words)
            for value in (facts.value_before, summary.value)
        )
        return {
            "title": shorten(facts.key_result.title, QUOTED),
            "ref": facts.key_result.ref,
            "old": before,
            "value": now,
            "words": _quoted(summary.blocker),
        }

    def _since(self, each: Noticed) -> str:
        summary = each.facts.summary
        since = each.facts.stuck_since if each.kind is ItemKind.STUCK else summary.heard_at
        return self.day(since) if since else ""

    def _tried(self, line: str, tried: Tried | None) -> str:
        if tried is None or tried.tactic.begun_at is None:
            return self.say("nothing_tried", line=line)
        name = "had_chance" if tried.had_its_chance else "running"
        return self.say(name, line=line, words=_quoted(tried.tactic.title), date=self.day(tried.tactic.begun_at))


def _quoted(text: str) -> str:
    return shorten(" ".join(text.split()), QUOTED)
