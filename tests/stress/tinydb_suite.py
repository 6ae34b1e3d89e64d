"""TinyDB's own tests, from its source distribution, on the store's tables: `python -m tests.stress.tinydb_suite`."""

import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree as ET
from importlib.metadata import version
from pathlib import Path

OTHERWISE = frozenset(
    {
        "test_lru_cache",  # looks into the cache of queries, which is not used: it does not notice others' commits
        "test_persist_table",  # asks for a table without documents, of which the file keeps nothing
        "test_table_repr",  # wants the names of TinyDB's own classes
        "test_yaml",  # a storage of its own that needs PyYAML
    }
)
"""Those that do not hold on the store's tables."""
CONFTEST = """
import sys
sys.path.append({checkout!r})

import pytest
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import MemoryStorage

from okrmate.adapters.database import open_database


@pytest.fixture
def db(tmp_path):
    with open_database(tmp_path) as database:
        database.insert_multiple({{"int": 1, "char": letter}} for letter in "abc")
        yield database


@pytest.fixture
def storage():
    return CachingMiddleware(MemoryStorage)()
"""


def main() -> int:
    """Fetch the distribution of the installed version, run its tests; 0 where exactly the named ones fail."""
    with tempfile.TemporaryDirectory() as folder:
        tests = fetched(Path(folder))
        (tests / "conftest.py").write_text(CONFTEST.format(checkout=str(Path.cwd())), encoding="utf-8")
        total, failed = run(tests)
    print(f"TinyDB {version('tinydb')}'s own tests: {total - len(failed)} of {total} hold on the store's tables")
    for name in sorted(failed ^ OTHERWISE):
        print(f"  {name} {'fails' if name in failed else 'holds, though it is named as failing'}")
    return int(failed != OTHERWISE)


def fetched(folder: Path) -> Path:
    """The folder of the tests."""
    name = f"tinydb=={version('tinydb')}"
    call = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "--no-binary",
        "tinydb",
        name,
        "-d",
        str(folder),
    ]
    subprocess.run(call, check=True)
    (packed,) = folder.glob("tinydb-*.tar.gz")
    with tarfile.open(packed) as archive:
        archive.extractall(folder, filter="data")
    return folder / packed.name.removesuffix(".tar.gz") / "tests"


def run(tests: Path) -> tuple[int, frozenset[str]]:
    """How many tests there are, and which fail."""
    report = tests / "report.xml"
    call = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tests), "-c", "/dev/null"]
    subprocess.run([*call, f"--junit-xml={report}", str(tests)], check=False, stdout=subprocess.DEVNULL)
    cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 - pytest wrote it just now
    return len(cases), frozenset(str(case.get("name")) for case in cases if len(case))


if __name__ == "__main__":
    sys.exit(main())
