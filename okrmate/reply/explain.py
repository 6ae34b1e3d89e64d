"""`okrmate explain --jsonl` without its mail: one record in, what would be understood out, in the contract's shapes."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from okrmate.domain.letters import FIRST, Block, LetterKind, Question
from okrmate.domain.metrics import MetricKind
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.reply.advice import Advice, advice
from okrmate.reply.closing import ClosingWords, closing
from okrmate.reply.coming import rsvp
from okrmate.reply.context import KeyResultContext, Pending, ReplyContext
from okrmate.reply.drafts import DraftKeyResult, DraftOkrs, draft_okrs
from okrmate.reply.folding import fold
from okrmate.reply.forms import AgendaWords, FeedbackWords, agenda, feedback
from okrmate.reply.pulse import PulseWords, pulse
from okrmate.reply.reading import LetterContext, quoted_lines, read, read_plain
from okrmate.reply.sent import blocks_of_text, draft_blocks
from okrmate.reply.somebody_else import Correspondents
from okrmate.reply.titles import WORD, stem
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Op, Outcome, Problem
from okrmate.reply.welcomes import agreed, aims, was_read


class OddRecordError(ValueError):
    """A record that is not in one of the shapes; the message is a sentence."""


def context_of(record: object) -> ReplyContext:
    """The context of a record: `{"krs": […], "locale"?, "pending"?}`."""
    if not isinstance(record, Mapping):
        raise OddRecordError("context must be an object with krs.")
    return ReplyContext(
        key_results=tuple(_key_result(each) for each in _objects(record.get("krs"), "krs")),
        locale=_text(record.get("locale")),
        pending=tuple(_pending(each) for each in _objects(record.get("pending"), "pending")),
    )


def _objects(content: object, name: str) -> list[Mapping[str, object]]:
    if content is None:
        return []
    if (
        not isinstance(content, Sequence)
        or isinstance(content, str)
        or not all(isinstance(each, Mapping) for each in content)
    ):
        raise OddRecordError(f"{name} must be a list of objects.")
    return list(content)


def _text(content: object) -> str:
    return content if isinstance(content, str) else ""


def _decimal(content: object) -> Decimal | None:
    if content is None or isinstance(content, bool) or not isinstance(content, int | float | str):
        return None
    try:
        value = Decimal(str(content))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _key_result(content: Mapping[str, object]) -> KeyResultContext:
    try:
        kind = MetricKind(_text(content.get("kind")) or MetricKind.COUNT)
    except ValueError as error:
        raise OddRecordError(f"There is no kind of key result called {content.get('kind')!r}.") from error
    return KeyResultContext(
        ref=_text(content.get("ref")),
        title=_text(content.get("title")),
        kind=kind,
        baseline=_decimal(content.get("baseline")),
        target=_decimal(content.get("target")),
        current=_decimal(content.get("current")),
        unit=_text(content.get("unit")),
        measure=_text(content.get("measure")),
        previous=_decimal(content.get("previous")),
    )


def _pending(content: Mapping[str, object]) -> Pending:
    op = _text(content.get("op"))
    return Pending(
        kr=_text(content.get("kr")),
        choice=_text(content.get("choice")),
        op=Op(op) if op in set(Op) else None,
        value=_decimal(content.get("value")),
    )


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def outcome_json(outcome: Outcome) -> dict[str, object]:
    """An update or problem as the contract has it; a problem is the op `ambiguous` with its reason as note."""
    if isinstance(outcome, Problem):
        asked: dict[str, object] = {"kr": outcome.kr or None, "op": "ambiguous", "note": str(outcome.reason)}
        if outcome.candidates:
            asked["candidates"] = list(outcome.candidates)
        return asked
    said: dict[str, object] = {"kr": outcome.kr, "op": str(outcome.op)}
    if outcome.track is not None:
        said["value"] = str(outcome.track)
    elif outcome.value is not None:
        said["value"] = _number(outcome.value)
    if outcome.note:
        said["note"] = outcome.note
    if outcome.approximate:
        said["approx"] = True
    return said


_ASKED = re.compile(r"([^\W\d_]+), ")
_SIGNED = re.compile(r"^([^\W\d_]+) \([^()\n]*okrmate\)$", re.MULTILINE)

LETTERS: Mapping[str, LetterKind | None] = {
    "welcome": LetterKind.WELCOME,
    "invitation": LetterKind.INVITATION,
    "agenda": LetterKind.AGENDA,
    "feedback": LetterKind.FEEDBACK,
    "exchange": LetterKind.EXCHANGE,
    "ack": LetterKind.ACKNOWLEDGEMENT,
    "reply": LetterKind.REPLY,
    "check-in": LetterKind.CHECK_IN,
    "digest": LetterKind.DIGEST,
    "coach": LetterKind.COACH,
    "refine-summary": LetterKind.REFINE_SUMMARY,
    "mid-cycle": LetterKind.MID_CYCLE,
    "closing": LetterKind.CLOSING,
}
"""The letters of the contract by name; any other is read as words for the mentor."""


def explain(record: Mapping[str, object]) -> dict[str, object]:
    """What would be understood of one record; odd input gives `{"id", "error"}`, never an exception."""
    known = {"id": record.get("id")}
    try:
        if "reply" in record:
            return known | _letter(record)
        if "form" in record:
            return known | {
                "form": _form(_text(record.get("form")), _text(record.get("text")), _text(record.get("locale")))
            }
        if "text" in record:
            return known | _updates(_text(record.get("text")), context_of(record.get("context")))
    except OddRecordError as error:
        return known | {"error": str(error)}
    return known | {"error": "A record needs text, form or reply."}


def _updates(text: str, context: ReplyContext) -> dict[str, object]:
    understood = read_plain(text, context)
    said: dict[str, object] = {"updates": [outcome_json(one) for one in understood.outcomes]}
    if understood.command:
        said["command"] = str(understood.command.name)
        said["updates"] = []
    return said


def _form(form: str, text: str, locale: str) -> dict[str, object]:
    match form:
        case "feedback":
            return feedback_json(feedback(text, locale))
        case "agenda":
            given = agenda(text, locale)
            return agenda_json(given, remark="\n".join(given.left))
        case "rsvp":
            answer = rsvp(text, locale)
            return {"rsvp": str(answer)} if answer else {}
        case "advice":
            return {"advice": [advice_json(one) for one in advice(text, locale)]}
        case "draft_okrs":
            return draft_json(draft_okrs(text, locale))
        case "score":
            return closing_json(closing(text, locale))
        case _:
            return _asked_form(form, text, locale)


def _asked_form(form: str, text: str, locale: str) -> dict[str, object]:
    """The forms that answer one question each: a number, aims, consent."""
    match form:
        case "pulse":
            felt = pulse(text, locale)
            return {"helpful": felt.helpful, "because": felt.because}
        case "aims":
            wanted = aims(text, locale)
            return {"aims": list(wanted.aims), "gain": wanted.gain}
        case "agree":
            consent = agreed(text, locale)
            return {"agree": consent.given, "wishes": list(consent.left)}
        case "read":
            seen = was_read(text, locale)
            return {"read": seen.given, "questions": list(seen.left)}
        case _:
            raise OddRecordError(f"There is no form called {form!r}.")


def feedback_json(given: FeedbackWords) -> dict[str, object]:
    """A feedback form as the contract has it."""
    if given.no_meeting:
        return {"no_meeting": True}
    said: dict[str, object] = {"positive": list(given.positive), "suggestion": list(given.suggestion)}
    return said | ({"missing": list(given.missing)} if given.missing else {})


def agenda_json(given: AgendaWords, *, remark: str = "") -> dict[str, object]:
    """The agenda form as the contract has it; a point with minutes is an object."""
    said: dict[str, object] = {
        "add": [
            {"text": one.text, "minutes": one.minutes} if one.minutes is not None else one.text for one in given.add
        ],
        "remove": list(given.remove),
        "move": [list(pair) for pair in given.move],
        "approve": given.approve,
        "remark": given.remark or remark,
        "reschedule_request": given.reschedule_request,
    }
    return {name: content for name, content in said.items() if content or name == "add"}


def advice_json(given: Advice) -> dict[str, object]:
    """A piece of advice; an impact that is not said is null."""
    return {"did": given.did, "impact": given.impact or None}


def draft_json(given: DraftOkrs) -> dict[str, object]:
    """A draft as the contract has it."""
    said: dict[str, object] = {
        "objectives": [
            {"title": one.title, "krs": [_draft_key_result(each) for each in one.key_results]}
            for one in given.objectives
        ]
    }
    return said | ({"prose": given.prose} if given.prose else {})


def _draft_key_result(given: DraftKeyResult) -> dict[str, object]:
    said: dict[str, object] = {"title": given.title, "kind": str(given.kind)}
    if given.target is not None:
        said["target"] = _number(given.target)
    said["baseline"] = None if given.baseline is None else _number(given.baseline)
    return said | ({"missing": list(given.missing)} if given.missing else {})


def pulse_json(given: PulseWords) -> dict[str, object]:
    """The pulse as the contract has it; a number that is not said is null."""
    said = {"because": given.because, "one_higher": given.one_higher}
    return {"helpful": given.helpful} | {name: text for name, text in said.items() if text}


def closing_json(given: ClosingWords) -> dict[str, object]:
    """Scores, what was learned, and what goes on or may go."""
    scores = [
        {"kr": one.kr, "score": float(one.score), **({"note": one.note} if one.note else {})} for one in given.scores
    ]
    said: dict[str, object] = {
        "scores": scores,
        "learned": given.learned,
        "carry": list(given.carry),
        "drop": list(given.drop),
    }
    return {name: content for name, content in said.items() if content}


def _letter(record: Mapping[str, object]) -> dict[str, object]:
    """A reply to a letter of which only the text part is at hand."""
    context = context_of(record.get("context"))
    if not context.locale:
        context = replace(context, locale=_text(record.get("language")))
    asked = _ASKED.match(_text(record.get("sent")))
    context = replace(context, writer=context.writer or (asked[1] if asked else ""))
    lines = quoted_lines(_text(record.get("reply")))
    name = _text(record.get("letter"))
    sent = _text(record.get("sent"))
    blocks = _asked_by_name(blocks_of_text(sent), context)
    to = Side.MENTOR if _text(record.get("state")).startswith("mentor") else Side.PROTEGE
    kind = LETTERS.get(name, LetterKind.EXCHANGE)
    if kind is LetterKind.COACH:
        blocks = draft_blocks(blocks)
    return understood_json(read(lines, LetterContext(kind=kind, blocks=blocks, to=to, known=_named_in(sent)), context))


def _named_in(sent: str) -> Correspondents:
    """The two who write to each other, as a letter names them: who is asked in its first line, who signs its last."""
    asked, signed = _ASKED.match(sent), _SIGNED.search(sent)
    names = (asked[1], signed[1], "okrmate") if asked and signed else ()
    return Correspondents.of([(name, "") for name in names])


def _asked_by_name(blocks: tuple[Block, ...], context: ReplyContext) -> tuple[Block, ...]:
    """The blocks with the first question's key result, where it has all the words of exactly one title."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Question) and block.id == FIRST:
            asked = {stem(word) for word in WORD.findall(fold(block.text))}
            named = [
                kr.ref for kr in context.key_results if {stem(word) for word in WORD.findall(fold(kr.title))} <= asked
            ]
            found.append(replace(block, about=named[0] if len(named) == 1 else ""))
        else:
            found.append(block)
    return tuple(found)


def understood_json(given: Understood) -> dict[str, object]:
    """Everything understood of a reply, in the contract's names; absent means empty."""
    said: dict[str, object] = {
        "updates": [outcome_json(one) for one in given.outcomes],
        "command": str(given.command.name) if given.command else "",
        "choice": list(given.command.choices if given.command else given.choices),
        "rsvp": str(given.rsvp) if given.rsvp else "",
        "advice": [advice_json(one) for one in given.advice],
        "answers": {name: text for name, text in given.answers.items() if name != "first_idea"},
        "message": given.message,
        "agree": given.agree,
        "wishes": list(given.wishes),
        "lines": dict(given.lines),
        "offered": list(given.offered),
        "held": list(given.held),
        "asks": [*given.asks, *(str(one.reason) for one in given.problems)],
    }
    if given.feedback is not None:
        said["feedback"] = feedback_json(given.feedback)
    if given.agenda is not None:
        form = agenda_json(given.agenda)
        said["reschedule_request"] = form.pop("reschedule_request", "")
        said["agenda"] = form if len(form) > 1 or form.get("add") else {}
    if given.welcome is not None:
        said |= {"aims": list(given.welcome.aims), "gain": given.welcome.gain}
        said |= {"agree": given.welcome.agree, "read": given.welcome.read}
    said |= _draft(given)
    if given.pulse is not None:
        said["pulse"] = pulse_json(given.pulse)
    if given.closing is not None:
        said |= closing_json(given.closing)
    return {name: content for name, content in said.items() if content or name == "updates"}


def _draft(given: Understood) -> dict[str, object]:
    """The draft of a reply: objectives, key results that go on with one, or a first idea in prose."""
    draft = given.draft or (given.welcome.draft if given.welcome else None)
    if draft is None:
        idea = given.answers.get("first_idea")
        return {"draft": {"prose": idea}} if idea else {}
    said = draft_json(draft)
    if [one.title for one in draft.objectives] == [""]:
        said["krs"] = [_draft_key_result(each) for each in draft.objectives[0].key_results]
        del said["objectives"]
    return {"draft": said}
