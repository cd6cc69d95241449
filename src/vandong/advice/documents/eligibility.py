"""Whether a person may join, as a document."""

from vandong.advice.documents.trace import (
    Document,
    note_sentences,
    step_sentences,
    trace_document,
)
from vandong.phrases import sentence
from vandong.rules.eligibility import Eligibility


def eligibility_document(found: Eligibility, lang: str) -> Document:
    """The verdict with its words, reasons and law; what is still to be asked, as fields and as questions."""
    return {
        "verdict": found.verdict.value,
        "verdict_text": sentence(f"eligibility_verdict_{found.verdict.value}", {}, lang),
        "may_be_quoted": found.may_be_quoted,
        "needs_office": found.needs_office,
        "open_questions": list(found.open_questions),
        "questions": [sentence(f"eligibility_ask_{one}", {}, lang) for one in found.open_questions],
        "reasons": step_sentences(found.trace, lang),
        "trace": trace_document(found.trace, lang),
        "notes": note_sentences(found.trace, lang),
    }
