"""Household health insurance (BHYT hộ gia đình): whether another group pays first, what each member pays, from
when the card is valid and what it pays (Law 51/2024/QH15 amending the Law on health insurance; Decree
188/2025/NĐ-CP)."""

from vandong.rules.household_card.amounts import (
    CardQuote,
    CardRequest,
    MemberAmount,
    household_card_quote,
)
from vandong.rules.household_card.continuity import CardBenefits, card_benefits
from vandong.rules.household_card.support import (
    HOUSEHOLD,
    CardForm,
    FormVerdict,
    card_form,
    groups_paid_in_full,
    groups_supported,
)
from vandong.rules.household_card.validity import (
    CardPeriod,
    CardStart,
    CardValidity,
    Continuity,
    PreviousCard,
    card_validity,
)

__all__ = [
    "HOUSEHOLD",
    "CardBenefits",
    "CardForm",
    "CardPeriod",
    "CardQuote",
    "CardRequest",
    "CardStart",
    "CardValidity",
    "Continuity",
    "FormVerdict",
    "MemberAmount",
    "PreviousCard",
    "card_benefits",
    "card_form",
    "card_validity",
    "groups_paid_in_full",
    "groups_supported",
    "household_card_quote",
]
