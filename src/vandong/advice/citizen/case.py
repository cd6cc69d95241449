"""One person before the law of a day: what every part of the offer is worked out from."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import groupby

from vandong.advice.citizen.answers import Answers
from vandong.advice.citizen.history import History, Plan, history, plan
from vandong.advice.citizen.paying import Paying, paying
from vandong.kernel.periods import Month
from vandong.law import LawBook
from vandong.rules.segments import Segment, month_count


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
        return tuple(amount for count, amount in self._own_spans(months) for _ in range(count))

    def own_sum(self, months: int) -> Fraction:
        """The own money of these months together."""
        spans = self._own_spans(months)
        return sum((count * amount for count, amount in spans), Fraction(0))

    def _own_spans(self, months: int) -> Iterator[tuple[int, Fraction]]:
        """How many months in a row cost the same, and what."""
        first, month = self.plan.first, self.paying.month
        supported = month.support_months_left + month.supported_months
        begins = month_count(Month(self.answers.on.year, 1), first)
        keys = ((begins + number) // 12 for number in range(months))
        alike = groupby((years, number < supported) for number, years in enumerate(keys))
        for key, found in alike:
            if key not in self._own:
                self._own[key] = self._own_of(*key)
            yield len(list(found)), self._own[key]

    @cached_property
    def _own(self) -> dict[tuple[int, bool], Fraction]:
        """What was found for a year, with and without support."""
        return {}

    def _own_of(self, years: int, is_supported: bool) -> Fraction:
        """A month's own money so many calendar years on."""
        month = self.paying.month
        shares = month.month_supported if is_supported else month.month_unsupported
        support = shares.state_support_amount + shares.local_support_amount + shares.other_amount
        factor = self.answers.assumed.growth.factor(years) if years else Fraction(1)
        return max(Fraction(0), shares.gross_amount * factor - support)


def case_of(book: LawBook, answers: Answers) -> Case:
    """Raises RuleProblem, ParameterMissing when not even a month's contribution can be worked out."""
    before = history(book, answers)
    return Case(book, answers, before, plan(book, answers, before), paying(book, answers, before))
