"""What the family receives when a payer or a pensioner dies (trợ cấp tuất)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vandong.kernel.findings import Finding
from vandong.kernel.money import round_dong
from vandong.law import LawBook
from vandong.rules.amount_paid import amount_paid
from vandong.rules.average_income import average_income
from vandong.rules.notes import note
from vandong.rules.problems import RuleProblem
from vandong.rules.segments import Kind, Paid, Segment, paid_time
from vandong.rules.trace import Step, Trace
from vandong.rules.year_multiples import limit_month, year_multiples

MULTIPLE = "survivor_multiple"


@dataclass(frozen=True, slots=True)
class Survivors:
    """The one payment to the family in whole đồng, and whether a monthly benefit may exist instead."""

    averages: Fraction | None
    amount: int
    monthly_possible: bool
    trace: Trace


def survivors(book: LawBook, segments: tuple[Segment, ...], died_on: date) -> Survivors:
    """When someone who still paid dies: averages by years as for a withdrawal, nothing subtracted; under 60
    months the amount paid (Law 41/2024/QH15, art 110.2); with compulsory time at least 3 averages (Decree
    159/2025/NĐ-CP, art 12), and from 15 years of it a monthly benefit exists (art 111.1 b).

    Raises RuleProblem (see `paid_time`), ParameterMissing.
    """
    paid = paid_time(book, segments, until=died_on, missing_allowed=False)
    average = average_income(book, paid, died_on)
    limit = book.fact("survivor_short_months", died_on)
    averages: Fraction | None = None
    steps: tuple[Step, ...]
    if paid.count() < limit.value:
        paid_in = amount_paid(book, paid)
        short = Step("survivors_short", {"limit": limit.whole}, (limit,))
        exact, steps = paid_in.amount, (paid_in.step, short)
    else:
        before = paid.months_before(limit_month(book, MULTIPLE, died_on))
        worth = year_multiples(
            book, MULTIPLE, months_before=before, months_from=paid.count() - before, on=died_on
        )
        averages, steps = worth.averages, worth.steps
        exact = averages * average.amount
    exact, least = _at_least(book, paid, average.amount, exact, died_on)
    monthly, said = _monthly(book, paid, died_on)
    amount = round_dong(exact)
    done = Step("survivors_amount", {"amount": amount})
    notes = (note("survivors_may_be_less"), *said)
    trace = average.trace + Trace((*steps, *least, done), notes)
    return Survivors(averages, amount, monthly, trace)


def survivors_of_average(
    book: LawBook, average_amount: int, *, months_before: int, months_from: int, died_on: date
) -> Survivors:
    """The same from a known average. Raises RuleProblem average_wrong, survivors_short_needs_segments;
    ParameterMissing."""
    if average_amount < 1:
        raise RuleProblem("average_wrong", "average", amount=average_amount)
    limit = book.fact("survivor_short_months", died_on)
    if months_before + months_from < limit.value:
        raise RuleProblem("survivors_short_needs_segments", "months", needed=limit.whole)
    worth = year_multiples(
        book, MULTIPLE, months_before=months_before, months_from=months_from, on=died_on
    )
    amount = round_dong(worth.averages * average_amount)
    done = Step("survivors_amount", {"amount": amount})
    trace = Trace((*worth.steps, done), (note("survivors_may_be_less"),))
    return Survivors(worth.averages, amount, monthly_possible=False, trace=trace)


def survivors_of_pensioner(
    book: LawBook, pension_amount: int, *, months_drawn: int, died_on: date
) -> Survivors:
    """When a pensioner dies: 48 months of pension in the first 2 months of it, half a month less for each
    further month drawn, at least 3 months (Law 41/2024/QH15, art 110).
    Raises RuleProblem negative_time, average_wrong; ParameterMissing."""
    if months_drawn < 0:
        raise RuleProblem("negative_time", "months_drawn")
    if pension_amount < 1:
        raise RuleProblem("average_wrong", "pension", amount=pension_amount)
    names = ("months", "free_months", "step", "least_months")
    most, free, step, least = (book.fact(f"survivor_pensioner_{name}", died_on) for name in names)
    taken = step.value * max(Fraction(0), months_drawn - free.value)
    months = max(most.value - taken, least.value)
    amount = round_dong(months * pension_amount)
    values = {"months": months, "drawn": months_drawn, "amount": amount}
    done = Step("survivors_of_pensioner", values, (most, free, step, least))
    return Survivors(months, amount, monthly_possible=False, trace=Trace((done,)))


def _at_least(
    book: LawBook, paid: Paid, average: Fraction, exact: Fraction, on: date
) -> tuple[Fraction, tuple[Step, ...]]:
    if not paid.is_mixed:
        return exact, ()
    times = book.fact("survivor_least_averages", on)
    if exact >= times.value * average:
        return exact, ()
    return times.value * average, (Step("survivors_least", {"times": times.value}, (times,)),)


def _monthly(book: LawBook, paid: Paid, on: date) -> tuple[bool, tuple[Finding, ...]]:
    needed = book.fact("survivor_monthly_compulsory_months", on)
    if paid.count(Kind.COMPULSORY) < needed.value:
        return False, ()
    return True, (note("survivors_monthly_possible", needed=needed.whole),)
