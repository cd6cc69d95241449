"""From when until when a row is covered, ended or listed; what was collected when.

“Đến ngày” and “hạn thẻ” name the last day: the day after is kept. A card or a time of payment told by its start
and a number of months ends so many months after its start (art 36 of Law 41/2024/QH15 counts months).
"""

from datetime import date

import polars as pl

from vandong.intake.checking.cells import Cells, Told, Verdict, refused
from vandong.intake.checking.days import (
    day_column,
    judge_first_day,
    judge_last_day,
    judge_month,
)
from vandong.intake.checking.words import method_column
from vandong.intake.kinds import ListField, ListKind
from vandong.kernel.numbers import NumberProblem, parse_count

MOST_MONTHS = 720
_NEED_COVER = frozenset(
    (ListKind.BHYT_HGD, ListKind.BHXH_TN, ListKind.D03, ListKind.D05, ListKind.RECEIPTS)
)
_OF_MONTHS = frozenset((ListKind.BHXH_TN, ListKind.D05))


def check_coverage(cells: Cells) -> None:
    """Makes covered_from, covered_until, method, ended_on, listed days and the days of a receipt."""
    months = _months(cells)
    cells.made["method"] = method_column(cells, months)
    for field in (ListField.COLLECTED_ON, ListField.REMITTED_ON, ListField.ACCEPTED_ON):
        cells.made[field.value] = day_column(cells, field)
    _cover(cells, months)
    _endings(cells, months)
    _listings(cells)
    _returns(cells)
    if cells.kind is ListKind.RECEIPTS:
        missing = cells.text(ListField.COLLECTED_ON) == ""
        cells.say(missing, ListField.COLLECTED_ON, "missing_day", grave=True)


def _months(cells: Cells) -> pl.Series:
    return cells.judged(
        cells.text(ListField.MONTH_COUNT), ListField.MONTH_COUNT, judge_months, pl.Int64
    )


def judge_months(text: str) -> Verdict:
    """A number of months."""
    plain = text.lower().removesuffix("tháng").strip()
    try:
        months = parse_count(plain)
    except NumberProblem as problem:
        return refused(problem.code, text)
    if months > MOST_MONTHS:
        return refused("list_months_unlikely", text)
    return Verdict(months or None)


def _cover(cells: Cells, months: pl.Series) -> None:
    start = day_column(cells, ListField.COVERED_FROM, judge_first_day)
    if cells.has(ListField.FROM_MONTH) or cells.kind in _OF_MONTHS:
        start = _first(start, day_column(cells, ListField.FROM_MONTH, judge_month))
    if cells.kind in _OF_MONTHS:
        start = start.dt.month_start()
    until = _first(
        day_column(cells, ListField.COVERED_UNTIL, judge_first_day),
        day_column(cells, ListField.COVERED_THROUGH, judge_last_day),
    )
    told = until.is_not_null()
    if cells.kind is not ListKind.ENDED_CONTRACTS:
        by_months = _moved(start, months)
        _say_months_differ(cells, months, until, by_months)
        until = _first(until, by_months)
        start = _first(start, _moved(until, -months))
        start, until = _lumps(cells, start, until)
    turned = (until <= start).fill_null(False)
    column = ListField.COVERED_THROUGH if cells.has(ListField.COVERED_THROUGH) else _end_of(cells)
    cells.say(turned & told, column, "list_cover_turned", grave=True)
    if cells.kind in _NEED_COVER:
        lacking = (until.is_null() | start.is_null()) & ~_falls(cells)
        cells.say_where_nothing(lacking, column, "list_cover_missing")
    if cells.kind is ListKind.PARTICIPATION:
        empty = cells.text(ListField.COVERED_FROM) == ""
        cells.say(empty, ListField.COVERED_FROM, "missing_day", grave=True)
    cells.made["covered_from"], cells.made["covered_until"] = start, until


def _lumps(cells: Cells, start: pl.Series, until: pl.Series) -> tuple[pl.Series, pl.Series]:
    """A lump for missing time covers no month of the calendar: it counts for the month in which it was paid."""
    paid = cells.made["collected_on"].dt.month_start()
    lump = cells.made["method"].str.starts_with("missing:") & start.is_null() & until.is_null()
    return start.zip_with(~lump, paid), until.zip_with(~lump, paid.dt.offset_by("1mo"))


def _end_of(cells: Cells) -> ListField:
    fields = (ListField.COVERED_UNTIL, ListField.MONTH_COUNT, ListField.FROM_MONTH)
    return next((one for one in fields if cells.has(one)), ListField.COVERED_UNTIL)


def _say_months_differ(
    cells: Cells, months: pl.Series, until: pl.Series, by_months: pl.Series
) -> None:
    """Start, end and months all told, and they do not agree: the end is believed."""
    differs = ((until - by_months).dt.total_days().abs() > 1).fill_null(False)
    last = until.dt.offset_by("-1d")
    told = Told({"months": months, "until": last})
    cells.say(differs, ListField.MONTH_COUNT, "list_months_differ", told)


def _moved(days: pl.Series, months: pl.Series) -> pl.Series:
    """So many months later; a day that the month lacks becomes its last."""
    by = months.cast(pl.String) + "mo"
    frame = pl.DataFrame({"day": days, "by": by})
    known = pl.col("day").is_not_null() & pl.col("by").is_not_null()
    moved = pl.col("day").dt.offset_by(pl.col("by").fill_null("0mo"))
    return frame.select(pl.when(known).then(moved)).to_series()


def _first(one: pl.Series, other: pl.Series) -> pl.Series:
    return one.zip_with(one.is_not_null(), other)


def _endings(cells: Cells, months: pl.Series) -> None:
    """An event that ended what was covered: the first day after, and why."""
    ended = _first(
        day_column(cells, ListField.ENDED_ON),
        day_column(cells, ListField.ENDED_THROUGH, judge_last_day),
    )
    reason = cells.made["end_reason"]
    if cells.kind is ListKind.ENDED_CONTRACTS:
        column = (
            ListField.ENDED_THROUGH if cells.has(ListField.ENDED_THROUGH) else ListField.ENDED_ON
        )
        cells.say_where_nothing(ended.is_null(), column, "missing_day")
        cells.made["covered_until"] = ended
        start = cells.made["covered_from"]
        cells.made["covered_from"] = _first(start, _moved(ended.dt.month_start(), -months))
        reason = reason.zip_with(reason != "", cells.constant("contract_ended"))
    for field, why in ((ListField.DIED_ON, "deceased"), (ListField.MOVED_OUT_ON, "moved_out")):
        if cells.has(field):
            happened = day_column(cells, field)
            newly = ended.is_null() & happened.is_not_null()
            reason = reason.zip_with(~newly, cells.constant(why))
            ended = _first(ended, happened)
    ended, reason = _of_sections(cells, ended, reason)
    until = cells.made["covered_until"]
    ended = ended.zip_with(~((reason != "") & ended.is_null()), until)
    reason = reason.zip_with(~((reason == "") & ended.is_not_null()), cells.constant("stopped"))
    lost = (reason != "") & ended.is_null()
    told = lost & (cells.text(ListField.END_REASON) != "")
    cells.say(told, ListField.END_REASON, "list_end_without_day")
    cells.made["ended_on"] = ended
    cells.made["end_reason"] = reason.zip_with(~lost, cells.blank())


def _of_sections(cells: Cells, ended: pl.Series, reason: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Rows under “Giảm” of the forms D03-TS and D05-TS leave on the day from which they are reported."""
    falls = _falls(cells)
    if not falls.any():
        return ended, reason
    since = _first(
        cells.made["covered_from"], pl.repeat(cells.context.as_of, cells.count, eager=True)
    )
    ended = ended.zip_with(~(falls & ended.is_null()), since)
    reason = reason.zip_with(~(falls & (reason == "")), cells.constant("stopped"))
    for name in ("covered_from", "covered_until"):
        days = cells.made[name]
        cells.made[name] = days.zip_with(~falls, cells.nothing(pl.Date))
    return ended, reason


def _falls(cells: Cells) -> pl.Series:
    """Whether rows stand under “Giảm”."""
    if "section" not in cells.frame.columns:
        return pl.repeat(False, cells.count, dtype=pl.Boolean, eager=True)
    return (cells.frame["section"] == "decrease").fill_null(False)


def _listings(cells: Cells) -> None:
    """A list without days of its own holds from its day."""
    since = day_column(cells, ListField.LISTED_FROM, judge_first_day)
    until = day_column(cells, ListField.LISTED_UNTIL, judge_first_day)
    listed = cells.made["listed_group"] != ""
    own: date = cells.context.as_of
    filled = _first(since, pl.repeat(own, cells.count, dtype=pl.Date, eager=True))
    cells.made["listed_from"] = filled.zip_with(listed, cells.nothing(pl.Date))
    cells.say(listed & (until <= filled), ListField.LISTED_UNTIL, "list_cover_turned", grave=True)
    cells.made["listed_until"] = until.zip_with(listed, cells.nothing(pl.Date))


def _returns(cells: Cells) -> None:
    """A file came back on the day said, else on that of the list, where a reason is given."""
    if cells.kind is not ListKind.RETURNED:
        return
    told = cells.made["return_reason"] != ""
    own = pl.repeat(cells.context.as_of, cells.count, dtype=pl.Date, eager=True)
    on = _first(day_column(cells, ListField.RETURNED_ON), own)
    cells.made["returned_on"] = on.zip_with(told, cells.nothing(pl.Date))
    cells.say(~told, ListField.RETURN_REASON, "list_not_returned")
