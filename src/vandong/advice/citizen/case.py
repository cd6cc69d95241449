"""One person before the law of a day: what every part of the offer is worked out from."""

from dataclasses import dataclass
from fractions import Fraction

from vandong.advice.citizen.answers import Answers
from vandong.advice.citizen.history import History, Plan, history, plan
from vandong.advice.citizen.paying import Paying, paying
from vandong.law import LawBook
from vandong.rules.segments import Segment


@dataclass(frozen=True, slots=True)
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
        month = self.paying.month
        supported = month.support_months_left + month.supported_months
        growth, first = self.answers.assumed.growth, self.plan.first
        factors, amounts = {first.year: Fraction(1)}, []
        for number in range(months):
            year = first.shifted(number).year
            if year not in factors:
                factors[year] = growth.factor(year - first.year)
            shares = month.month_supported if number < supported else month.month_unsupported
            support = (
                shares.state_support_amount + shares.local_support_amount + shares.other_amount
            )
            amounts.append(max(Fraction(0), shares.gross_amount * factors[year] - support))
        return tuple(amounts)


def case_of(book: LawBook, answers: Answers) -> Case:
    """Raises RuleProblem, ParameterMissing when not even a month's contribution can be worked out."""
    before = history(book, answers)
    return Case(book, answers, before, plan(book, answers, before), paying(book, answers, before))
