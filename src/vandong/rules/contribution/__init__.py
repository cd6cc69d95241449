"""Voluntary contributions: what is paid, with which support, until when, and what comes back.

`voluntary_contribution` quotes one payment, `payment_standing` says whether it is in time, `refund` what is
paid back of a prepaid period. Eligibility is asked before any of them.
"""

from vandong.rules.contribution.amounts import Contribution, ContributionRequest, Shares, Stretch
from vandong.rules.contribution.incomes import IncomeLimits, income_limits
from vandong.rules.contribution.methods import (
    Method,
    MethodKind,
    allowed_methods,
    method_months,
    method_text,
    parse_method,
)
from vandong.rules.contribution.quotes import voluntary_contribution
from vandong.rules.contribution.refunds import Refund, RefundEvent, RefundRequest, refund
from vandong.rules.contribution.support import NO_TOP_UP, TopUp, parse_group, state_support
from vandong.rules.contribution.windows import Standing, payment_deadline, payment_standing

__all__ = [
    "NO_TOP_UP",
    "Contribution",
    "ContributionRequest",
    "IncomeLimits",
    "Method",
    "MethodKind",
    "Refund",
    "RefundEvent",
    "RefundRequest",
    "Shares",
    "Standing",
    "Stretch",
    "TopUp",
    "allowed_methods",
    "income_limits",
    "method_months",
    "method_text",
    "parse_group",
    "parse_method",
    "payment_deadline",
    "payment_standing",
    "refund",
    "state_support",
    "voluntary_contribution",
]
