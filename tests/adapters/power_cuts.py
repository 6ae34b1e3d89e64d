"""A power cut after each call to the disk: what may then be found there, under eight ideas of what a disk keeps.

A disk notes every call of a trace of commits and checkpoints. For each place in the trace each model makes the files
that a power cut there might leave; the store over them has to hold all that was acknowledged until then, or that and
the transaction in hand, and has to go on from there.
"""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from okrmate.adapters.file import Disk
from okrmate.adapters.log.checkpoint import NEXT
from okrmate.adapters.store import TinyStore
from okrmate.adapters.store_files import FILE
from okrmate.domain.errors import StoreError
from okrmate.services.tables import READINGS, SETTINGS, Setting
from tests.adapters.homes import QuickDisk, opened
from tests.builders import a_reading

State = tuple[object, ...]
Image = dict[str, bytes]


class Model(StrEnum):
    """What becomes of writes, and of names, that no sync covers."""

    KEPT = "all is kept"
    LOST = "all is lost"
    DATA_LOST = "writes are lost, names kept"
    NAMES_LOST = "names are lost, writes kept"
    TORN = "the first half of a write is kept"
    ZEROS = "a write leaves zeros"
    TORN_ZEROS = "a third of a write is kept, the rest is zeros"
    HEAD_LOST = "the first half of a write is zeros"


@dataclass(frozen=True, slots=True)
class Call:
    """One call: to which file (its own number), and what; a name for those that are about names."""

    kind: str
    file: int = 0
    at: int = 0
    content: bytes = b""
    name: str = ""
    target: str = ""


class NotingDisk(Disk):
    """Notes each call that reaches the files of a home, and waits for nothing."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._files: dict[int, int] = {}
        self.calls: list[Call] = []
        self.amid: Callable[[], None] = lambda: None
        """Called while a checkpoint is being made."""

    def write(self, descriptor: int, pieces: Sequence[bytes]) -> None:
        at = os.lseek(descriptor, 0, os.SEEK_CUR)
        self.calls.append(Call("write", self._file(descriptor), at, b"".join(pieces)))
        super().write(descriptor, pieces)

    def sync(self, descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            self.calls.append(Call("sync names"))
            return
        self.calls.append(Call("sync", self._file(descriptor)))
        if self._name(descriptor) == FILE + NEXT:
            amid, self.amid = self.amid, lambda: None
            amid()

    def sync_data(self, descriptor: int) -> None:
        self.sync(descriptor)

    def cut(self, descriptor: int, size: int) -> None:
        self.calls.append(Call("cut", self._file(descriptor), size))
        super().cut(descriptor, size)

    def rename(self, source: Path, target: Path) -> None:
        self.calls.append(Call("rename", name=source.name, target=target.name))
        if target.exists():
            self._files.pop(target.stat().st_ino, None)  # the number may be given to another file
        super().rename(source, target)

    def _file(self, descriptor: int) -> int:
        inode = os.fstat(descriptor).st_ino
        if inode not in self._files:
            number = sum(call.kind == "create" for call in self.calls) + 1
            self._files[inode] = number
            self.calls.append(Call("create", number, name=self._name(descriptor)))
        return self._files[inode]

    def _name(self, descriptor: int) -> str:
        inode = os.fstat(descriptor).st_ino
        return next(path.name for path in self._home.iterdir() if path.stat().st_ino == inode)


@dataclass(frozen=True, slots=True)
class Trace:
    """The calls, and what was acknowledged after how many of them."""

    calls: list[Call]
    acknowledged: list[tuple[int, State]]


def traced(home: Path, disk: NotingDisk, commits: int) -> Trace:
    """The calls of so many commits, each of two tables, with a checkpoint behind every third."""
    acknowledged: list[tuple[int, State]] = [(0, shown(opened(home)))]
    store = opened(home, disk)

    def commit(number: int) -> None:
        other = opened(home, disk) if number % 3 == 0 else store
        with other.transaction() as work:
            work.put(READINGS, a_reading(number, id=f"r{number}", note="x" * (7, 300, 9000)[number % 3]))
            work.put(SETTINGS, Setting(id="a", value=str(number)))
            if number % 4 == 0:
                work.delete(READINGS, f"r{number - 2}")
        acknowledged.append((len(disk.calls), shown(other)))

    for number in range(1, commits + 1):
        if number % 3:
            commit(number)
        else:
            disk.amid = lambda number=number: commit(number)  # type: ignore[misc]
            store.close()
            store = opened(home, disk)
    return Trace(disk.calls, acknowledged)


def shown(store: TinyStore) -> State:
    """All that is in the store."""
    return store.every(READINGS), store.every(SETTINGS), store.summary("kr1")


def failures(trace: Trace, folder: Path) -> Iterator[str]:
    """What goes wrong after a power cut somewhere in the trace, a sentence each."""
    looked_at: dict[tuple[tuple[str, bytes], ...], State | str] = {}
    for cut in range(len(trace.calls) + 1):
        last = max(number for number, (at, _) in enumerate(trace.acknowledged) if at <= cut)
        allowed = [state for _, state in trace.acknowledged[last : last + 2]]
        for model in Model:
            image = left(trace.calls[:cut], model)
            key = tuple(sorted(image.items()))
            if key not in looked_at:
                looked_at[key] = found(image, folder / str(len(looked_at)))
            if looked_at[key] not in allowed:
                call = trace.calls[cut - 1] if cut else None
                yield f"after call {cut} ({call and call.kind}), {model}: {str(looked_at[key])[:200]}"


def left(calls: Sequence[Call], model: Model) -> Image:
    """The files of the home where the power is cut behind these calls."""
    synced = {call.file: number for number, call in enumerate(calls) if call.kind == "sync"}
    names_synced = max((number for number, call in enumerate(calls) if call.kind == "sync names"), default=-1)
    contents: dict[int, bytearray] = {}
    names: dict[str, int] = {}
    for number, call in enumerate(calls):
        is_safe = number < synced.get(call.file, -1)
        # A new file's name is safe with its content: ext4, APFS and others promise it, and all that is made here
        # is renamed before it counts.
        name_is_safe = number < names_synced or (call.kind == "create" and is_safe)
        if call.kind in ("create", "rename") and not name_is_safe and model in (Model.LOST, Model.NAMES_LOST):
            continue
        match call.kind:
            case "create":
                names[call.name] = call.file
            case "rename" if call.name in names:
                names[call.target] = names.pop(call.name)
            case "write":
                kept = call.content if is_safe else _kept(call.content, model)
                content = contents.setdefault(call.file, bytearray())
                content.extend(bytes(max(0, call.at - len(content)) if kept else 0))
                content[call.at : call.at + len(kept)] = kept
            case "cut" if is_safe or model not in (Model.LOST, Model.DATA_LOST):
                del contents.setdefault(call.file, bytearray())[call.at :]
    return {name: bytes(contents.get(file, b"")) for name, file in names.items()}


def _kept(content: bytes, model: Model) -> bytes:
    half, third = len(content) // 2, len(content) // 3
    match model:
        case Model.LOST | Model.DATA_LOST:
            return b""
        case Model.TORN:
            return content[:half]
        case Model.ZEROS:
            return bytes(len(content))
        case Model.TORN_ZEROS:
            return content[:third] + bytes(len(content) - third)
        case Model.HEAD_LOST:
            return bytes(half) + content[half:]
        case _:
            return content


def found(image: Image, home: Path) -> State | str:
    """What a store over these files holds, or what is wrong with it."""
    home.mkdir(parents=True)
    for name, content in image.items():
        (home / name).write_bytes(content)
    try:
        state = shown(opened(home, QuickDisk()))
        store = opened(home, QuickDisk())
        with store.transaction() as work:
            work.put(SETTINGS, Setting(id="after", value="the power cut"))
        store.close()
        after = opened(home, QuickDisk())
        with after.transaction() as work:
            work.delete(SETTINGS, "after")
    except StoreError as error:
        return str(error)
    return state if shown(after) == state else "the next commit has changed more than it wrote"
