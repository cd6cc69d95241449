"""A contribution quote and a refund as documents: the names of interface.md, and more."""

from vandong.advice.documents.trace import (
    Document,
    month_text,
    note_sentences,
    step_sentences,
    trace_document,
)
from vandong.rules.contribution import Contribution, Refund, Shares, Stretch


def contribution_document(quote: Contribution, lang: str) -> Document:
    """`vandong quote bhxh` and its twin of the API. Money is whole đồng, months are "2026-11"."""
    return {
        "months": quote.months,
        **_shares(quote.shares),
        "covers_from": month_text(quote.covers_from),
        "paid_until": month_text(quote.paid_until),
        "deadline": quote.deadline_on.isoformat() if quote.deadline_on else None,
        "group": quote.group.value,
        "supported_months": quote.supported_months,
        "support_months_left": quote.support_months_left,
        "month_while_supported": _shares(quote.month_supported),
        "month_after_support": _shares(quote.month_unsupported),
        "schedule": [_stretch(one) for one in quote.schedule],
        "steps": step_sentences(quote.trace, lang),
        "trace": trace_document(quote.trace, lang),
        "notes": note_sentences(quote.trace, lang),
    }


def refund_document(found: Refund, lang: str) -> Document:
    """What comes back of a prepaid period."""
    return {
        "months_left": found.months_left,
        "supported_months": found.supported_months,
        "gross_amount": found.gross_amount,
        "state_support_amount": found.state_support_amount,
        "local_support_amount": found.local_support_amount,
        "other_amount": found.other_amount,
        "refund_amount": found.refund_amount,
        "steps": step_sentences(found.trace, lang),
        "trace": trace_document(found.trace, lang),
        "notes": note_sentences(found.trace, lang),
    }


def _shares(shares: Shares) -> Document:
    return {
        "gross_amount": shares.gross_amount,
        "state_support_amount": shares.state_support_amount,
        "local_support_amount": shares.local_support_amount,
        "other_amount": shares.other_amount,
        "pay_amount": shares.pay_amount,
    }


def _stretch(stretch: Stretch) -> Document:
    return {
        "months": stretch.months,
        "from": month_text(stretch.starts),
        "month": _shares(stretch.month),
    }
