"""The demo's resolution: Hà Nội's top-up as collection agents state it. Its number was not found, so it is
marked as not verified, proposed by the demo's administrator and approved by its planner."""

from datetime import date, datetime
from decimal import Decimal

from vandong.accounts.models import User
from vandong.accounts.queries.scope import Actor, actor_for
from vandong.administration.demo_people import CHANGE_ON, PROVINCE_CODE
from vandong.administration.local_supports import (
    LocalSupportFields,
    decide_local_support,
    propose_local_support,
)
from vandong.documents.models import LocalSupport, SupportConfidence, SupportedGroup, SupportScheme
from vandong.places.models import UnitKind
from vandong.places.queries.units import unit_at

CHECK_ON = date(2027, 1, 15)


def enter_demo_resolution(*, proposer: str, approver: str, at: datetime) -> bool:
    """Enters and approves what is missing, by two user names; whether there was anything to do.

    Raises LookupError when the official units or the people are not loaded; NotAllowed.
    """
    province = unit_at(UnitKind.PROVINCE, PROVINCE_CODE, CHANGE_ON)
    if province is None:
        raise LookupError("official units are not loaded")
    if LocalSupport.objects.filter(unit=province).exists():
        return False
    fields = LocalSupportFields(
        unit_id=province.pk,
        scheme=SupportScheme.BHXH_TN,
        group=SupportedGroup.OTHER,
        rate=Decimal("0.2"),
        valid_from=CHANGE_ON,
        document_number="Nghị quyết của HĐND TP Hà Nội (chưa rõ số)",
        article="chưa rõ",
        confidence=SupportConfidence.UNVERIFIED,
        check_by="BHXH tỉnh",
        check_on=CHECK_ON,
        note="Theo bảng mức đóng của tổ chức dịch vụ thu; chưa tìm được số nghị quyết.",
    )
    row = propose_local_support(actor=_actor(proposer, at), fields=fields, at=at)
    decide_local_support(
        actor=_actor(approver, at),
        local_support_id=row.pk,
        version=row.version,
        approved=True,
        at=at,
    )
    return True


def _actor(username: str, at: datetime) -> Actor:
    user = User.objects.filter(username=username).first()
    if user is None:
        raise LookupError(f"no user {username}")
    return actor_for(user, at.date())
