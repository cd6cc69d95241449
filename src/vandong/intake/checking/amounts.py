"""Amounts in đồng, and counts."""

import re

import polars as pl

from vandong.intake.checking.cells import Cells, Told, Verdict, refused
from vandong.intake.kinds import KINDS, ListField
from vandong.kernel.numbers import NumberProblem, parse_count

PARTS = ("participant_amount", "state_amount", "local_amount", "other_amount")
MOST_WORKERS, MOST_IN_HOUSEHOLD = 100_000, 99
_DONG = re.compile(r"\s*(?:đồng|đ|vnđ|vnd|dong)\.?$", re.IGNORECASE)


def check_amounts(cells: Cells) -> None:
    """Makes the amounts, the order in the household and the number of workers."""
    for field in (
        ListField.TOTAL_AMOUNT,
        ListField.PARTICIPANT_AMOUNT,
        ListField.STATE_AMOUNT,
        ListField.LOCAL_AMOUNT,
        ListField.OTHER_AMOUNT,
        ListField.INCOME_AMOUNT,
    ):
        cells.made[field.value] = cells.judged(cells.text(field), field, judge_amount, pl.Int64)
    income = cells.made["income_amount"]
    cells.made["income_amount"] = income.set((income == 0).fill_null(False), None)
    _fit(cells)
    cells.made["household_order"] = _count(cells, ListField.HOUSEHOLD_ORDER, MOST_IN_HOUSEHOLD)
    cells.made["est_worker_count"] = _count(cells, ListField.EST_WORKER_COUNT, MOST_WORKERS)
    order = cells.made["household_order"]
    cells.made["household_order"] = order.set((order == 0).fill_null(False), None)
    if any(frozenset({ListField.TOTAL_AMOUNT}) in one for one in KINDS[cells.kind].needed):
        missing = cells.made["total_amount"].is_null()
        cells.say(missing, ListField.TOTAL_AMOUNT, "missing_number", grave=True)


def judge_amount(text: str) -> Verdict:
    """Whole đồng; “đ”, “đồng”, “VNĐ” behind may stand."""
    try:
        return Verdict(parse_count(_DONG.sub("", text)))
    except NumberProblem as problem:
        return refused(problem.code, text)


def _count(cells: Cells, field: ListField, most: int) -> pl.Series:
    def judge(text: str) -> Verdict:
        found = judge_amount(text)
        large = isinstance(found.value, int) and found.value > most
        return refused("number_too_large", text) if large else found

    return cells.judged(cells.text(field), field, judge, pl.Int64)


def _fit(cells: Cells) -> None:
    """Who paid what: parts add up to the total; what one of them lacks follows from the others."""
    frame = pl.DataFrame({name: cells.made[name] for name in ("total_amount", *PARTS)})
    helped = pl.sum_horizontal(pl.col(name).fill_null(0) for name in PARTS[1:])
    total, paid = pl.col("total_amount"), pl.col("participant_amount")
    frame = frame.with_columns(
        total.fill_null(paid + helped),
        paid.fill_null(total - helped),
    )
    known = total.is_not_null()
    frame = frame.with_columns(
        *(
            pl.when(known).then(pl.col(name).fill_null(0)).otherwise(pl.col(name))
            for name in PARTS[1:]
        ),
        wrong=known & ((paid < 0) | (paid + helped != total)),
    )
    field = (
        ListField.TOTAL_AMOUNT
        if cells.has(ListField.TOTAL_AMOUNT)
        else ListField.PARTICIPANT_AMOUNT
    )
    sums = pl.when(paid < 0).then(helped).otherwise(paid + helped)
    told = Told({"total": frame["total_amount"], "parts": frame.select(sums).to_series()})
    cells.say(frame["wrong"], field, "list_amounts_differ", told, grave=True)
    cells.made |= {name: frame[name] for name in ("total_amount", *PARTS)}
