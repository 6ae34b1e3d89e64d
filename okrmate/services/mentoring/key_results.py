"""One key result by its code, in whatever set the pair works on: running, refined, or still a draft."""

from dataclasses import dataclass

from okrmate.domain.errors import UsageError
from okrmate.domain.okrs import KeyResult, OkrSet
from okrmate.domain.summaries import Summary
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import Standing, current_outline
from okrmate.services.ports import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A key result, how it stands, and the set it belongs to."""

    okr_set: OkrSet
    standing: Standing

    @property
    def key_result(self) -> KeyResult:
        """The key result itself."""
        return self.standing.key_result

    @property
    def summary(self) -> Summary:
        """What is known of it now."""
        return self.standing.summary


def find_key_result(reader: Reader, pair: Pair, ref: str) -> Found:
    """The key result with this code (`1.2`, `KR 1.2`), or `UsageError` naming those there are."""
    name = pair.protege.name
    outline = current_outline(reader, pair.mentorship.id)
    if outline is None or not outline.standings:
        raise UsageError(f"{name} has no key results yet; write them with `okrmate okr add` or `okrmate okr import`.")
    wanted = ref.casefold().removeprefix("kr").strip()
    for standing in outline.standings:
        if standing.key_result.ref == wanted:
            return Found(okr_set=outline.okr_set, standing=standing)
    known = ", ".join(standing.key_result.ref for standing in outline.standings)
    raise UsageError(f"{name} has no key result “{ref}”; there are {known}.")
