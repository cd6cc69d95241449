"""Lists for tests, made in memory."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import polars as pl

from vandong.intake.checking import CheckContext, CheckedList, FoundUnit, check_list
from vandong.intake.kinds import ListKind
from vandong.intake.mapping import recognised
from vandong.intake.reading import ROW, RawList

AS_OF = date(2026, 11, 23)
OWN_UNIT = FoundUnit(1, 2)
UNITS: Mapping[str, FoundUnit | str] = {
    "Phường Ba Đình": FoundUnit(11, 12),
    "00004": FoundUnit(21, 22),
    "Xã Trùng Tên": "list_unit_ambiguous",
}


def raw_list(heads: Sequence[str], rows: Iterable[Sequence[str | None]], first: int = 2) -> RawList:
    """A list as if it stood in a file whose head is row `first` − 1."""
    cells = [[cell or None for cell in row] for row in rows]
    columns = {
        f"c{at}": pl.Series([row[at] for row in cells], dtype=pl.String) for at in range(len(heads))
    }
    numbers = pl.Series(ROW, range(first, first + len(cells)), dtype=pl.Int64)
    return RawList(tuple(heads), (), pl.DataFrame([numbers]).with_columns(**columns))


def found_units(texts: Sequence[str]) -> Mapping[str, FoundUnit | str]:
    """The directory of the tests."""
    return {text: UNITS[text] for text in texts if text in UNITS}


def checked(
    kind: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str | None]],
    unit: FoundUnit | None = OWN_UNIT,
) -> CheckedList:
    """The list, checked."""
    raw = raw_list(heads, rows)
    return checked_raw(kind, raw, unit)


def checked_raw(kind: str, raw: RawList, unit: FoundUnit | None = OWN_UNIT) -> CheckedList:
    """The list, checked."""
    context = CheckContext(ListKind(kind), AS_OF, unit, None, found_units)
    return check_list(raw, recognised(ListKind(kind), raw.heads), context)


def codes(findings: pl.DataFrame, row: int) -> list[str]:
    """What is said of a row, in alphabetical order."""
    return sorted(findings.filter(pl.col("row") == row)["code"].to_list())
