"""Percentages as printed, set against what their inputs give; where an input is missing, what the print
implies."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from vandong.figures.models import Measure, Scheme
from vandong.figures.queries.printed import PrintedRow
from vandong.figures.queries.readings import Reading
from vandong.kernel.findings import Finding
from vandong.measures.findings.closing import printed_differs
from vandong.measures.findings.denominators import ImpliedDenominator, denominator_changes
from vandong.measures.findings.growth import growth_misprinted
from vandong.measures.growth import StockGrowth
from vandong.measures.implied import implied_quantity
from vandong.measures.printed import Verdict, recognised
from vandong.planning.progress.explained import Explained, Input, Source
from vandong.planning.progress.shapes import (
    Baseline,
    Coverage,
    Growth,
    PlanProgress,
    PrintedCheck,
)
from vandong.planning.progress.sources import combined, explained_reading

OF_PLAN = "pct_of_plan"
OF_DENOMINATOR = "pct_coverage"
OF_GROWTH = "pct_growth_"


def printed_checks(
    rows: Sequence[PrintedRow],
    stock: Reading,
    plans: Sequence[PlanProgress],
    growth: Sequence[Growth],
    coverage: Sequence[Coverage],
) -> tuple[PrintedCheck, ...]:
    """Each printed percentage of the stock's scheme and day against the figure of the same name."""
    checks = []
    for row in rows:
        if row.kind == OF_PLAN:
            checks.append(_of_plan(row, stock, plans))
        elif row.kind == OF_DENOMINATOR:
            rate = next((one.rate for one in coverage if one.denominator == row.denominator), None)
            checks.append(_check(row, row.denominator, rate, stock))
        elif row.kind.startswith(OF_GROWTH):
            name = row.kind.removeprefix(OF_GROWTH)
            rate = next((one.rate for one in growth if one.baseline == name), None)
            checks.append(_check(row, name, rate, None))
        else:
            checks.append(_check(row, row.denominator, None, None))
    return tuple(checks)


def _of_plan(row: PrintedRow, stock: Reading, plans: Sequence[PlanProgress]) -> PrintedCheck:
    """Against the plan of the owner that is named; with no name, the plan that explains it best, else
    the first."""
    shares = [
        (plan.owner, plan.share)
        for plan in plans
        if plan.share is not None and plan.kind == "stock" and row.denominator in {"", plan.owner}
    ]
    for owner, share in shares:
        if recognised(share.quantity, row.printed) is not Verdict.NEITHER:
            return _check(row, owner, share, None)
    if shares:
        return _check(row, *shares[0], None)
    return _check(row, row.denominator, None, stock)


def _check(
    row: PrintedRow, about: str, recomputed: Explained | None, implied_by: Reading | None
) -> PrintedCheck:
    verdict = None if recomputed is None else recognised(recomputed.quantity, row.printed)
    implied = None
    if recomputed is None and implied_by is not None and row.printed.if_rounded.low > 0:
        implied = _implied(row, implied_by)
    return PrintedCheck(
        kind=row.kind,
        about=about,
        printed=row.printed.rate,
        decimals=row.printed.decimals,
        recomputed=recomputed,
        verdict=verdict,
        implied=implied,
    )


def _implied(row: PrintedRow, part: Reading) -> Explained:
    return combined(
        "f3_implied",
        implied_quantity(part.quantity, row.printed),
        explained_reading("stock", part),
        printed_input(row),
    )


def printed_input(row: PrintedRow) -> Input:
    """A printed percentage as an input, in per cent."""
    source = Source("official", row.source_text, row.file_name, row.batch_id, row.batch_row)
    value: Fraction = row.printed.rate * 100
    return Input("printed", value, measured_in="per_cent", on=row.as_of, source=source)


def printed_findings(
    rows: Sequence[PrintedRow],
    checks: Sequence[PrintedCheck],
    stock: Reading,
    growth: Sequence[Growth],
) -> list[Finding | None]:
    """What the printed percentages get wrong."""
    found: list[Finding | None] = []
    for row, check in zip(rows, checks, strict=True):
        if check.recomputed is None:
            continue
        if row.kind.startswith(OF_GROWTH):
            found.append(_growth_finding(row, check.about, stock, growth))
        else:
            about = _name(check.about)
            found.append(printed_differs(about, check.recomputed.quantity, row.printed))
    return found


def _growth_finding(
    row: PrintedRow, baseline: str, stock: Reading, growth: Sequence[Growth]
) -> Finding | None:
    one = next(one for one in growth if one.baseline is Baseline(baseline))
    rate = None if one.rate is None else one.rate.quantity
    figures = StockGrowth(one.prior.quantity, one.change.quantity, rate)
    return growth_misprinted(figures, stock.quantity, row.printed)


def denominators_that_differ(
    rows: Sequence[PrintedRow], stocks: Mapping[str, Reading]
) -> list[Finding | None]:
    """Printed coverages of several schemes on one day that name the same denominator but imply different
    ones."""
    implied: dict[str, list[ImpliedDenominator]] = {}
    for row in rows:
        part = stocks.get(row.scheme)
        if row.kind != OF_DENOMINATOR or part is None or part.as_of != row.as_of:
            continue
        if row.printed.if_rounded.low > 0:
            size = implied_quantity(part.quantity, row.printed)
            one = ImpliedDenominator(_name(row.scheme), size)
            implied.setdefault(row.denominator, []).append(one)
    return [denominator_changes(several) for several in implied.values()]


def _name(code: str) -> str:
    """The Vietnamese name of a scheme or denominator; an owner's name as it is."""
    if code in Scheme.values:
        return str(Scheme(code).label)
    if code in Measure.values:
        return str(Measure(code).label)
    return code or "–"
