"""A one-time withdrawal as a document: the names of interface.md, and more."""

from vandong.advice.documents.trace import (
    Document,
    note_sentences,
    step_sentences,
    trace_document,
)
from vandong.kernel.numbers import decimal_text
from vandong.rules.lump_sum import LumpSum


def lump_sum_document(found: LumpSum, lang: str) -> Document:
    """`vandong lump-sum` and its twin of the API. `months_of_average` is null when under a year of payments
    is returned."""
    averages = found.averages
    return {
        "months_of_average": decimal_text(averages) if averages is not None else None,
        "average_income": found.average_income,
        "gross_amount": found.gross_amount,
        "support_deducted_amount": found.support_deducted_amount,
        "pay_amount": found.pay_amount,
        "steps": step_sentences(found.trace, lang),
        "trace": trace_document(found.trace, lang),
        "notes": note_sentences(found.trace, lang),
    }
