"""Each proposed point of an agenda in its two wordings: hers with the evidence, his with the topic."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from okrmate.domain.agenda import ItemKind, KeyResultFacts, ProposedItem, Suggestion
from okrmate.domain.meetings import AgendaItem, Promise
from okrmate.domain.people import Person, Side
from okrmate.frozen import Frozen, field
from okrmate.mail.words import Words
from okrmate.services.letters.item_texts import ItemTexts, Wording, item_texts
from okrmate.services.letters.key_result_lines import value_text

PLAIN = {
    ItemKind.WHAT_TOOK_TIME: Wording.TIME_TAKEN,
    ItemKind.STANDSTILL: Wording.ALL_WAITING,
    ItemKind.RIGHT_GOAL: Wording.RIGHT_GOAL,
    ItemKind.ACQUAINTANCE: Wording.INTRODUCTIONS,
    ItemKind.HOPES: Wording.DIFFERENCE,
    ItemKind.WORKING_TOGETHER: Wording.TOGETHER,
    ItemKind.LOOKING_BACK: Wording.LOOKING_BACK,
    ItemKind.LOOKING_AHEAD: Wording.LOOKING_AHEAD,
    ItemKind.FEEDBACK: Wording.FEEDBACK,
}


class Tellers(Frozen):
    """The two people an agenda is told to, and how each of them reads."""

    mentor: Person
    protege: Person
    hers: Words
    his: Words
    questions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """The questions as they are put, by id."""

    def texts(self, wording: Wording, **values: str | date) -> ItemTexts:
        """Both wordings of a point, with everybody's names at hand."""
        everything: dict[str, str | date] = {
            "mentor": self.mentor.first_name,
            "protege": self.protege.first_name,
            **values,
        }
        return item_texts(wording, everything, self.hers, self.his)


def tell(proposed: ProposedItem, tellers: Tellers) -> ItemTexts:
    """One point in both wordings."""
    if proposed.own is not None:
        return _own(proposed.own, tellers)
    if proposed.promises:
        return _promises(proposed.promises, tellers)
    if proposed.suggestion is not None:
        return _suggestion(proposed.kind, proposed.suggestion, tellers)
    if proposed.unheard:
        return _unheard(proposed.unheard, tellers)
    if proposed.key_result is not None:
        return _key_result(proposed.kind, proposed.key_result, tellers)
    if proposed.kind is ItemKind.QUESTION:
        return tellers.texts(Wording.QUESTION, number="1", question=tellers.questions[proposed.question])
    return tellers.texts(PLAIN[proposed.kind], date=proposed.since or "")


def _own(item: AgendaItem, tellers: Tellers) -> ItemTexts:
    wording = Wording.FROM_PROTEGE if item.by is Side.PROTEGE else Wording.FROM_MENTOR
    return tellers.texts(wording, words=item.text, date=item.at)


def _promises(promises: tuple[Promise, ...], tellers: Tellers) -> ItemTexts:
    wordings = {Side.PROTEGE: Wording.PROMISE_PROTEGE, Side.MENTOR: Wording.PROMISE_MENTOR}
    told = [tellers.texts(wordings[promise.by], topic=promise.text, date=promise.at) for promise in promises]
    return ItemTexts(hers="; ".join(each.hers for each in told), his="; ".join(each.his for each in told))


def _suggestion(kind: ItemKind, suggestion: Suggestion, tellers: Tellers) -> ItemTexts:
    words = " ".join(suggestion.words)
    if suggestion.by is Side.MENTOR:
        wording = Wording.SUGGESTION_MENTOR
    else:
        wording = Wording.SUGGESTION_TRIED if kind is ItemKind.DID_IT_HELP else Wording.SUGGESTION_NEW
    return tellers.texts(wording, words=words, date=suggestion.meeting_at)


def _unheard(unheard: tuple[KeyResultFacts, ...], tellers: Tellers) -> ItemTexts:
    refs = ", ".join(each.key_result.ref for each in unheard)
    wording = Wording.UNHEARD if len(unheard) == 1 else Wording.UNHEARD_SEVERAL
    return tellers.texts(wording, title=unheard[0].key_result.title, ref=refs)


def _key_result(kind: ItemKind, facts: KeyResultFacts, tellers: Tellers) -> ItemTexts:
    key_result, summary = facts.key_result, facts.summary
    metric = key_result.metric

    def shown(value: Decimal | None) -> str:
        return "" if value is None else value_text(metric, value, tellers.his)

    values = {
        "title": key_result.title,
        "ref": key_result.ref,
        "old": shown(facts.value_before),
        "new": shown(summary.value),
        "value": shown(summary.value),
        "words": summary.blocker,
    }
    match kind:
        case ItemKind.MOVED:
            return tellers.texts(Wording.MOVED, **values)
        case ItemKind.MOVED_DOWN:
            return tellers.texts(Wording.MOVED_BACK, **values)
        case ItemKind.STUCK:
            since = facts.stuck_since or summary.value_at
            return tellers.texts(Wording.WAITING, date=since or "", **values)
        case ItemKind.BLOCKED:
            at = summary.heard_at
            return tellers.texts(Wording.BLOCKED, date=at or "", **values)
        case _:
            return tellers.texts(Wording.UNKNOWN, date=summary.heard_at or "", **values)
