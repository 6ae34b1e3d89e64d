"""The layouts that the store has had, and the way from each to the next: documents in, documents out, nothing else."""

import json
from collections.abc import Callable, Mapping

from okrmate.frozen import Frozen

Documents = dict[str, dict[int, bytes]]
"""The documents of each table in JSON, by their numbers."""
Plain = dict[str, dict[int, dict[str, object]]]
"""The same, each document read; a migration may change them in place."""
Migration = Callable[[Plain], Plain]
"""Documents of one layout to those of the next, of all tables at once: a pure function, which is never changed again.

The trail (`changes`) holds documents of other tables in its edits, which undo puts back: they are carried over too.
"""


class Layouts(Frozen, kw_only=False):
    """Every layout there was: the first has the number 1, and each migration leads from one to the next."""

    migrations: tuple[Migration, ...] = ()

    @property
    def latest(self) -> int:
        """The number of the layout that is written."""
        return 1 + len(self.migrations)

    def brought_up(self, documents: Documents, schema: int) -> Documents:
        """The documents of an older layout in the latest one."""
        steps = self.migrations[schema - 1 :]
        if not steps:
            return documents
        plain: Plain = {
            name: {number: json.loads(row) for number, row in rows.items()} for name, rows in documents.items()
        }
        for step in steps:
            plain = step(plain)
        return {name: _written(rows) for name, rows in plain.items()}


def _with_all_of_mentoring(tables: Plain) -> Plain:
    """From 1 to 2: more tables, and fields that may be left out; what stood there says what it said.

    A layout of its own all the same: a program of the one before takes a field that it does not know for damage.
    """
    return tables


LAYOUTS = Layouts((_with_all_of_mentoring,))
"""Those of this program. One that changes what stands in a document appends a migration here, and a home of the layout
before to `tests/layouts`, written by the program that had it.
"""


def _written(rows: Mapping[int, Mapping[str, object]]) -> dict[int, bytes]:
    return {number: json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() for number, row in rows.items()}
