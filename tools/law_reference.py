"""Writes docs/reference/law.md from the parameters: `python tools/law_reference.py`.

The test of the docs calls `reference()` and fails when the page is stale.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from vandong.kernel.days import format_day
from vandong.law import LawBook, law_book
from vandong.law.book import Dated, Parameter
from vandong.law.review import certainty_of
from vandong.phrases.law_words import (
    certainty_words,
    citation_words,
    entry_words,
    row_words,
    span_words,
    value_words,
)

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "law.md"
LANG = "vi"
_HEAD = """# The law as parameters

<!-- Written by tools/law_reference.py from src/vandong/law/parameters: do not edit. -->

Every number of law that a result rests on, in the order of its code, with the document it stands in and how
sure we are: **Đã xác minh** (read in the official text), **Chưa xác minh** (from other sources; who checks it,
and by when), **Không tính được** (nobody published it). `vandong law show` prints the same for any day.
"""


def reference(book: LawBook | None = None) -> str:
    """The whole page."""
    parameters = (book or law_book()).parameters
    sections = [_section(parameters[code]) for code in sorted(parameters)]
    return "\n".join([_HEAD, *sections])


def _section(parameter: Parameter) -> str:
    lines = [
        f"## `{parameter.code}`",
        "",
        f"{parameter.names['vi']} ({parameter.names['en']})",
        "",
        "| in force | value | certainty | source | check |",
        "|---|---|---|---|---|",
        *_rows(parameter),
        "",
    ]
    return "\n".join(lines)


def _rows(parameter: Parameter) -> Iterator[str]:
    for index, entry in enumerate(parameter.entries):
        cells = (
            span_words(entry.valid_from, parameter.until(index), LANG),
            _value(entry, parameter.unit),
            certainty_words(certainty_of(entry), LANG),
            citation_words(entry.citation, LANG),
            f"{entry.check.by}, {format_day(entry.check.on)}" if entry.check else "",
        )
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _value(entry: Dated, unit: str) -> str:
    rows = [
        f"{row_words(key, LANG)}: {value_words(value, unit, LANG)}"
        for key, value in entry.rows.items()
        if key
    ]
    said = "; ".join(rows) if rows else entry_words(entry, unit, LANG)
    return f"{said} ({entry.note})" if entry.note else said


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name} written\n")
