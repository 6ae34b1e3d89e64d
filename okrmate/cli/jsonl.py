"""One line of `okrmate explain --jsonl` and its answer; whatever the line holds, there is one."""

import json
from pathlib import Path

from okrmate.domain.letters import Block
from okrmate.reply.explain import explain
from okrmate.reply.sent import blocks_of_text
from okrmate.services.incoming.explaining import explain_screening, explain_words


class _OddLineError(ValueError):
    """A line that is not in one of the shapes; the message is a sentence."""


def answered(line: bytes) -> str:
    """The answer to a line as one line of JSON; `{"id", "error"}` where the line cannot be taken."""
    identifier: object = None
    try:
        record = _record(line)
        identifier = record.get("id")
        return _written({"id": identifier, **_mail(record)} if "eml" in record else explain(record))
    except _OddLineError as error:
        return _written({"id": identifier, "error": str(error)})
    except Exception as bug:  # noqa: BLE001 - the edge of a message: the next line is read whatever this one holds
        return _written({"id": identifier, "error": f"okrmate has met a bug with this line ({type(bug).__name__})."})


def _record(line: bytes) -> dict[str, object]:
    try:
        record = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number, parse_float=_finite)
    except UnicodeDecodeError as error:
        raise _OddLineError("The line is not UTF-8 text.") from error
    except json.JSONDecodeError as error:
        raise _OddLineError(f"The line is not JSON: {error.msg} at column {error.colno}.") from error
    except RecursionError as error:
        raise _OddLineError("The line is nested too deeply.") from error
    except ValueError as error:
        raise _OddLineError(f"A number in the line cannot be taken: {error}.") from error
    if not isinstance(record, dict):
        raise _OddLineError("A line must be a JSON object.")
    return record


def _no_number(name: str) -> float:
    raise ValueError(f"JSON knows no {name}")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{text[:40]} is too large")
    return number


def _written(answer: dict[str, object]) -> str:
    try:
        text = json.dumps(answer, ensure_ascii=False)
        text.encode()
    except UnicodeEncodeError:  # a lone surrogate, which JSON can spell and UTF-8 cannot, goes back as it came: escaped
        return json.dumps(answer)
    return text


def _mail(record: dict[str, object]) -> dict[str, object]:
    raw = _content(record["eml"], "eml")
    blocks: tuple[Block, ...] = ()
    if record.get("sent") is not None:
        blocks = blocks_of_text(_content(record["sent"], "sent").decode("utf-8", "replace"))
    shape = explain_words(raw, blocks)
    screening = record.get("screen")
    return {**shape, **explain_screening(raw, screening)} if isinstance(screening, dict) else shape


def _content(path: object, key: str) -> bytes:
    if not isinstance(path, str):
        raise _OddLineError(f"{key} must be the path of a file.")
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:  # a null character in a path is a ValueError
        raise _OddLineError(f"{path} cannot be read.") from error
