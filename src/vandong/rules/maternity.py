"""The maternity payment of voluntary insurance, from the State budget, without a contribution of its own."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vandong.kernel.findings import Finding
from vandong.kernel.periods import Month
from vandong.law import LawBook
from vandong.rules.notes import note
from vandong.rules.problems import RuleProblem
from vandong.rules.segments import Segment, month_count, paid_time
from vandong.rules.trace import Step, Trace


class OtherParent(StrEnum):
    """What the other parent receives for the same birth."""

    NOTHING = "nothing"
    VOLUNTARY = "voluntary"
    COMPULSORY = "compulsory"


@dataclass(frozen=True, slots=True)
class MaternityRequest:
    """A birth, or the death of a fetus of enough weeks: children counted together, and what was paid."""

    born_on: date
    segments: tuple[Segment, ...]
    children: int = 1
    other_parent: OtherParent = OtherParent.NOTHING


@dataclass(frozen=True, slots=True)
class Maternity:
    """The payment in whole đồng; 0 when the conditions are not met. `months_paid`: in the time looked at."""

    amount: int
    months_paid: int
    trace: Trace


def maternity(book: LawBook, given: MaternityRequest) -> Maternity:
    """2,000,000 for each child with 6 months paid in the 12 before birth, compulsory months counted with them;
    one parent only inside the voluntary scheme, while a parent in the compulsory one keeps that scheme's
    benefit (Law 41/2024/QH15, art 94 to 97). Raises RuleProblem children_wrong, ParameterMissing."""
    if given.children < 1:
        raise RuleProblem("children_wrong", "children", children=given.children)
    names = ("months_needed", "months_before", "amount")
    needed, before, each = (book.fact(f"maternity_{name}", given.born_on) for name in names)
    months = _months_in(book, given, before.whole)
    values: dict[str, object] = {
        "months": months,
        "needed": needed.whole,
        "before": before.whole,
    }
    if months < needed.value:
        return Maternity(0, months, Trace((Step("maternity_too_few", values, (needed, before)),)))
    if given.other_parent is OtherParent.VOLUNTARY:
        return Maternity(0, months, Trace((Step("maternity_other_parent", {}, (needed,)),)))
    amount = each.whole * given.children
    values |= {"each": each.whole, "children": given.children, "amount": amount}
    step = Step("maternity", values, (needed, before, each))
    return Maternity(amount, months, Trace((step,), _notes(book, given)))


def _months_in(book: LawBook, given: MaternityRequest, before: int) -> int:
    """Months paid among those before the month of birth."""
    paid = paid_time(book, given.segments, missing_allowed=False)
    birth = Month.of(given.born_on)
    return sum(
        1
        for segment in paid.segments
        for month in segment.each()
        if 0 < month_count(month, birth) <= before
    )


def _notes(book: LawBook, given: MaternityRequest) -> tuple[Finding, ...]:
    days = book.fact("maternity_file_days", given.born_on).whole
    notes = [note("maternity_file", days=days)]
    if given.other_parent is OtherParent.COMPULSORY:
        notes.append(note("maternity_each_scheme"))
    return tuple(notes)
