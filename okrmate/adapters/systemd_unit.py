"""The unit by which systemd keeps `okrmate run` at work for a user: its text, and telling systemd to take it or not."""

import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from okrmate.domain.errors import ExitCode, UsageError
from okrmate.frozen import Frozen

NAME = "okrmate.service"
FOR_A_PERSON = (ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.LOGIN)
"""What only a person can mend. Begun again all the same, a refused login gets the account locked."""
PATIENCE = 30.0
"""Seconds that `systemctl` may take."""


class UserUnit(Frozen):
    """The one unit of this user; `file` is where systemd looks for it (systemd.unit(5), "User Unit Search Path")."""

    file: Path
    environ: Mapping[str, str]

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "UserUnit":
        """That of whoever has this environment."""
        configured = environ.get("XDG_CONFIG_HOME", "")
        folder = Path(configured) if configured else Path(environ.get("HOME", "~")).expanduser() / ".config"
        return cls(file=folder / "systemd" / "user" / NAME, environ=environ)

    def home(self) -> str:
        """The home it serves; empty where it is not installed."""
        with suppress(OSError):
            lines = self.file.read_text("utf-8").splitlines()
            return next((line.partition("=")[2].replace("%%", "%") for line in lines if line.startswith(_HOME)), "")
        return ""

    def install(self, home: Path, program: Sequence[str]) -> None:
        """Write it for `home`, whose loop is begun by `program`, and have it begun now and at each login.

        `UsageError` where it serves another home, or systemd does not take it.
        """
        served = self.home()
        if served not in {"", str(home)}:
            raise UsageError(
                f"The service reads and sends mail for {served}; `okrmate service remove` lets go of that."
            )
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(unit(home, program, self.environ.get("PATH", "")), "utf-8")
        self._systemctl("daemon-reload")
        self._systemctl("enable", NAME)
        self._systemctl("restart", NAME)

    def remove(self) -> None:
        """Have it ended and forgotten; `UsageError` where systemd cannot be asked."""
        self._systemctl("disable", "--now", NAME)
        self.file.unlink(missing_ok=True)
        self._systemctl("daemon-reload")

    def state(self) -> str:
        """What systemd says of it, in its own word, such as `active`, `failed` or `inactive`."""
        return self._asked("is-active", NAME).stdout.strip() or "unknown"

    def _systemctl(self, *words: str) -> None:
        ended = self._asked(*words)
        if ended.returncode:
            said = " ".join(ended.stderr.split()) or f"exit code {ended.returncode}"
            raise UsageError(f"systemd did not take `systemctl --user {' '.join(words)}`: {said}")

    def _asked(self, *words: str) -> "subprocess.CompletedProcess[str]":
        try:
            return subprocess.run(  # noqa: S603 - systemd's own program, with words of ours
                ["systemctl", "--user", *words],  # noqa: S607 - wherever the system has it
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
                env=dict(self.environ),
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise UsageError(
                "systemd cannot be asked on this machine; have something else start `okrmate run` when you log in."
            ) from error


_HOME = "WorkingDirectory="
_UNIT = """\
[Unit]
Description=okrmate reads and sends mail for a mentor

[Service]
Type=notify
ExecStart={program}
{home_key}{home}
Environment={path}
Restart=on-failure
RestartSec=60
RestartPreventExitStatus={codes}
WatchdogSec=600
TimeoutStopSec=10

[Install]
WantedBy=default.target
"""


def unit(home: Path, program: Sequence[str], path: str) -> str:
    """The text of the unit; commands that give a secret are found by `path`, as in the terminal it is installed from.

    After a bug, a server that is away or a store that cannot be used it is begun again a minute later, after what only
    a person can mend it is not.
    """
    return _UNIT.format(
        program=" ".join(_word(each).replace("$", "$$") for each in program),
        home_key=_HOME,
        home=str(home).replace("%", "%%"),
        path=_word(f"PATH={path}"),
        codes=" ".join(str(int(code)) for code in FOR_A_PERSON),
    )


def _word(text: str) -> str:
    """One word of a unit's line, whatever signs are in it (systemd.syntax(7), "Quoting")."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'
