"""The log: JSON lines for whoever looks for a problem, without a word of mail."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from okrmate.adapters.logbook import log_to
from okrmate.domain.errors import StoreError

LOG = logging.getLogger("okrmate.somewhere")


def lines(home: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (home / "log" / "okrmate.log").read_text(encoding="utf-8").splitlines()]


def test_each_entry_is_one_line_with_its_time_level_and_fields(tmp_path: Path) -> None:
    with log_to(tmp_path):
        LOG.warning("the clock jumped", extra={"seconds": 7200})
    (entry,) = lines(tmp_path)
    assert entry.pop("at").endswith("+00:00")
    assert entry == {"level": "warning", "what": "the clock jumped", "seconds": 7200}


def test_nobody_else_may_look_into_it_even_where_its_folder_was_there_already(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir(mode=0o755)
    with log_to(tmp_path):
        LOG.warning("the clock jumped")

    assert (tmp_path / "log").stat().st_mode & 0o077 == 0


def test_of_a_bug_only_its_kind_and_place_are_written(tmp_path: Path) -> None:
    with log_to(tmp_path):
        try:
            raise ValueError("Dear Olivia, a secret")  # noqa: TRY301 - the text of a mail in an exception
        except ValueError:
            LOG.exception("a bug", extra={"errand": "poll"})
    (entry,) = lines(tmp_path)
    assert (entry["exception"], entry["errand"]) == ("ValueError", "poll")
    assert entry["where"][-1].startswith("test_logbook.py:")
    assert "secret" not in json.dumps(entry)


def test_what_is_no_json_is_written_as_text(tmp_path: Path) -> None:
    with log_to(tmp_path):
        LOG.info("started", extra={"home": tmp_path, "who": "Zoë"})
    (entry,) = lines(tmp_path)
    assert (entry["home"], entry["who"]) == (str(tmp_path), "Zoë")


def test_debugging_is_not_written_and_other_programs_words_are_not_ours(tmp_path: Path) -> None:
    with log_to(tmp_path):
        LOG.debug("details")
        logging.getLogger("schedule").warning("theirs")
    assert lines(tmp_path) == []


def test_the_folder_is_for_nobody_else_to_read(tmp_path: Path) -> None:
    with log_to(tmp_path):
        LOG.info("started")
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o700


def test_afterwards_logging_is_as_it_was(tmp_path: Path) -> None:
    root = logging.getLogger("okrmate")
    before = (root.level, root.propagate, list(root.handlers))
    with log_to(tmp_path):
        LOG.info("started")
    LOG.info("too late")
    assert (root.level, root.propagate, list(root.handlers)) == before
    assert len(lines(tmp_path)) == 1


def test_a_thread_that_speaks_a_moment_late_does_not_open_the_log_anew(tmp_path: Path) -> None:
    with log_to(tmp_path):
        (handler,) = logging.getLogger("okrmate").handlers[-1:]
    (tmp_path / "log" / "okrmate.log").unlink()
    handler.handle(logging.makeLogRecord({"msg": "too late"}))

    assert list((tmp_path / "log").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_a_problem_of_the_store(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file in its place")
    with pytest.raises(StoreError), log_to(tmp_path):
        pass


def test_an_address_that_somebody_else_quoted_is_hidden(tmp_path: Path) -> None:
    with log_to(tmp_path):
        LOG.error(
            "could not finish", extra={"sentence": 'The server said: "550 <tom@example.net>: unknown"', "id": "a1"}
        )
        LOG.error("tom@example.net is away")
    first, second = lines(tmp_path)
    assert (first["sentence"], first["id"]) == ('The server said: "550 <(address)>: unknown"', "a1")
    assert second["what"] == "(address) is away"


def test_half_a_character_keeps_no_line_out(tmp_path: Path) -> None:
    with log_to(tmp_path):
        LOG.error("could not finish", extra={"sentence": "The folder caf\udce9 is gone."})
    (entry,) = lines(tmp_path)
    assert entry["sentence"] == "The folder caf? is gone."
