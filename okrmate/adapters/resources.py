"""The one loader of templates and the sample configuration: the home's own, then the package's, then the checkout's."""

import os
from functools import lru_cache
from pathlib import Path, PurePosixPath

from okrmate.adapters.file import Signature, signature
from okrmate.domain.errors import ExitCode, OkrmateError

MAX_BYTES = 1_000_000

_PACKAGE = Path(__file__).resolve().parent.parent
_PACKAGED = _PACKAGE / "_data"
_CHECKOUT = _PACKAGE.parent
_TEMPLATE_SUFFIX = ".j2"


class ResourceMissingError(OkrmateError):
    """A template or sample is not there or cannot be used; the sentence names the file."""

    exit_code = ExitCode.CONFIGURATION


class Resources:
    """The texts okrmate ships, each of which a home may replace by a file of its own under `templates/`."""

    def __init__(self, home: Path | None) -> None:
        shipped = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
        self._config = shipped / "config.toml"
        self._known: dict[str, tuple[Signature | None, str]] = {}
        self._folders = tuple(root / "templates" for root in (home, shipped) if root is not None)
        self._places = lru_cache(maxsize=256)(self._places_of)

    def template(self, name: str) -> str:
        """The text of a template such as `en/agenda.md.j2`.

        Raises ResourceMissingError if there is none, if the name leads out of the folder, or if the file is too
        large or no UTF-8.
        """
        for path in self._places(name):
            text = self._read(path)
            if text is not None:
                return text
        message = f"There is no template {name} in {' or '.join(map(str, self._folders))}."
        raise ResourceMissingError(message)

    def _places_of(self, name: str) -> tuple[str, ...]:
        """Where the template may stand, the first that is there counting; a name that leads out is refused."""
        inside = PurePosixPath(name)
        if inside.is_absolute() or ".." in inside.parts:
            message = f"{name} is no template: the name leads out of the templates' folder."
            raise ResourceMissingError(message)
        return tuple(str(folder / inside) for folder in self._folders)

    def _read(self, path: str) -> str | None:
        """The text of a file, read again only where it has changed; None where there is none."""
        try:
            found = os.stat(path)  # noqa: PTH116 - asked several times for each letter; a Path takes twice as long
        except (OSError, ValueError):  # a name that no file can have
            return None
        state = signature(found)
        if self._known.get(path, (None, ""))[0] != state:
            if not Path(path).is_file():
                return None
            self._known[path] = (state, _text(Path(path)))
        return self._known[path][1]

    def template_names(self) -> tuple[str, ...]:
        """The names of all templates, the home's own included, in order."""
        found = {
            path.relative_to(folder).as_posix()
            for folder in self._folders
            for path in folder.rglob(f"*{_TEMPLATE_SUFFIX}")
        }
        return tuple(sorted(found))

    def sample_config(self) -> str:
        """The annotated config.toml, the manual of every key."""
        return _text(self._config)


def _text(path: Path) -> str:
    """Read one text of at most MAX_BYTES."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            message = f"{path} is larger than {MAX_BYTES // 1_000_000} MB: a template is a short text."
            raise ResourceMissingError(message)
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8 text: save it as UTF-8."
        raise ResourceMissingError(message) from error
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}."
        raise ResourceMissingError(message) from error
