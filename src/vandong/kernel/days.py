"""Days as people and spreadsheets write them. Day before month, always: 05/03/1990 is 5 March."""

import re
from datetime import date, datetime, timedelta

FIRST_YEAR = 1850
LAST_YEAR = 2150
FIRST_SERIAL = 3654
LAST_SERIAL = 73050
"""Spreadsheet serials taken as days: 01/01/1910 to 31/12/2099. Smaller numbers are years or counts."""

_SERIAL_START = date(1899, 12, 30)
_ISO = re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})")
_LOCAL = re.compile(
    r"(?P<day>[0-9]{1,2})\s*(?P<sign>[-/.])\s*(?P<month>[0-9]{1,2})\s*(?P=sign)\s*(?P<year>[0-9]{4})"
)
_WORDS = re.compile(
    r"(?:ngày\s+)?(?P<day>[0-9]{1,2})\s+tháng\s+(?P<month>[0-9]{1,2})\s*,?\s*(?:năm\s+)?(?P<year>[0-9]{4})",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[T\s]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?$"
)
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2}")
_MONTH = re.compile(r"(?:[0-9]{1,2}[-/.][0-9]{4}|[0-9]{4}[-/.][0-9]{1,2})")
_NUMBER = re.compile(r"(?P<whole>[0-9]{1,6})(?:\.[0-9]+)?")


class DayProblem(ValueError):
    """A text that is not a day. `code` is one of `phrases/texts/days.yaml`."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text


def parse_day(text: str) -> date:
    """The day that `text` names. Raises DayProblem.

    Forms: 2023-05-31 (also with a time, which is dropped), 31/05/2023, 31-5-2023, 31.5.2023,
    "ngày 31 tháng 5 năm 2023", spreadsheet serial 45077. Codes: missing_day, not_a_day, impossible_day,
    month_before_day, year_only, month_only, two_digit_year, day_out_of_range.
    """
    body = " ".join(text.split())
    if not body:
        raise DayProblem("missing_day", text)
    body = _TIME.sub("", body)
    for form in (_ISO, _LOCAL, _WORDS):
        if found := form.fullmatch(body):
            return _built(int(found["year"]), int(found["month"]), int(found["day"]), text)
    if found := _NUMBER.fullmatch(body):
        return _from_serial(int(found["whole"]), text)
    raise DayProblem(_reason(body), text)


def _built(year: int, month: int, day: int, text: str) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DayProblem("day_out_of_range", text)
    try:
        return date(year, month, day)
    except ValueError:
        swapped = month > 12 and 1 <= day <= 12
        raise DayProblem("month_before_day" if swapped else "impossible_day", text) from None


def _from_serial(serial: int, text: str) -> date:
    if FIRST_YEAR <= serial <= LAST_YEAR:
        raise DayProblem("year_only", text)
    if FIRST_SERIAL <= serial <= LAST_SERIAL:
        return _SERIAL_START + timedelta(days=serial)
    raise DayProblem("not_a_day", text)


def _reason(body: str) -> str:
    if _SHORT_YEAR.fullmatch(body):
        return "two_digit_year"
    return "month_only" if _MONTH.fullmatch(body) else "not_a_day"


def day_from_cell(cell: object) -> date:
    """A day from a raw spreadsheet cell: date, datetime, serial number or text. Raises DayProblem."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return parse_day("" if cell is None else str(cell))


def format_day(day: date) -> str:
    """31/05/2023."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
