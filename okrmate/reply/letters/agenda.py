"""What answers an agenda: lines for the list, lines for key results, advice tried, the answer to its question."""

import re
from collections.abc import Iterable, Sequence

from okrmate.domain.letters import FIRST, AnswerLine
from okrmate.domain.meetings import Participation
from okrmate.frozen import replace
from okrmate.reply.advice import Advice
from okrmate.reply.coming import rsvp
from okrmate.reply.drafts import DraftOkrs, draft_okrs
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.forms import AgendaEntry, AgendaWords, entry, personal
from okrmate.reply.forms import agenda as agenda_words
from okrmate.reply.gathering import Gathering
from okrmate.reply.letters.refine import without_consent
from okrmate.reply.lexicon import WEEKDAYS
from okrmate.reply.prose import answer_and_aside
from okrmate.reply.statements import Said, Statement
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Op, Problem

_BULLET = re.compile(r"\s*[-*•–+]\s+\S")

A_TOPIC = 8
"""Words; what is longer is prose, which the mentor reads."""
_AROUND = " \t.!:"
_ASIDE = re.compile(r"[,;:.!?…]|\s[–—-]\s")


def agenda(lines: Sequence[str], reply: Gathering, given: Understood) -> Understood:
    """Each line is what it says by itself; free words answer the first question."""
    found = AgendaWords()
    prose: list[str] = []
    notes = _notes(reply)
    draft, lines = _drafted(lines, reply)
    for line in lines:
        if line.strip() in notes:
            reply.left.append(line)
            continue
        changed = agenda_words(without_consent(line, reply.lexicon), reply.context.locale)
        said = reply.statements.read([Statement(text=line)])
        meant = any(not one.prose for one in said)
        item = bool(changed.add) and _labelled(line)
        if item and (beside := _number_beside(line, reply)):
            found = _joined(found, agenda_words(beside, reply.context.locale))
        elif meant and not (changed.remove or changed.move or item):
            reply.key_results([line])
            for piece in _unsaid(line, reply):
                orders = replace(agenda_words(piece, reply.context.locale), left=())
                orders = replace(orders, approve=orders.approve and piece.endswith(("!", ".")))
                found = _joined(found, orders)
                prose += [] if orders else [piece]
        elif changed:
            found = _joined(found, changed)
        else:
            prose.append(line)
    added = reply.take("add")
    items = "\n".join(_number_beside(line, reply) or line for line in added.splitlines() if not reply.takes(line))
    found = _joined(found, AgendaWords(add=tuple(_entries(items))))
    request = [one for one in prose if _asks_for_another_day(one, reply)]
    found = _joined(found, AgendaWords(reschedule_request="\n".join(request)))
    found = _first([one for one in prose if one not in request], found, reply)
    tried, impact = reply.take("tried"), reply.take("impact")
    advice = (Advice(did=tried, impact=impact),) if tried or impact else ()
    return replace(given, agenda=found or None, advice=advice, draft=draft)


def _drafted(lines: Sequence[str], reply: Gathering) -> tuple[DraftOkrs | None, Sequence[str]]:
    """The `O:` and `KR:` lines of an answer to a letter that asks for a first idea, and the other lines."""
    asked = any(isinstance(block, AnswerLine) and block.id == "first_idea" for block in reply.blocks)
    found = draft_okrs("\n".join(lines), reply.context.locale) if asked else DraftOkrs()
    return (replace(found, prose=""), found.prose.splitlines()) if found.objectives else (None, lines)


def _asks_for_another_day(line: str, reply: Gathering) -> bool:
    """Whether a line says that its writer cannot come on a weekday: "Can't make Thursday, I'm ill. Friday?"."""
    low = fold(line[:MAX_LINE])
    named = any(reply.lexicon.has(f"weekdays.{day}", low) for day in WEEKDAYS)
    return named and rsvp(line, reply.context.locale) is Participation.DECLINED


def _notes(reply: Gathering) -> frozenset[str]:
    """Bullets that belong to the line right above them: a key result's, or a heading's that is none of the list's.

    They are words for the mentor and no points. A bullet beside others, or behind an empty line, stands for itself.
    """
    lines = reply.words.text.splitlines()
    notes: set[str] = set()
    owner: int | None = None
    for line in lines if any(map(_BULLET.match, lines)) else ():
        bullet = _BULLET.match(line)
        indent = len(line) - len(line.lstrip())
        says = bool(line.strip()) and any(one.outcomes for one in reply.statements.read([Statement(text=line.strip())]))
        if bullet and owner is not None and indent >= owner and not says:
            notes.add(line.strip())
        elif says:
            owner = indent + 1 if bullet else 0
        else:
            owner = 0 if line.rstrip().endswith(":") and not bullet and not _heads_points(line, reply) else None
    return frozenset(notes)


def _heads_points(line: str, reply: Gathering) -> bool:
    """Whether a heading says that points for the talk follow: "For the agenda:"."""
    low, words = fold(line), reply.lexicon
    named = words.has("forms.points", low) or words.has("forms.add", low)
    return named and not words.has("negation", low)


def _number_beside(line: str, reply: Gathering) -> str:
    """An item behind which a key result's value stands, without it; the value is taken. Empty where none does."""
    said = reply.statements.read([Statement(text=line)])
    if not said or not said[0].prose or not any(_gives(one) for one in said):
        return ""
    reply.key_results([one.text for one in said[1:]])
    return said[0].text


def _unsaid(line: str, reply: Gathering) -> list[str]:
    """Prose beside an update in one line stays together as an answer to the first question."""
    prose = [one for one in reply.left if one in line and one != line]
    reply.left = [one for one in reply.left if one not in prose]
    return prose


def _first(prose: Sequence[str], given: AgendaWords, reply: Gathering) -> AgendaWords:
    """Free words on top answer the first question: a topic is a remark, anything else an answer."""
    meant, aside = answer_and_aside(prose, reply.lexicon)
    reply.left += aside
    if not meant:
        return given
    if reply.first and reply.lexicon.has("forms.topic", fold(reply.first.text)):
        topic = _topic(meant[0], reply) if len(meant) == 1 and not given else ""
        if topic:
            return replace(given, add=(entry(topic),))
        reply.left += meant[1:]
        return replace(given, remark=meant[0])
    reply.answers[FIRST] = " ".join(meant)
    return given


def _topic(said: str, reply: Gathering) -> str:
    """What a sentence that is the whole answer says its writer would like to talk about; empty where it says none.

    What concerns the writer's own life stays a word to the mentor, and so does a comparison with the list: "I'd
    rather talk about the promotion, the rest can wait".
    """
    low, words = fold(said[:MAX_LINE]), reply.lexicon
    begin = words.starts("forms.topic_lead", low)
    topic = said[begin:].strip(_AROUND) if begin > 0 else ""
    doubted = any(words.has(name, low) for name in ("negation", "forms.but", "conditional")) or "?" in low
    no_topic = words.starts("forms.no_topic", fold(topic)) >= 0 or len(topic.split()) > A_TOPIC
    return "" if personal(said, words) or doubted or no_topic or _ASIDE.search(topic) else topic


def _labelled(line: str) -> bool:
    """Whether a line begins with a label such as `Add:`."""
    return re.match(r"\s*[^\W\d_]+:", line) is not None


def _gives(said: Said) -> bool:
    """Whether something more than a note is said of a key result."""
    return any(isinstance(one, Problem) or one.op is not Op.NOTE for one in said.outcomes)


def _entries(text: str) -> Iterable[AgendaEntry]:
    return (entry(line.strip().lstrip("-+*• ").strip()) for line in text.splitlines() if line.strip())


def _joined(first: AgendaWords, second: AgendaWords) -> AgendaWords:
    return AgendaWords(
        add=first.add + second.add,
        remove=first.remove + second.remove,
        move=first.move + second.move,
        approve=first.approve or second.approve,
        remark="\n".join(part for part in (first.remark, second.remark) if part),
        reschedule_request="\n".join(part for part in (first.reschedule_request, second.reschedule_request) if part),
    )
