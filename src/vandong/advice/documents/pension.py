"""A pension as a document: the names of interface.md, and more."""

from fractions import Fraction

from vandong.advice.documents.retirement_age import age_document
from vandong.advice.documents.trace import (
    Document,
    note_sentences,
    step_sentences,
    trace_document,
)
from vandong.kernel.numbers import decimal_text
from vandong.rules.pension import Pension


def pension_document(found: Pension, lang: str) -> Document:
    """`vandong pension` and its twin of the API. Money is whole đồng, the rate a fraction as text. Age and
    first day are null for a bare average."""
    age = found.retirement_age
    return {
        "retirement_age": age_document(age) if age else None,
        "pension_from": found.pension_from.isoformat() if found.pension_from else None,
        "paid_months": found.paid_months,
        "counted_years": years_text(found.counted_years),
        "average_income": found.average_income,
        "rate": decimal_text(found.rate),
        "monthly_amount": found.monthly_amount,
        "extra_years_amount": found.extra_amount,
        "worth_on": found.worth_on.isoformat(),
        "steps": step_sentences(found.trace, lang),
        "trace": trace_document(found.trace, lang),
        "notes": note_sentences(found.trace, lang),
    }


def years_text(years: Fraction) -> str:
    """Counted years with the one decimal that they can have: "15.0", "17.5"."""
    text = decimal_text(years)
    return text if "." in text else f"{text}.0"
