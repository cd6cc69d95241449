"""The three packaged tables as typed rows, exactly as printed. See `places/data/README.md`."""

import csv
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vandong.kernel.names import clean

_DATA = Path(__file__).resolve().parents[1] / "data"
_BRACKETED_CODE = re.compile(r"\((\w+)\)\s*$")


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """One line of a list of units. `parent` is the code of the tier above, empty for a province."""

    kind: str
    code: str
    name: str
    parent: str
    lat: float | None = None
    lon: float | None = None
    area_km2: float | None = None


@dataclass(frozen=True, slots=True)
class PrintedConversion:
    """One line of the conversion sheet. `row` counts from 1 with the header, as a spreadsheet shows it."""

    row: int
    new_code: str
    new_name: str
    new_province: str
    old_code: str
    old_name: str
    old_district: str
    note: str


def listed_units(month: str) -> tuple[ListedUnit, ...]:
    """The units of "2025-01" (three tiers) or "2025-07" (two tiers)."""
    return tuple(
        ListedUnit(
            row["kind"],
            row["code"],
            clean(row["name"]),
            row["parent"],
            _number(row.get("lat")),
            _number(row.get("lon")),
            _number(row.get("area_km2")),
        )
        for row in _rows(f"units_{month}.csv.gz")
    )


def printed_conversions() -> tuple[PrintedConversion, ...]:
    """Every line of the conversion sheet of 1 July 2025, faults included."""
    return tuple(
        PrintedConversion(
            number,
            row["new_code"],
            clean(row["new_name"]),
            row["new_province"],
            row["old_code"],
            clean(row["old_name"]),
            _bracketed_code(row["old_district"]),
            clean(row["note"]),
        )
        for number, row in enumerate(_rows("succession_2025-07.csv.gz"), start=2)
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(_DATA / name, "rt", encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def _number(text: str | None) -> float | None:
    return float(text) if text else None


def _bracketed_code(text: str) -> str:
    found = _BRACKETED_CODE.search(text)
    return found.group(1) if found else ""
