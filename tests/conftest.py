"""What holds for every test: property tests are not judged by a busy machine's clock, templates are compiled once."""

import gc
import os
from collections.abc import Hashable, Iterator
from types import CodeType

import pytest
from hypothesis import settings
from jinja2 import Environment

# The same examples each time: chance has its place in `make stress`, not in whether a change can be taken.
settings.register_profile("okrmate", deadline=None, max_examples=30, derandomize=True)
settings.register_profile("stress", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("OKRMATE_HYPOTHESIS", "okrmate"))

# Python looks for garbage after each 700 new objects, which takes a sixth of the time where tests build many of them.
gc.set_threshold(200_000, 4, 5)


def pytest_collection_finish() -> None:
    """What is there once the tests are found stays to the end: it is not gone through for garbage again and again."""
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def templates_are_compiled_once() -> Iterator[None]:
    """A program compiles each template once; here hundreds of them run in one process, all with the same templates."""
    compile_ = Environment.compile
    compiled: dict[Hashable, CodeType] = {}

    def compiled_once(environment: Environment, source: str, name: str | None, filename: str | None) -> CodeType:
        # `finalize` tells letters from pages: it goes into the code that is made.
        key = (environment.finalize, source, name, filename)
        if key not in compiled:
            compiled[key] = compile_(environment, source, name, filename)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", compiled_once)
        yield
