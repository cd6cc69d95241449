"""The rules for the fields of a province's resolution, all problems at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from vandong.administration.refusals import problem, refuse_all
from vandong.documents.models import SupportConfidence, SupportedGroup, SupportScheme
from vandong.kernel.findings import Finding
from vandong.kernel.names import clean
from vandong.law import law_book
from vandong.rules.household_card.support import groups_supported

_GROUPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        SupportScheme.BHXH_TN: frozenset(
            {
                SupportedGroup.ALL,
                SupportedGroup.POOR,
                SupportedGroup.NEAR_POOR,
                SupportedGroup.ETHNIC_MINORITY,
                SupportedGroup.ISLAND,
                SupportedGroup.OTHER,
            }
        ),
        SupportScheme.BHYT_HGD: frozenset(
            {
                SupportedGroup.ALL,
                SupportedGroup.ETHNIC_MINORITY,
                SupportedGroup.ISLAND,
                SupportedGroup.OTHER,
            }
        ),
    }
)
_MOST_DONG = 10**9


@dataclass(frozen=True, slots=True)
class LocalSupportFields:
    """What a person fills in. `rate` (a fraction of 1) or `amount` (đồng a month); `valid_until` exclusive."""

    unit_id: int
    scheme: str
    group: str
    valid_from: date | None
    document_number: str
    article: str
    confidence: str
    rate: Decimal | None = None
    amount: int | None = None
    valid_until: date | None = None
    signed_on: date | None = None
    check_by: str = ""
    check_on: date | None = None
    note: str = ""


def groups_of(scheme: str, on: date) -> frozenset[str]:
    """Whom a resolution on this scheme may name on a day; empty for an unknown scheme.

    On health insurance: the general groups, and every group whose card the State supports (Decree
    188/2025/NĐ-CP, art 6.6).
    """
    general = _GROUPS.get(scheme, frozenset())
    if scheme != SupportScheme.BHYT_HGD:
        return general
    return general | frozenset(groups_supported(law_book(), on))


def checked_fields(given: LocalSupportFields, today: date) -> dict[str, object]:
    """The fields as they are stored. Raises Refused with every problem, each at its field."""
    document, article, check_by = map(clean, (given.document_number, given.article, given.check_by))
    problems = [*_value_problems(given, today), *_day_problems(given, today)]
    if not document:
        problems.append(problem("local_support_document_missing", "document_number"))
    if not article:
        problems.append(problem("local_support_article_missing", "article"))
    if given.confidence not in SupportConfidence.values:
        problems.append(problem("local_support_confidence_missing", "confidence"))
    elif given.confidence != SupportConfidence.OFFICIAL and not (check_by and given.check_on):
        problems.append(problem("local_support_check_missing", "check_by"))
    refuse_all(problems)
    return {
        "scheme": given.scheme,
        "group": given.group,
        "rate": given.rate,
        "amount": given.amount,
        "valid_from": given.valid_from,
        "valid_until": given.valid_until,
        "document_number": document,
        "article": article,
        "signed_on": given.signed_on,
        "confidence": given.confidence,
        "check_by": check_by,
        "check_on": given.check_on,
        "note": clean(given.note),
    }


def _value_problems(given: LocalSupportFields, today: date) -> list[Finding]:
    found = []
    if given.scheme not in SupportScheme.values:
        found.append(problem("local_support_scheme_missing", "scheme"))
    elif given.group not in groups_of(given.scheme, given.valid_from or today):
        found.append(problem("local_support_group_wrong", "group"))
    if (given.rate is None) == (given.amount is None):
        found.append(problem("local_support_value_missing", "rate"))
    if given.rate is not None and not 0 < given.rate <= 1:
        found.append(problem("local_support_rate_wrong", "rate"))
    if given.amount is not None and not 0 < given.amount <= _MOST_DONG:
        found.append(problem("local_support_amount_wrong", "amount"))
    return found


def _day_problems(given: LocalSupportFields, today: date) -> list[Finding]:
    found = []
    if given.valid_from is None:
        found.append(problem("local_support_start_missing", "valid_from"))
    elif given.valid_until is not None and given.valid_until <= given.valid_from:
        found.append(problem("local_support_span_wrong", "valid_until"))
    if given.signed_on is not None and given.signed_on > today:
        found.append(problem("local_support_signed_later", "signed_on", on=given.signed_on))
    return found
