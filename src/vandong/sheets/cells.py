"""The one rule by which a cell becomes text.

- nothing, or only spaces → None; text → stored form of `kernel.names.clean`, control characters taken out
  (noted), longer than `LONGEST` cut (noted);
- a whole number → its digits (44134.0 → 44134); a number with decimals → decimal point, shortest form that
  is the same number, with a nought added when exactly three decimals follow one to three digits, so that
  12.345 is never taken for twelve thousand; numbers of 16 digits and more → power of ten (not exact);
- a percent cell → 84.65%; a day → 2023-05-31; with a time → 2023-05-31 08:30:00; true, false → TRUE, FALSE;
- an error value → its sign (#REF!), noted.
"""

import re
import unicodedata
from datetime import date, datetime, time

from vandong.kernel.findings import Finding, Severity, Spot
from vandong.kernel.names import clean
from vandong.sheets.tables import CellKind

LONGEST = 5000
"""Characters of one cell. Longer ones are the mark of a broken file and are cut with a problem."""

_THREE_DECIMALS = re.compile(r"-?[0-9]{1,3}\.[0-9]{3}")
_ERRORS = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)")


def text_of(value: object, percent: bool = False) -> tuple[str | None, CellKind]:
    """The text of a raw cell and what it was. Text still goes through `clean_text`."""
    if value is None or value == "":
        return None, CellKind.EMPTY
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), CellKind.TRUTH
    if isinstance(value, int | float):
        return _percent_text(value) if percent else (number_text(value), CellKind.NUMBER)
    return _day_text(value) if isinstance(value, date) else (str(value), CellKind.TEXT)


def _day_text(value: date) -> tuple[str, CellKind]:
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(" ", "seconds"), CellKind.DAY
    return value.isoformat()[:10], CellKind.DAY


def number_text(value: float) -> str:
    """A number as the rule above says."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    written = repr(value)
    return f"{written}0" if _THREE_DECIMALS.fullmatch(written) else written


def _percent_text(value: float) -> tuple[str, CellKind]:
    return f"{float(f'{value * 100:.13g}'):.13g}%", CellKind.PERCENT


def clean_text(raw: str) -> tuple[str | None, str | None]:
    """The stored form of a text, and the code of what is wrong with it, if anything."""
    if raw.isascii() and raw.isprintable():
        if len(raw) <= LONGEST and "  " not in raw and "#" not in raw:
            return raw.strip() or None, None
        plain, code = " ".join(raw.split()), None
    else:
        plain, code = _without_controls(raw)
    if len(plain) > LONGEST:
        return plain[:LONGEST], "cell_too_long"
    if plain.startswith("#") and _ERRORS.fullmatch(plain.upper()):
        return plain, "error_cell"
    return plain or None, code


def _without_controls(raw: str) -> tuple[str, str | None]:
    if raw.isprintable():
        return clean(raw), None
    kept = "".join(
        sign
        for sign in raw
        if sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cs", "Cn")
    )
    return clean(kept), "control_characters" if len(kept) != len(raw) else None


def cell_finding(code: str, row: int, column: str, text: str | None) -> Finding:
    """A fault of one cell at its place."""
    mild = code in ("control_characters", "cell_beyond_header")
    severity = Severity.WARNING if mild else Severity.ERROR
    return Finding(code, {"text": text or ""}, Spot(row=row, column=column), severity)
