"""The first answer to a draft: one thing that is good, and at most one question."""

from collections.abc import Sequence

from okrmate.domain.coach import Finding, worth_asking
from okrmate.domain.coach_sets import MOST_OBJECTIVES, JudgedObjective, judge_set
from okrmate.domain.metrics import Milestone
from okrmate.domain.praise import good_in_prose, what_is_good
from okrmate.frozen import Frozen
from okrmate.reply.drafts import DraftOkrs
from okrmate.services.coaching.judging import as_judged
from okrmate.services.coaching.texts import Further, further_question, good_text, text_of
from okrmate.services.coaching.words import words_for


class FirstWords(Frozen):
    """What a protégé reads about a draft; `question` is empty where nothing is left to ask.

    `asked` is the finding behind the question, None where it belongs to none.
    """

    good: str
    question: str
    asked: Finding | None = None


def first_words(drafted: DraftOkrs, language: str = "en", *, ends: bool = False) -> FirstWords:
    """One good thing and one question about a draft, in the language of the person's letters."""
    if not drafted.objectives:
        in_prose = good_in_prose(drafted.prose, words_for(drafted.prose, language))
        return FirstWords(good=good_text(in_prose, language), question=further_question(Further.PROSE, language))
    objectives = as_judged(drafted, language)
    findings = judge_set(objectives, ends=ends)
    good = good_text(what_is_good(objectives, findings), language)
    if len(objectives) <= MOST_OBJECTIVES and not any(each.key_results for each in objectives):
        return FirstWords(good=good, question=further_question(Further.NO_KEY_RESULTS, language))
    asked = worth_asking(findings)
    if asked:
        return FirstWords(good=good, question=text_of(asked.name, language).question, asked=asked)
    return FirstWords(good=good, question=further_question(Further.STRETCH, language) if _kept(objectives) else "")


def _kept(objectives: Sequence[JudgedObjective]) -> bool:
    """Whether some key result has a target and none beyond it."""
    metrics = [each.metric for objective in objectives for each in objective.key_results]
    return any(each and not isinstance(each, Milestone) and each.stretch is None for each in metrics)
