"""Tests that hold for many cheap cases: one test for all of them, which names every case that fails."""

from collections.abc import Callable, Iterable
from typing import TypeVarTuple

Case = TypeVarTuple("Case")


def of_every(cases: Iterable[tuple[*Case]]) -> Callable[[Callable[[*Case], None]], Callable[[], None]]:
    """Make one test of what must hold for each of these cases.

    A test of its own costs some milliseconds before it begins, hundreds of times what a cheap case takes.
    """

    def decorated(holds: Callable[[*Case], None]) -> Callable[[], None]:
        def test() -> None:
            failed: dict[str, str] = {}
            known = list(cases)
            for case in known:
                try:
                    holds(*case)
                except AssertionError as error:
                    failed[", ".join(map(str, case))] = str(error)
                except Exception as error:
                    error.add_note(f"This is the case: {case}")
                    raise
            assert known, "there is no case"
            assert not failed, "\n\n".join(f"{case}: {error}" for case, error in failed.items())

        test.__doc__ = holds.__doc__
        return test

    return decorated
