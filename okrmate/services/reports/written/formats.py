"""The formats of a report, by their public names."""

import json
from enum import StrEnum
from typing import assert_never

from okrmate.mail.words import Words
from okrmate.services.reports.report import Report
from okrmate.services.reports.written.data import facts, table
from okrmate.services.reports.written.markdown import markdown
from okrmate.services.reports.written.page import page


class Format(StrEnum):
    """How a report is written; public names, and the endings of files."""

    HTML = "html"
    MARKDOWN = "md"
    JSON = "json"
    CSV = "csv"


def written(report: Report, form: Format, words: Words) -> str:
    """The report as text; `words` are those of whoever reads it."""
    match form:
        case Format.HTML:
            return page(report, words)
        case Format.MARKDOWN:
            return markdown(report, words)
        case Format.JSON:
            return f"{json.dumps(facts(report), ensure_ascii=False)}\n"
        case Format.CSV:
            return table(report)
        case _:
            assert_never(form)
