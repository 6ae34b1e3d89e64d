"""What an answer says of the goals themselves: a draft, consent, wishes, and what is said when a cycle ends."""

import re
from collections.abc import Iterator

from okrmate.domain.closing import OwnScore
from okrmate.domain.letters import Choice, LetterKind
from okrmate.domain.okrs import OkrSet, OkrSetState
from okrmate.domain.people import Side
from okrmate.reply.closing import ClosingWords
from okrmate.reply.drafts import DraftOkrs, draft_okrs
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.goals_named import GoalsNamed
from okrmate.reply.lexicon import lexicon
from okrmate.reply.targets_wished import wishes_target
from okrmate.reply.updates import Op
from okrmate.services.incoming.answers import Answer, context_for
from okrmate.services.incoming.effects import Effects, Noted
from okrmate.services.mentoring import proposals, steps
from okrmate.services.mentoring.closing import ClosingAnswer, say_in
from okrmate.services.mentoring.drafting import Drafted, draft_in
from okrmate.services.mentoring.okrs import Standing, current_outline, outline, set_in
from okrmate.services.ports import Transaction
from okrmate.services.tables import OKR_SETS

REF = re.compile(r"(?<![0-9.])[0-9]{1,2}\.[0-9]{1,2}(?![0-9])")
FIRST_IDEA = "first_idea"
"""The answer line of a first agenda under which somebody may write what they would like to reach."""
KEPT = ("keep",)
"""Choices of the half-time letter that would have nothing otherwise."""


def apply_to_goals(tx: Transaction, answer: Answer, effects: Effects, standings: tuple[Standing, ...]) -> None:
    """Keep it; the mentor decides on wishes, and closed goals never change."""
    if answer.letter.to is not Side.PROTEGE:
        _leave_closing(effects)
        return
    _draft(tx, answer, effects)
    _agree(tx, answer, effects)
    for wish in _wishes(answer, effects):
        _propose(tx, answer, effects, wish, standings)
    _keep_noted(tx, answer, effects, standings)
    _close(tx, answer, effects)


def _keep_noted(tx: Transaction, answer: Answer, effects: Effects, standings: tuple[Standing, ...]) -> None:
    """A note on a key result that it may go, or wants another target, is a wish besides, whatever letter it answers."""
    active = set_in(tx, answer.found.mentorship.id, OkrSetState.ACTIVE)
    known, words = context_for(answer, standings).key_results, lexicon(answer.locale)
    named, by_ref = GoalsNamed(known, words), {each.ref: each for each in known}
    for update, moved in effects.moved:
        if active is None or update.op is not Op.NOTE:
            continue
        said = update.note if update.kr in update.note else f"{update.note} {update.kr}"
        low = fold(said[:MAX_LINE])
        drops = set((named.decided(low) or {}).get("drop", ())) == {update.kr}
        if drops or wishes_target(low, by_ref[update.kr], words):
            wish, ref = f"KR {update.kr}: {update.note}", moved.key_result.ref
            proposals.propose_in(tx, answer.room.desk, active, wish, source=answer.source, ref=ref, drops=drops)
            effects.kept.append("a wish about the goals")


def _draft(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """A first draft or more of it; where goals are agreed on already, its lines are wishes."""
    given = drafted_in(effects, answer.locale)
    if given is None:
        return
    mentorship = answer.found.mentorship.id
    fixed = set_in(tx, mentorship, OkrSetState.ACTIVE) or set_in(tx, mentorship, OkrSetState.REFINED)
    if fixed is not None:
        for objective in given.objectives:
            lines = (f"O: {objective.title}", *(f"KR: {each.title}" for each in objective.key_results))
            _keep_wish(tx, answer, effects, fixed, "; ".join(line for line in lines if line != "O: "))
        effects.leave(given.prose)
        return
    effects.drafted = draft_in(tx, answer.room.desk, answer.found, given)
    effects.draft = given
    effects.kept.append(_counted(effects.drafted))
    effects.noted += [Noted(name="goal", words=title) for title in effects.drafted.titles]
    if given.prose:
        effects.noted.append(Noted(name="idea", words=given.prose))


def drafted_in(effects: Effects, locale: str) -> DraftOkrs | None:
    """What of an answer is a draft: `O:` and `KR:` lines, or the first idea that an agenda asked for."""
    understood = effects.understood
    if understood.welcome is not None and understood.welcome.draft is not None:
        return understood.welcome.draft
    if understood.draft is not None:
        return understood.draft
    idea = understood.answers.get(FIRST_IDEA, "")
    return draft_okrs(idea, locale) if idea.strip() else None


def _counted(drafted: Drafted) -> str:
    if not drafted.titles:
        return "a draft in prose" if drafted.okr_set.prose else "a draft that was there already"
    return f"a draft of {len(drafted.titles)} lines" if len(drafted.titles) > 1 else "a line of a draft"


def _agree(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """Consent is to the words that the letter showed; goals that were refined anew since are asked about anew."""
    if answer.letter.kind is not LetterKind.REFINE_SUMMARY or not effects.understood.agree:
        return
    refined = set_in(tx, answer.found.mentorship.id, OkrSetState.REFINED)
    shown = refined is not None and refined.refined_at is not None and answer.letter.created_at >= refined.refined_at
    if refined is None or not shown:
        effects.note("agree, to goals that read otherwise now", Noted(name="goals_agreed_before", changes=False))
        effects.leave(*effects.understood.words.everything.splitlines())
        return
    after = steps.agree_in(tx, answer.room.desk, answer.found, refined, Side.PROTEGE)
    begun = after.state is OkrSetState.ACTIVE
    name = "goals_agreed" if begun else "goals_agreed_later"
    effects.note("agrees to the goals; they are active" if begun else "agrees to the goals", Noted(name=name))


def _wishes(answer: Answer, effects: Effects) -> Iterator[str]:
    """What should be otherwise in goals, by words or by a letter of the half-time letter's choices."""
    if answer.letter.kind in (LetterKind.REFINE_SUMMARY, LetterKind.MID_CYCLE, LetterKind.COACH):
        yield from effects.understood.wishes
    chosen = effects.understood.choices if answer.letter.kind is LetterKind.MID_CYCLE else ()
    for block in answer.letter.blocks:
        if isinstance(block, Choice) and block.letter in chosen:
            if block.id in KEPT:
                effects.note("keeps the goals", Noted(name="keep", words=block.text, changes=False))
            else:
                yield block.text


def _propose(tx: Transaction, answer: Answer, effects: Effects, wish: str, standings: tuple[Standing, ...]) -> None:
    found = current_outline(tx, answer.found.mentorship.id)
    if found is None:
        return  # there is nothing yet that could be otherwise: the words are the mentor's
    known = outline(tx, found.okr_set).standings
    context = context_for(answer, standings or known)
    low = fold(wish[:MAX_LINE])
    named = GoalsNamed(context.key_results, lexicon(answer.locale))
    dropped = (named.decided(low) or {}).get("drop", ())
    refs = tuple(dict.fromkeys(REF.findall(low)))
    ref = dropped[0] if len(dropped) == 1 else refs[0] if len(refs) == 1 else ""
    if ref not in {each.key_result.ref for each in known}:
        ref = ""
    drops = bool(ref) and dropped == (ref,) and not named.says_more(low)
    _keep_wish(tx, answer, effects, found.okr_set, wish, ref=ref, drops=drops)


def _keep_wish(
    tx: Transaction, answer: Answer, effects: Effects, okr_set: OkrSet, wish: str, *, ref: str = "", drops: bool = False
) -> None:
    proposals.propose_in(tx, answer.room.desk, okr_set, wish, source=answer.source, ref=ref, drops=drops)
    effects.note("a wish about the goals", Noted(name="wish", words=wish))


def _close(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """What was said at the end of a cycle, about the key results of the letter; of closed goals it is the mentor's."""
    said = effects.understood.closing
    if said is None:
        return
    sets = tx.find(OKR_SETS, "mentorship", answer.letter.mentorship)
    okr_set = next((each for each in sets if each.id in answer.letter.key.split(":")), None)
    if okr_set is None or okr_set.state is not OkrSetState.ACTIVE:
        if said != ClosingWords():
            effects.leave(*effects.understood.words.everything.splitlines())
        return
    ids = {asked.ref: asked.key_result for asked in answer.letter.asked}
    given = ClosingAnswer(
        learned=said.learned,
        scores=tuple(
            OwnScore(key_result=ids[each.kr], score=each.score, note=each.note)
            for each in said.scores
            if each.kr in ids
        ),
        carry=tuple(ids[ref] for ref in said.carry if ref in ids),
        drop=tuple(ids[ref] for ref in said.drop if ref in ids),
    )
    if not given.something:
        return
    say_in(tx, okr_set, given)
    effects.scored = tuple(each.kr for each in said.scores if each.kr in ids)
    if said.learned:
        effects.note("what was learned", Noted(name="learned", words=said.learned))
    scores = [Noted(name="score", words=f"{each.kr}: {each.score:f}") for each in said.scores if each.kr in ids]
    named = (("carry", said.carry), ("drop", said.drop))
    goes = [Noted(name=name, words=", ".join(refs)) for name, refs in named if refs]
    if scores or goes:
        effects.kept.append("scores" if scores else "what goes on")
        effects.noted += [*scores, *goes]
        effects.leave(*(each.note for each in said.scores))


def _leave_closing(effects: Effects) -> None:
    """Of the mentor's own answer only the pulse is kept: what was learned is the other side's to say."""
    said = effects.understood.closing
    if said is not None and said.learned:
        effects.leave(said.learned)
    if said is not None and (said.scores or said.carry or said.drop):
        effects.leave(*effects.understood.words.everything.splitlines())
    if effects.understood.draft is not None:
        effects.leave(*effects.understood.words.everything.splitlines())
    effects.leave(*effects.understood.wishes)
