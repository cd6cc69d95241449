"""Whether there is a right to a pension, and from which month it is paid."""

from dataclasses import dataclass
from datetime import date

from vandong.kernel.findings import Finding
from vandong.kernel.periods import Month
from vandong.law import Fact, LawBook
from vandong.rules.notes import note
from vandong.rules.people import Sex
from vandong.rules.problems import RuleProblem
from vandong.rules.retirement_age import Birth, RetirementAge, old_entrant_age, retirement_age
from vandong.rules.segments import Kind, Paid
from vandong.rules.trace import Step, Trace

NEEDED = "pension_months_needed"


@dataclass(frozen=True, slots=True)
class PensionStart:
    """The age that holds for the person, the first day of the pension and how it came about."""

    age: RetirementAge
    pension_from: date
    trace: Trace


def pension_start(
    book: LawBook,
    sex: Sex,
    birth: Birth,
    paid: Paid,
    *,
    on: date,
    retire_on: date | None = None,
    missing_paid_on: date | None = None,
) -> PensionStart:
    """The first day of the pension (Circular 11/2025/TT-BNV, art 5.1 to 5.6).

    The 1st of the month after the age is reached, the last month is paid and missing time is paid in full,
    whichever is latest; missing time without a day counts as paid as early as it may be. Who had the age and
    180 months before 1/7/2025 and paid no more begins on that day (Law 41/2024/QH15, art 98). `retire_on`
    takes its place. Raises RuleProblem pension_months_short, missing_months_too_many,
    missing_months_beyond_need, ParameterMissing.
    """
    age = _age(book, sex, birth, paid, on)
    earliest, steps = _earliest(age, paid, missing_paid_on)
    begins = first_of_month(retire_on) if retire_on else earliest
    needed = book.fact(NEEDED, begins)
    while retire_on is None and paid.count() < needed.value and needed.valid_until:
        begins = needed.valid_until
        needed = book.fact(NEEDED, begins)
    _check_months(book, paid, begins, needed)
    values = {"months": paid.count(), "needed": needed.whole}
    steps = (*steps, Step("pension_right", values, (needed,)), Step("pension_from", {"on": begins}))
    return PensionStart(age, begins, age.trace + Trace(steps, _notes(paid, begins, earliest)))


def _age(book: LawBook, sex: Sex, birth: Birth, paid: Paid, on: date) -> RetirementAge:
    """The normal age, or the former one of old entrants with 20 years of voluntary time
    (Law 41/2024/QH15, art 141.9), who may choose it."""
    normal = retirement_age(book, sex, birth, on)
    joined = paid.first_voluntary
    if joined is None or not book.has("old_entrant_months", on):
        return normal
    needed = book.fact("old_entrant_months", on)
    enough = paid.count(Kind.VOLUNTARY, Kind.MISSING) >= needed.value
    if not enough or not book.has("old_entrant_age", joined.first_day, sex.value):
        return normal
    former = old_entrant_age(book, sex, birth, joined.first_day)
    if former.age_months >= normal.age_months:
        return normal
    values = {"years": normal.years, "months": normal.months}
    choice = note("old_entrant_choice", **values)
    kept = Step("old_entrant_right", {"months": needed.whole}, (needed,))
    trace = former.trace + Trace((kept,), (choice,))
    return RetirementAge(former.age_months, former.reached, former.pension_from, trace)


def _earliest(
    age: RetirementAge, paid: Paid, missing_paid_on: date | None
) -> tuple[date, tuple[Step, ...]]:
    begins, steps = age.pension_from, []
    if paid.last and paid.last.shifted(1).first_day > begins:
        begins = paid.last.shifted(1).first_day
        steps.append(Step("pension_after_last_month", {"on": begins}))
    if missing_paid_on and paid.count(Kind.MISSING):
        after = Month.of(missing_paid_on).shifted(1).first_day
        if after > begins:
            begins = after
            steps.append(Step("pension_after_missing_time", {"on": begins}))
    return begins, tuple(steps)


def first_of_month(on: date) -> date:
    """The day itself when it is a 1st, else the 1st of the month after: a pension begins on a 1st."""
    month = Month.of(on)
    return on if on == month.first_day else month.shifted(1).first_day


def _check_months(book: LawBook, paid: Paid, begins: date, needed: Fact) -> None:
    missing, total = paid.count(Kind.MISSING), paid.count()
    if missing:
        most = book.fact("missing_months", begins, "most").whole
        if missing > most:
            raise RuleProblem("missing_months_too_many", "segments", months=missing, most=most)
        if total > needed.value:
            raise RuleProblem(
                "missing_months_beyond_need", "segments", months=total, needed=needed.whole
            )
    if total < needed.value:
        short = needed.whole - total
        raise RuleProblem(
            "pension_months_short", "segments", months=total, needed=needed.whole, short=short
        )


def _notes(paid: Paid, begins: date, earliest: date) -> tuple[Finding, ...]:
    notes = [note("pension_on_request")]
    if begins < earliest:
        notes.append(note("pension_before_earliest", on=earliest))
    if paid.count(Kind.MISSING):
        notes.append(note("missing_time_when"))
    if paid.is_mixed:
        notes.append(note("mixed_other_age"))
    return tuple(notes)
