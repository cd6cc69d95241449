"""Findings about denominators that change or do not belong to their numerator."""

from collections.abc import Sequence
from dataclasses import dataclass

from vandong.kernel.findings import Finding
from vandong.kernel.numbers import rounded
from vandong.measures.quantity import Quantity


@dataclass(frozen=True, slots=True)
class ImpliedDenominator:
    """The size that a count and its printed rate imply; `about` says of which rate."""

    about: str
    size: Quantity


def denominator_changes(implied: Sequence[ImpliedDenominator]) -> Finding | None:
    """Rates of one text whose denominators cannot be the same people (S3.6: 4,67 against 3,5–3,6 million)."""
    if len(implied) < 2:
        return None
    least = min(implied, key=lambda one: one.size.high)
    most = max(implied, key=lambda one: one.size.low)
    if least.size.overlaps(most.size):
        return None
    return Finding(
        "denominator_changes",
        {
            "about_low": least.about,
            "low_from": rounded(least.size.low),
            "low_to": rounded(least.size.high),
            "about_high": most.about,
            "high_from": rounded(most.size.low),
            "high_to": rounded(most.size.high),
        },
    )


def renewals_outside_their_denominator(
    called_outside: Quantity, called_due: Quantity | None, renewed: Quantity
) -> Finding | None:
    """Renewals reported out of people who were not in the scheme, with no list of those due (S0.12)."""
    if renewed.low <= 0 or called_due is not None:
        return None
    return Finding(
        "renewals_outside_their_denominator",
        {"renewed": rounded(renewed.nominal), "called": rounded(called_outside.nominal)},
    )
