"""One crowded world for all tests of the screens: none of them changes anything in it."""

from collections.abc import Iterator

import pytest

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
