"""Reads the golden cases of benefits: what a lawyer wrote, as requests of the rules."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from vandong.kernel.periods import Month
from vandong.kernel.yaml_texts import read_once
from vandong.rules.people import Sex
from vandong.rules.retirement_age import Birth, Known
from vandong.rules.segments import Kind, Segment

FOLDER = Path(__file__).parents[1] / "cases" / "law"


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_once((FOLDER / name).read_text(encoding="utf-8"))
    ids = [case["id"] for case in found]
    assert len(ids) == len(set(ids)), "an id stands twice"
    for case in found:
        assert case["class"] in {"O", "N", "A", "D"}
        assert case["source"]
    return found


def month(text: str) -> Month:
    year, number = str(text).split("-")
    return Month(int(year), int(number))


def segments(rows: list[list[Any]]) -> tuple[Segment, ...]:
    return tuple(
        Segment(Kind(kind), month(first) if first else None, count, income)
        for kind, first, count, income in rows
    )


def stretch(first: str, count: int, income: int, kind: Kind = Kind.VOLUNTARY) -> Segment:
    return Segment(kind, month(first), count, income)


def missing(count: int, income: int) -> Segment:
    return Segment(Kind.MISSING, None, count, income)


def birth(text: object) -> Birth:
    if isinstance(text, date):
        return Birth(text)
    parts = [int(part) for part in str(text).split("-")]
    if len(parts) == 1:
        return Birth.of_year(parts[0])
    if len(parts) == 2:
        return Birth.of_month(parts[0], parts[1])
    return Birth(date(*parts), Known.DAY)


def sex(text: str) -> Sex:
    return Sex(text)


def exact(text: str) -> Fraction:
    return Fraction(text)
