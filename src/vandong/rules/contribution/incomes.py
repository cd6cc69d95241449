"""Between which incomes a payer may choose (Law 41/2024/QH15, art 31.2; Law 58/2014/QH13, art 87.1)."""

from dataclasses import dataclass
from datetime import date

from vandong.law import Fact, LawBook
from vandong.rules.problems import RuleProblem
from vandong.rules.reference_level import reference_level

FLOOR_BY_WAGE, FLOOR_BY_LINE = "income_floor_base_salaries", "income_floor_poverty_lines"


@dataclass(frozen=True, slots=True)
class IncomeLimits:
    """The lowest and highest income of a day in đồng, the customary step, and the law behind them."""

    floor_amount: int
    cap_amount: int
    step_amount: int
    facts: tuple[Fact, ...]

    def is_on_step(self, income: int) -> bool:
        """Whether the declaration form can express the income: the floor and whole steps above it."""
        return not self.step_amount or (income - self.floor_amount) % self.step_amount == 0


def income_limits(book: LawBook, on: date) -> IncomeLimits:
    """The limits at the day of payment: the rural poverty line (before 2016 the minimum wage), and twenty
    times the reference level. Raises ParameterMissing."""
    if book.has(FLOOR_BY_WAGE, on):
        lowest, floor = book.fact("base_salary", on), book.fact(FLOOR_BY_WAGE, on)
    else:
        lowest, floor = book.fact("poverty_line_rural", on), book.fact(FLOOR_BY_LINE, on)
    level, cap = reference_level(book, on), book.fact("income_cap_multiple", on)
    step = book.fact("income_step", on).whole if book.has("income_step", on) else 0
    return IncomeLimits(
        floor_amount=lowest.whole * floor.whole,
        cap_amount=level.whole * cap.whole,
        step_amount=step,
        facts=(lowest, floor, level, cap),
    )


def check_income(limits: IncomeLimits, income: int, on: date) -> None:
    """Raises RuleProblem income_below_floor or income_above_cap."""
    if income < limits.floor_amount:
        raise RuleProblem(
            "income_below_floor", field="income", income=income, floor=limits.floor_amount, on=on
        )
    if income > limits.cap_amount:
        raise RuleProblem(
            "income_above_cap", field="income", income=income, cap=limits.cap_amount, on=on
        )
