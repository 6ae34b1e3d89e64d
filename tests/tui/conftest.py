"""What all tests of the screens share: one crowded world, in which none of them changes anything, and parsed styles."""

from collections.abc import Hashable, Iterator

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

from okrmate.adapters.store import TinyStore
from okrmate.services.mailroom import MailRoom
from tests.tui.crowd import crowd, crowded_room


@pytest.fixture(name="crowded_store", scope="session")
def a_crowded_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TinyStore]:
    store = crowd(tmp_path_factory.mktemp("crowd"))
    yield store
    store.close()


@pytest.fixture(name="crowded_room", scope="session")
def a_crowded_room(crowded_store: TinyStore) -> MailRoom:
    return crowded_room(crowded_store)


@pytest.fixture(autouse=True, scope="session")
def style_sheets_are_parsed_once() -> Iterator[None]:
    """Textual keeps what it parsed for one application only; here hundreds begin with the same style sheets."""
    parse = Stylesheet._parse_rules  # noqa: SLF001 - Textual has no other door to it
    parsed: dict[Hashable, list[RuleSet]] = {}

    def parsed_once(
        sheet: Stylesheet,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        variables = tuple(sheet._variables.items())  # noqa: SLF001 - as above
        key = (css, read_from, is_default_rules, tie_breaker, scope, variables)
        if key not in parsed:
            parsed[key] = parse(sheet, css, read_from, is_default_rules, tie_breaker, scope)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parsed_once)
        yield
