"""The pension of voluntary and mixed payers: right, start, rate, amount, lump sum for extra years."""

from vandong.rules.pension.extra_years import ExtraYears, extra_years
from vandong.rules.pension.monthly import (
    Pension,
    PensionRequest,
    pension,
    pension_of_average,
    projected_pension,
    whole_months,
)
from vandong.rules.pension.rate import PensionRate, pension_rate
from vandong.rules.pension.start import PensionStart, pension_start

__all__ = [
    "ExtraYears",
    "Pension",
    "PensionRate",
    "PensionRequest",
    "PensionStart",
    "extra_years",
    "pension",
    "pension_of_average",
    "pension_rate",
    "pension_start",
    "projected_pension",
    "whole_months",
]
