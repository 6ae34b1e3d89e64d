"""Which folders are looked into and how: INBOX by what is new, archives and junk for answers, sent mail for letters."""

from collections.abc import Sequence

from okrmate.adapters.imap.answers import Folder
from okrmate.frozen import Frozen

JUNK = r"\junk"
_FILED = frozenset({r"\all", r"\archive", JUNK})
"""Where mail lies that was not sent to be read there (RFC 6154): mostly private, and nearly all of it old."""
_HOLLOW = frozenset({r"\noselect", r"\nonexistent"})
"""A name that no folder stands behind (RFC 3501 section 7.2.2, RFC 5258 section 3)."""
INBOX = "INBOX"


class Place(Frozen):
    """A folder that is looked into; `searched` means that only answers to our letters are seen of what it holds.

    Of the one where sent mail is filed, `sent`, only letters such as ours are seen instead.
    """

    name: str
    """With the account in it, so that two accounts never share what is remembered of a folder."""
    folder: Folder
    searched: bool
    sent: bool = False

    @property
    def junk(self) -> bool:
        """Whether it is where the provider puts what it takes for junk."""
        return JUNK in self.folder.uses


def places(account: str, wanted: Sequence[str], there: Sequence[Folder], sent: str = "") -> tuple[Place, ...]:
    """The places the settings name, then the one where sent mail is filed, junk last; each once.

    A special use that no folder has is left out: a provider has one for all mail or one for the archive, seldom both.
    A plain name that is not there stays, so that its owner hears of it; but for sent mail a folder may not be made yet.
    """
    folders = {folder.wire: folder for name in [*wanted, JUNK] for folder in _meant(name, there)}
    found = [_place(account, folder) for folder in folders.values()]
    filed = named(sent, there)
    if sent and filed in there and filed.wire not in folders and not filed.uses & _HOLLOW:
        found.append(_place(account, filed, sent=True))
    return tuple(sorted(found, key=lambda place: place.junk))


def _place(account: str, folder: Folder, *, sent: bool = False) -> Place:
    searched = sent or bool(folder.uses & _FILED)
    return Place(name=f"{account}/{folder.name}", folder=folder, searched=searched, sent=sent)


def named(name: str, there: Sequence[Folder]) -> Folder:
    """The folder of this name or special use; one that is not there yet, where none is."""
    found = _meant(name, there)
    return found[0] if found else Folder.named(name.removeprefix("\\"))


def _meant(name: str, there: Sequence[Folder]) -> tuple[Folder, ...]:
    if name.startswith("\\"):
        return tuple(folder for folder in there if name.lower() in folder.uses)
    # INBOX is the one name in which letters count the same, large or small (RFC 3501 section 5.1).
    same = [folder for folder in there if folder.name == name or folder.name.upper() == name.upper() == INBOX]
    return tuple(same[:1]) or (Folder.named(name),)
