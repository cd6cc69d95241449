"""One person before the law of a day: what every part of the offer is worked out from."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from vandong.advice.citizen.answers import Answers
from vandong.advice.citizen.history import History, Plan, history, plan
from vandong.advice.citizen.paying import Paying, paying
from vandong.law import LawBook
from vandong.rules.segments import Segment


@dataclass(frozen=True)
class Case:
    """Answers and law with the time paid before, the plan and what it costs a month."""

    book: LawBook
    answers: Answers
    before: History
    plan: Plan
    paying: Paying

    @property
    def stop_months(self) -> int:
        """Months of the plan until the stop that is looked at."""
        return min(self.answers.stop_after_years * 12, self.plan.months)

    def segments(
        self, months: int, missing: int = 0, income: int | None = None
    ) -> tuple[Segment, ...]:
        """What was paid, then so many months of the plan, at the chosen income or another one."""
        amount = self.paying.income if income is None else income
        return self.plan.segments(self.before, amount, months=months, missing=missing)

    def own_money(self, months: int) -> tuple[Fraction, ...]:
        """The own money of each of the first months of the plan in today's money: the income grows as assumed,
        the support stays what it is today and ends after its months."""
        return self._own_money[:months]

    @cached_property
    def _own_money(self) -> tuple[Fraction, ...]:
        month, first = self.paying.month, self.plan.first
        supported = month.support_months_left + month.supported_months
        amounts: dict[tuple[int, bool], Fraction] = {}
        found = []
        for number in range(self.plan.months):
            key = first.year + (first.month - 1 + number) // 12, number < supported
            if key not in amounts:
                amounts[key] = self._own_of(*key)
            found.append(amounts[key])
        return tuple(found)

    def _own_of(self, year: int, is_supported: bool) -> Fraction:
        """A month's own money in some year."""
        month, years = self.paying.month, year - self.plan.first.year
        shares = month.month_supported if is_supported else month.month_unsupported
        support = shares.state_support_amount + shares.local_support_amount + shares.other_amount
        factor = self.answers.assumed.growth.factor(years) if years else Fraction(1)
        return max(Fraction(0), shares.gross_amount * factor - support)


def case_of(book: LawBook, answers: Answers) -> Case:
    """Raises RuleProblem, ParameterMissing when not even a month's contribution can be worked out."""
    before = history(book, answers)
    return Case(book, answers, before, plan(book, answers, before), paying(book, answers, before))
