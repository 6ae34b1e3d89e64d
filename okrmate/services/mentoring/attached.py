"""The evidence of a key result as files: each once, under a name that tells the key result and the day."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from okrmate.domain.okrs import Evidence, KeyResult, Reading


def files_of(key_result: KeyResult, readings: Iterable[Reading], zone: str) -> dict[str, Evidence]:
    """What was attached to the mails that told these readings, by file name: `kr-1.1-2026-03-09-chart.png`."""
    once = {(each.mail, each.number): (reading, each) for reading in readings for each in reading.evidence}
    named: dict[str, Evidence] = {}
    for reading, each in once.values():
        begins, several = f"kr-{key_result.ref}-{reading.at.astimezone(ZoneInfo(zone)):%Y-%m-%d}", 1
        while (name := f"{begins}{'' if several == 1 else f'-{several}'}-{each.name}") in named:
            several += 1
        named[name] = each
    return named
