"""Where a home had better not lie: on a network, or in a folder that some program keeps the same elsewhere."""

import errno
import fcntl
from pathlib import Path

import pytest

from okrmate.adapters.file import Disk
from okrmate.adapters.surroundings import warning

LINUX = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
40 22 0:31 / /home/ada/far rw,nosuid - {kind} nas:/export rw,vers=4.2
41 40 0:32 / /home/ada/far/near rw shared:5 master:1 - xfs /dev/vdb rw
42 22 0:33 / /mnt/two\\040words rw - {kind} //nas/share rw
"""
MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled)
//ada@nas/share on /Volumes/My Share ({kind}, nodev, nosuid, mounted by ada)
"""


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "fuse.rclone", "9p", "fuse.glusterfs"])
@pytest.mark.parametrize("home", ["/home/ada/far/okrmate", "/home/ada/far", "/mnt/two words/okrmate"])
def test_a_home_on_another_machines_disk_is_warned_about(kind: str, home: str) -> None:
    said = warning(Path(home), LINUX.format(kind=kind))

    assert f"on a file system of another machine ({kind})" in said
    assert "choose a home on a disk of this machine" in said


@pytest.mark.parametrize("kind", ["smbfs", "nfs", "afpfs", "webdav", "macfuse"])
def test_the_same_is_told_on_a_mac(kind: str) -> None:
    told = warning(Path("/Volumes/My Share/okrmate"), MAC.format(kind=kind))

    assert f"({kind})" in told
    assert warning(Path("/Users/ada/okrmate"), MAC.format(kind=kind)) == ""


@pytest.mark.parametrize("home", ["/home/ada/okrmate", "/home/ada/far/near/okrmate", "/home/ada/farther", "/mnt/two"])
def test_a_disk_of_this_machine_is_fine_also_below_and_beside_such_a_place(home: str) -> None:
    assert warning(Path(home), LINUX.format(kind="nfs4")) == ""


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "fuseblk", "apfs", "fuse.ntfs"])
def test_file_systems_of_this_machine_are_fine(kind: str) -> None:
    assert warning(Path("/home/ada/far/okrmate"), LINUX.format(kind=kind)) == ""


@pytest.mark.parametrize(
    ("home", "service"),
    [
        ("/home/ada/Dropbox/okrmate", "Dropbox"),
        ("/home/ada/Dropbox (Personal)/okrmate", "Dropbox"),
        ("/home/ada/OneDrive/okrmate", "OneDrive"),
        ("/Users/ada/OneDrive - Company/okrmate", "OneDrive"),
        ("/Users/ada/Library/Mobile Documents/com~apple~CloudDocs/okrmate", "iCloud"),
        ("/Users/ada/Library/CloudStorage/Box-Box/okrmate", "a cloud"),
        ("/home/ada/Nextcloud/okrmate", "Nextcloud"),
        ("/home/ada/Google Drive/okrmate", "Google Drive"),
    ],
)
def test_a_folder_with_a_services_name_is_warned_about(home: str, service: str) -> None:
    assert f"in a folder that {service} synchronises" in warning(Path(home), "")


@pytest.mark.parametrize(
    ("mark", "service"),
    [(".stfolder", "Syncthing"), (".dropbox", "Dropbox"), (".sync_1f2e.db", "Nextcloud"), (".owncloudsync.log", "own")],
)
def test_a_folder_that_a_service_has_marked_is_warned_about_however_it_is_called(
    tmp_path: Path, mark: str, service: str
) -> None:
    (tmp_path / mark).touch()

    assert f"in a folder that {service}" in warning(tmp_path / "deep" / "okrmate", "")


def test_a_link_into_such_a_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "okrmate").symlink_to(tmp_path / "Dropbox")

    assert "Dropbox" in warning(tmp_path / "okrmate", "")


@pytest.mark.parametrize("name", ["okrmate", "Dropboxes", "my-nextcloud-notes"])
def test_other_folders_are_fine(tmp_path: Path, name: str) -> None:
    assert warning(tmp_path / name) == ""


# macOS

FULL = 51


def on_a_mac(monkeypatch: pytest.MonkeyPatch, error: OSError | None) -> list[int]:
    """From now on this is a Mac, whose disk answers so; which calls it got."""
    asked: list[int] = []

    def answer(_descriptor: int, command: int) -> int:
        asked.append(command)
        if error is not None:
            raise error
        return 0

    monkeypatch.setattr(fcntl, "F_FULLFSYNC", FULL, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", answer)
    return asked


@pytest.mark.parametrize("error", [None, OSError(errno.ENOTSUP, "not supported"), OSError(errno.EINVAL, "invalid")])
def test_on_a_mac_the_disks_own_cache_is_written_out_where_it_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError | None
) -> None:
    asked = on_a_mac(monkeypatch, error)
    with (tmp_path / "file").open("wb") as file:
        Disk().sync(file.fileno())

    assert asked == [FULL]


def test_on_a_mac_a_disk_that_fails_is_no_disk_that_cannot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_mac(monkeypatch, OSError(5, "I/O error"))
    with (tmp_path / "file").open("wb") as file, pytest.raises(OSError, match="I/O error"):
        Disk().sync(file.fileno())
