"""What people write of a person: months paid, birth, sex, whole numbers. Read strictly, refused with a code.

2016-01..2025-12:3000000,missing:60:5000000,compulsory:2005-01..2010-12:4000000
"""

import re
from datetime import date
from typing import Annotated

import typer
from django.utils import timezone

from vandong.console.advice.shared import read_amount, read_month
from vandong.console.problems import Problem
from vandong.kernel.days import parse_day
from vandong.kernel.numbers import NumberProblem, parse_count
from vandong.kernel.periods import Month
from vandong.rules.people import Sex
from vandong.rules.retirement_age import Birth, Known
from vandong.rules.segments import Kind, Segment, month_count

OnDay = Annotated[
    str,
    typer.Option(
        "--on",
        help="Theo luật của ngày này; bỏ trống là hôm nay. / By the law of this day; today when left out.",
    ),
]

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_MONTHS = re.compile(r"[0-9]{4}-[0-9]{1,2}|[0-9]{1,2}/[0-9]{4}")
_LARGEST_MONTHS = 1200


def read_day(text: str) -> date:
    """The day whose law is used; today without one. Raises DayProblem."""
    return parse_day(text) if text else timezone.localdate()


def read_segments(text: str) -> tuple[Segment, ...]:
    """The stretches of months paid. Raises Problem segment_not_read, segment_backwards, not_a_month;
    NumberProblem."""
    return tuple(_segment(part.strip()) for part in text.split(",") if part.strip())


def _segment(text: str) -> Segment:
    parts = [part.strip() for part in text.split(":")]
    if parts[0] == Kind.MISSING.value and len(parts) == len(("missing", "months", "income")):
        return Segment(Kind.MISSING, None, read_whole(parts[1]), read_amount(parts[-1]))
    kind = Kind.VOLUNTARY
    if parts[0] in {Kind.COMPULSORY.value, Kind.VOLUNTARY.value}:
        kind = Kind(parts.pop(0))
    months = parts[0].split("..")
    if len(parts) != len(("months", "income")) or len(months) > len(("first", "last")):
        raise Problem.of("segment_not_read", text=text)
    first, last = read_month(months[0]), read_month(months[-1])
    count = month_count(first, last) + 1
    if count < 1:
        raise Problem.of("segment_backwards", text=text)
    return Segment(kind, first, count, read_amount(parts[1]))


def read_birth(text: str) -> Birth:
    """A day, a month or a year alone. Raises DayProblem (impossible_day for 31/02), Problem not_a_month."""
    body = text.strip()
    if _YEAR.fullmatch(body):
        return Birth(date(int(body), 1, 1), Known.YEAR)
    if _MONTHS.fullmatch(body):
        month: Month = read_month(body)
        return Birth(month.first_day, Known.MONTH)
    return Birth(parse_day(body))


def read_sex(text: str) -> Sex:
    """F or M. Raises Problem sex_unknown."""
    if text.strip().upper() in set(Sex):
        return Sex(text.strip().upper())
    raise Problem.of("sex_unknown", text=text)


def read_whole(text: str) -> int:
    """Whole years or months: decimals of a year are refused, as 17.7 may mean seven months or seven tenths.
    Raises Problem years_not_whole, negative_time; NumberProblem."""
    try:
        number = parse_count(text)
    except NumberProblem as problem:
        if problem.code == "negative_count":
            raise Problem.of("negative_time") from problem
        if problem.code == "not_whole":
            raise Problem.of("years_not_whole", text=text) from problem
        raise
    if "." in text or "," in text:
        raise Problem.of("years_not_whole", text=text)
    if number > _LARGEST_MONTHS:
        raise NumberProblem("number_too_large", text)
    return number
