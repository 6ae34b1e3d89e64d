"""Where a home lies: on a disk of this machine, or where locks and renames do not hold: a network, a synced folder."""

import re
import subprocess
from contextlib import suppress
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
_LINE = re.compile(r"\S+ \S+ \S+ \S+ (?P<place>\S+) .*? - (?P<kind>\S+) ")
"""In proc_pid_mountinfo(5)."""
_MAC_LINE = re.compile(r".* on (?P<place>.+) \((?P<kind>[a-z0-9_]+)[,)]")
"""Printed by mount(8) of macOS."""
_OCTAL = re.compile(r"\\([0-7]{3})")
_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|afpfs|afs|9p|drvfs|ncpfs|davfs\d?|webdav|ceph|lustre|glusterfs|vboxsf|vmhgfs"
    r"|macfuse|osxfuse|fuse\.(sshfs|rclone|davfs2?|glusterfs|s3fs|ceph|onedriver|vmhgfs-fuse|gvfsd-fuse|.*drive.*)"
)
_SYNCED = (
    ("Dropbox", re.compile(r"Dropbox( \(.+\))?")),
    ("OneDrive", re.compile(r"OneDrive( ?- ?.+)?")),
    ("iCloud", re.compile(r"iCloud ?Drive|Mobile Documents|com~apple~CloudDocs")),
    ("Google Drive", re.compile(r"Google ?Drive(-.+)?|My Drive")),
    ("Nextcloud", re.compile(r"Nextcloud\d*")),
    ("ownCloud", re.compile(r"ownCloud\d*")),
    ("MEGA", re.compile(r"MEGA(sync)?")),
    ("pCloud", re.compile(r"pCloud ?Drive")),
    ("a cloud", re.compile(r"CloudStorage")),
)
_MARKS = (
    ("Syncthing", ".stfolder"),
    ("Dropbox", ".dropbox"),
    ("Nextcloud", ".sync_*.db"),
    ("Nextcloud", "._sync_*.db"),
    ("ownCloud", ".owncloudsync.log"),
    ("Resilio Sync", ".sync/StreamsList"),
)
"""What the programs put at the top of a folder that they keep the same on several machines."""


def warning(home: Path, mounts: str | None = None) -> str:
    """Why the home had better lie elsewhere, as a sentence; empty where nothing speaks against its place.

    `mounts` is what the system says of its file systems, where that is known already.
    """
    place = home.absolute().resolve()
    kind = _kind(place, _mounts() if mounts is None else mounts)
    if _NETWORK.fullmatch(kind):
        return (
            f"{home} lies on a file system of another machine ({kind}), where locks may not hold and changes be lost; "
            "choose a home on a disk of this machine, and copy backups there instead."
        )
    service = _service(place)
    if service:
        return (
            f"{home} lies in a folder that {service} synchronises, which may replace files while they are written; "
            "choose a home outside of it, and copy backups there instead."
        )
    return ""


def _mounts() -> str:
    with suppress(OSError):
        return MOUNTS.read_text(encoding="utf-8", errors="replace")
    with suppress(OSError, subprocess.SubprocessError):
        told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True)
        return told.stdout
    return ""


def _kind(place: Path, mounts: str) -> str:
    """The kind of the file system on which a place lies: of those mounted above it the innermost, the last there."""
    best, found = -1, ""
    for line in mounts.splitlines():
        told = _LINE.match(line) or _MAC_LINE.match(line)
        above = Path(_OCTAL.sub(lambda code: chr(int(code[1], 8)), told["place"])) if told else None
        if told and above is not None and place.is_relative_to(above) and len(above.parts) >= best:
            best, found = len(above.parts), told["kind"]
    return found


def _service(place: Path) -> str:
    """The program that synchronises the folder, told by names on the way to it and by the marks it leaves there."""
    for name, pattern in _SYNCED:
        if any(pattern.fullmatch(part) for part in place.parts):
            return name
    for folder in (place, *place.parents):
        for name, mark in _MARKS:
            with suppress(OSError):
                if next(folder.glob(mark), None) is not None:
                    return name
    return ""
