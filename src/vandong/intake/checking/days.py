"""Days of birth and other days, in all the forms that lists have (`domain.md` 3.1, `stack.md` 7)."""

import re
from collections.abc import Callable
from datetime import date

import polars as pl

from vandong.intake.checking.cells import Cells, Said, Told, Verdict, refused, text_and_value
from vandong.intake.kinds import ListField
from vandong.kernel.days import DayProblem, parse_day

EARLIEST_BIRTH = date(1900, 1, 1)
EARLIEST_DAY, LATEST_DAY = date(1980, 1, 1), date(2099, 12, 31)
"""Days of insurance outside are slips of the pen."""

_YEAR = re.compile(
    r"(?:năm|năm sinh|sinh năm|sn|khoảng)?\s*:?\s*([12][0-9]{3})(?:\.0+)?", re.IGNORECASE
)
_YEAR_AND_NOTHING = re.compile(
    r"(?:0{1,2}|\.{1,3}|-{1,2}|_+|\?+|x{1,2})[-/.](?:0{1,2}|\.{1,3}|-{1,2}|_+|\?+|x{1,2})[-/.]([12][0-9]{3})",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(?:tháng\s*)?([0-9]{1,2})\s*[-/.]\s*([12][0-9]{3})", re.IGNORECASE)
_MONTH_BACK = re.compile(r"([12][0-9]{3})\s*[-/.]?\s*([0-9]{2})")
_PACKED = re.compile(r"[0-9]{7,8}")
_SWAPPED = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")

Birth = tuple[date, str]
"""1 January when only the year is known; day or year."""


def check_births(cells: Cells) -> None:
    """Makes birth_on and birth_precision, and the sex that two columns for births tell."""
    texts, sexes = _birth_texts(cells)
    column = next(
        (
            one
            for one in (ListField.BIRTH, ListField.BIRTH_MALE, ListField.BIRTH_FEMALE)
            if cells.has(one)
        ),
        ListField.BIRTH,
    )
    as_of = cells.context.as_of

    def judge(text: str) -> Verdict:
        return judge_birth(text, as_of)

    told = cells.judged(texts, column, judge, pl.String).fill_null("")
    cells.made["birth_on"] = told.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    cells.made["birth_precision"] = told.str.slice(10)
    cells.made["sex_of_column"] = sexes


def _birth_texts(cells: Cells) -> tuple[pl.Series, pl.Series]:
    texts, sexes = cells.text(ListField.BIRTH), cells.blank()
    for field, sex in ((ListField.BIRTH_MALE, "M"), (ListField.BIRTH_FEMALE, "F")):
        if cells.has(field):
            more = cells.text(field)
            marks = more.str.contains("^[xX]$")
            filled = more != ""
            texts = texts.zip_with((texts != "") | ~filled | marks, more)
            sexes = sexes.zip_with((sexes != "") | ~filled, cells.constant(sex))
    return texts, sexes


def judge_birth(text: str, as_of: date) -> Verdict:
    """The day of birth and how exactly it is known, as “1990-03-05day”; a year alone is 1 January."""
    read = _birth(text)
    if isinstance(read, Verdict):
        return read
    (on, precision), said = read
    if on < EARLIEST_BIRTH:
        return refused("list_birth_too_early", text)
    if on > as_of:
        return refused("list_birth_in_future", text, on=as_of)
    return Verdict(f"{on.isoformat()}{precision}", said)


def _birth(text: str) -> tuple[Birth, tuple[Said, ...]] | Verdict:
    for form in (_YEAR, _YEAR_AND_NOTHING):
        if found := form.fullmatch(text):
            return (date(int(found[1]), 1, 1), "year"), ()
    if (month := _month_of(text)) is not None:
        said = Said("list_birth_month_only", {"text": text, "year": month.year})
        return (date(month.year, 1, 1), "year"), (said,)
    found_day = read_day(text)
    if isinstance(found_day.value, date):
        return (found_day.value, "day"), found_day.said
    return found_day


def read_day(text: str) -> Verdict:
    """A day. Eight digits without signs are taken when they can be one day only; the month before the day is
    turned, with a note, where there is no such month."""
    if _PACKED.fullmatch(text):
        return _packed(text)
    try:
        return Verdict(parse_day(text))
    except DayProblem as problem:
        found = _SWAPPED.search(text)
        if problem.code == "month_before_day" and found:
            on = date(int(found[4]), int(found[1]), int(found[3])) if _is_day(found) else None
            if on is not None:
                return Verdict(on, (Said("list_day_turned", {"text": text, "on": on}),))
        return refused(problem.code, text)


def _is_day(found: re.Match[str]) -> bool:
    return _built(found[4], found[1], found[3]) is not None


def _packed(text: str) -> Verdict:
    """19900305, 05031990, 5031990 (its nought lost)."""
    full = text.zfill(8)
    readings = [_built(full[:4], full[4:6], full[6:]), _built(full[4:], full[2:4], full[:2])]
    likely = [on for on in readings if on is not None and EARLIEST_BIRTH <= on <= LATEST_DAY]
    if len(set(likely)) != 1:
        return refused("not_a_day", text)
    said = Said("list_day_without_signs", {"text": text, "on": likely[0]})
    return Verdict(likely[0], (said,))


def _built(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month_of(text: str) -> date | None:
    for form, year, month in ((_MONTH, 2, 1), (_MONTH_BACK, 1, 2)):
        if found := form.fullmatch(text):
            return _built(found[year], found[month], "1")
    return None


def judge_day(text: str) -> Verdict:
    """A day of insurance, receipt or listing."""
    return _in_range(read_day(text), text)


def judge_first_day(text: str) -> Verdict:
    """The same; a month is its first day."""
    month = _month_of(text)
    return _in_range(Verdict(month) if month is not None else read_day(text), text)


def judge_month(text: str) -> Verdict:
    """A month as its first day: 05/2024, 2024-05, 202405, tháng 5/2024, or any day of it."""
    found = judge_first_day(text)
    if isinstance(found.value, date):
        return Verdict(found.value.replace(day=1), found.said)
    return Verdict(None, (Said("list_month_unreadable", {"text": text}, grave=True),))


def judge_last_day(text: str) -> Verdict:
    """The first day after a last day; a month lasts to its end."""
    month = _month_of(text)
    if month is not None:
        return _in_range(Verdict(next_month(month)), text)
    found = judge_day(text)
    if isinstance(found.value, date):
        return Verdict(date.fromordinal(found.value.toordinal() + 1), found.said)
    return found


def next_month(day: date) -> date:
    """The first day of the month after."""
    years, month = divmod(day.month, 12)
    return date(day.year + years, month + 1, 1)


def _in_range(found: Verdict, text: str) -> Verdict:
    on = found.value
    if isinstance(on, date) and not EARLIEST_DAY <= on <= LATEST_DAY:
        return refused("list_day_unlikely", text)
    return found


def day_column(
    cells: Cells, field: ListField, judge: Callable[[str], Verdict] = judge_day
) -> pl.Series:
    """The days of a column."""
    return cells.judged(cells.text(field), field, judge, pl.Date)


def compare_with_number(cells: Cells) -> None:
    """What the personal number tells of its holder: fills an unknown sex and year of birth, else it is noted
    where the list says otherwise. Sex and century: Law on Identification, `law.md` 5."""
    numbers = cells.made["personal_id"]
    known = numbers.str.len_chars() == 12
    mark = numbers.str.slice(3, 1).cast(pl.Int8, strict=False)
    sex = cells.made["sex"]
    own_sex = cells.constant("F").zip_with((mark % 2 == 1).fill_null(False), cells.constant("M"))
    differs = known & (sex != "") & (sex != own_sex)
    cells.say(
        differs, ListField.PERSONAL_ID, "list_sex_differs_from_number", text_and_value(sex, numbers)
    )
    cells.made["sex"] = sex.zip_with(~(known & (sex == "")).fill_null(False), own_sex)
    born = cells.made["birth_on"]
    year = (mark // 2).cast(pl.Int32) * 100 + 1900
    year = year + numbers.str.slice(4, 2).cast(pl.Int32, strict=False)
    other = known & born.is_not_null() & (born.dt.year() != year)
    told = Told({"on": born, "value": numbers})
    cells.say(other, ListField.PERSONAL_ID, "list_birth_differs_from_number", told)
    fill = (known & born.is_null() & (year <= cells.context.as_of.year)).fill_null(False)
    if fill.any():
        first = pl.DataFrame({"year": year}).select(pl.date(pl.col("year"), 1, 1)).to_series()
        cells.made["birth_on"] = born.zip_with(~fill, first)
        precision = cells.made["birth_precision"]
        cells.made["birth_precision"] = precision.zip_with(~fill, cells.constant("year"))
