"""A retirement age as a document: the names of interface.md."""

from vandong.advice.documents.trace import (
    Document,
    note_sentences,
    step_sentences,
    trace_document,
)
from vandong.rules.retirement_age import RetirementAge


def retirement_age_document(found: RetirementAge, lang: str) -> Document:
    """`vandong retirement-age` and its twin of the API."""
    return {
        "retirement_age": age_document(found),
        "pension_from": found.pension_from.isoformat(),
        "steps": step_sentences(found.trace, lang),
        "trace": trace_document(found.trace, lang),
        "notes": note_sentences(found.trace, lang),
    }


def age_document(found: RetirementAge) -> Document:
    """Years and months of an age."""
    return {"years": found.years, "months": found.months}
