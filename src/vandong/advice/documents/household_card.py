"""Household health insurance as documents: the names of interface.md, and more."""

from vandong.advice.documents.trace import (
    Document,
    note_sentences,
    step_sentences,
    trace_document,
)
from vandong.kernel.numbers import decimal_text
from vandong.rules.household_card import (
    CardBenefits,
    CardPeriod,
    CardQuote,
    CardValidity,
    MemberAmount,
)


def household_card_document(quote: CardQuote, benefits: CardBenefits, lang: str) -> Document:
    """`vandong quote bhyt` and its twin of the API. Money is whole đồng, days are ISO.

    `validity` is null when nothing was said of the card before; two periods mean that the office decides.
    """
    trace = quote.trace + benefits.trace
    return {
        "months": quote.months,
        "group": quote.group,
        "members": [_member(one) for one in quote.members],
        "gross_total_amount": quote.gross_total_amount,
        "total_amount": quote.total_amount,
        "household_total_amount": quote.household_total_amount,
        "validity": _validity(quote.validity) if quote.validity else None,
        "benefits": _benefits(benefits),
        "steps": step_sentences(trace, lang),
        "trace": trace_document(trace, lang),
        "notes": note_sentences(trace, lang),
    }


def _member(member: MemberAmount) -> Document:
    return {
        "order": member.order,
        "amount": member.amount,
        "gross_amount": member.gross_amount,
        "state_support_amount": member.state_support_amount,
        "local_support_amount": member.local_support_amount,
    }


def _validity(validity: CardValidity) -> Document:
    return {
        "periods": [_period(one) for one in validity.periods],
        "continuity": validity.continuity.value,
        "gap_days": validity.gap_days,
        "needs_office": validity.needs_office,
    }


def _period(period: CardPeriod) -> Document:
    return {
        "start": period.start.value,
        "valid_from": period.valid_from.isoformat(),
        "valid_until": period.valid_until.isoformat(),
        "other_start_on": period.other_start_on.isoformat() if period.other_start_on else None,
        "five_years_on": period.five_years_on.isoformat() if period.five_years_on else None,
    }


def _benefits(benefits: CardBenefits) -> Document:
    return {
        "rate": decimal_text(benefits.rate),
        "full_below_amount": benefits.full_below_amount,
        "copay_ceiling_amount": benefits.copay_ceiling_amount,
        "continuous_years": benefits.continuous_years,
    }
