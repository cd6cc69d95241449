"""What is assumed of years to come, and the bounds of what may be typed: `assumptions.yaml`, never hidden."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files

from vandong.kernel.yaml_texts import read_once
from vandong.rules.average_income import Growth


@cache
def _values() -> dict[str, Fraction]:
    text = files("vandong.advice.citizen").joinpath("assumptions.yaml").read_text(encoding="utf-8")
    return {name: Fraction(value) for name, value in read_once(text).items()}


def assumed_rate(name: str) -> Fraction:
    """An assumption or bound that is a rate, as a fraction of 1."""
    return _values()[name]


def assumed_count(name: str) -> int:
    """An assumption or bound that is a whole number of years, months or people."""
    return int(_values()[name])


@dataclass(frozen=True, slots=True)
class Assumed:
    """What the person sets or leaves as it is: rates a year as fractions of 1."""

    savings_rate: Fraction
    income_growth: Fraction
    price_growth: Fraction

    @classmethod
    def usual(cls) -> "Assumed":
        """As `assumptions.yaml` has them."""
        return cls(*map(assumed_rate, ("savings_rate", "income_growth", "price_growth")))

    @property
    def growth(self) -> Growth:
        """Growth of income and prices, as the rules take it."""
        return Growth(self.income_growth, self.price_growth)
