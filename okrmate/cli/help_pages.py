"""How a page of `--help` is laid out: what a command takes by itself first, the options of all commands last."""

import argparse
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

EVERYWHERE = "with every command"
"""The heading of the options that all commands take."""
_OF_ALL = frozenset({"help", "home", "json", "quiet", "verbose"})
_INDENT = "  "


class HelpPage(argparse.HelpFormatter):
    """Argparse's page, but for usage without what all commands take, words kept whole, and examples as they stand."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Show in the first line what the command takes by itself."""
        super().add_usage(usage, [action for action in actions if action.dest not in _OF_ALL], groups, prefix)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """Lines that are indented stand as they are; all others are filled."""
        filled = (
            line if line.startswith(_INDENT) else textwrap.fill(line, width, break_on_hyphens=False)
            for line in text.splitlines()
        )
        return "".join(f"{indent}{line}\n" for line in "\n".join(filled).splitlines())

    def _split_lines(self, text: str, width: int) -> list[str]:
        return textwrap.wrap(text, width, break_on_hyphens=False)


def sentence(words: str) -> str:
    """A line of help as a sentence."""
    return f"{words[:1].upper()}{words[1:]}."


def shown(examples: Sequence[str], behind: str = "") -> str:
    """Examples below a page, and what is said behind them."""
    listed = "\n".join(("for example:", *(f"{_INDENT}{example}" for example in examples))) if examples else ""
    return "\n\n".join(filter(None, (listed, behind)))
