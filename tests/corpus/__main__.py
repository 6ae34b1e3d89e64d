"""Scores reading against known answers outside the project: `python -m tests.corpus DIR`.

DIR holds `grammar/updates.jsonl`, `grammar/forms.jsonl` and `letters/replies.jsonl`. Prints how many are exactly
as expected and how many unsafe: something changed that nobody stated. The mails in `replies`, which are about anything
but our key results, are made answers to each of our letters, and must change nothing. Ends with 1 if anything is
unsafe.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from okrmate.reply.explain import explain
from tests.corpus.answered import changes

Record = Mapping[str, Any]
CHANGING = frozenset({"set", "add", "done", "blocked", "confidence"})
FREE_WORDS = frozenset({"message", "asks", "ack", "updates"})
UNSAID: tuple[object, ...] = (None, [], {}, "", False)


def records(path: Path) -> Iterator[Record]:
    """The records of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def plain(content: object) -> object:
    """`content` without what is not said, and words without their full stop and capitals."""
    match content:
        case dict():
            return {name: plain(each) for name, each in content.items() if each not in UNSAID and name != "missing"}
        case list():
            return [plain(each) for each in content]
        case str():
            return " ".join(content.split()).rstrip(".").casefold()
        case _:
            return content


def operation(update: Record) -> tuple[object, ...]:
    """What an update changes, apart from its note."""
    return update.get("kr"), update["op"], update.get("value")


def operations(updates: Sequence[Record]) -> list[str]:
    """What updates change in any order; of questions only that something is asked, once."""
    asked = ["asked"] if any(update["op"] == "ambiguous" for update in updates) else []
    return sorted([*asked, *(str(operation(update)) for update in updates if update["op"] != "ambiguous")])


def unstated(updates: Sequence[Record], allowed: Sequence[Sequence[Record]]) -> bool:
    """Whether something is changed that no accepted answer changes."""
    stated = {operation(update) for answer in allowed for update in answer}
    return any(update["op"] in CHANGING and operation(update) not in stated for update in updates)


def grammar(record: Record, said: Record) -> tuple[bool, bool]:
    """Whether a line about key results is read exactly, and whether unsafely."""
    answers = [record["expect"], *record.get("accept", [])]
    updates = said.get("updates", [])
    same_command = said.get("command") == record.get("command")
    exact = same_command and any(operations(updates) == operations(answer) for answer in answers)
    return exact, unstated(updates, answers) or bool(said.get("command") and not same_command)


def form(record: Record, said: Record) -> tuple[bool, bool]:
    """Whether a form is read exactly; a form changes no key result."""
    answers = [record["expect"], *record.get("accept", [])]
    return any(plain(answer) == plain(said.get("form", {})) for answer in answers), False


def letter(record: Record, said: Record) -> tuple[bool, bool]:
    """Whether a reply to a letter is read exactly, and whether unsafely; free words are not compared."""
    expected, updates = record["expect"], said.get("updates", [])
    names = (set(expected) | set(said)) - FREE_WORDS - {"id"}
    pairs = [(plain(expected.get(name)), plain(said.get(name))) for name in names]
    same = all(first == second or (not first and not second) for first, second in pairs)
    wanted = expected.get("updates", [])
    return same and operations(updates) == operations(wanted), unstated(updates, [wanted])


PARTS = (("grammar/updates.jsonl", grammar), ("grammar/forms.jsonl", form), ("letters/replies.jsonl", letter))


def main(arguments: Sequence[str]) -> int:
    """Print the figures of each part; 1 if anything is unsafe."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description="Score reading against known answers.")
    parser.add_argument("directory", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true", help="name what is not exact")
    options = parser.parse_args(arguments)
    unsafe_at_all = 0
    for name, judge in PARTS:
        exact = unsafe = total = 0
        for record in records(options.directory / name):
            asked = {
                key: content for key, content in record.items() if key not in {"expect", "accept", "command", "why"}
            }
            right, wrong = judge(record, json.loads(json.dumps(explain(asked))))
            total, exact, unsafe = total + 1, exact + right, unsafe + wrong
            if options.verbose and (wrong or not right):
                print(f"  {record['id']}{' UNSAFE' if wrong else ''}")
        unsafe_at_all += unsafe
        print(f"{name}: exact {exact} of {total}, unsafe {unsafe}")
    unsafe_at_all += _answered(options.directory / "replies")
    return 1 if unsafe_at_all else 0


def _answered(corpus: Path) -> int:
    """How many of a corpus' mails change something in answer to one of our letters; each change is printed."""
    answers = list(changes(corpus))
    changing = [each for each in answers if each]
    for changed in (each for one in changing for each in one):
        print(f"  {changed.mail} to {changed.letter}: {changed.key_result} {changed.said}")
    print(f"{corpus.name}: {len(answers)} mails made answers to our letters, unsafe {len(changing)}")
    return len(changing)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
