"""Made-up people of the demo: an agency, a post office, and one account for each role. Never elsewhere."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from vandong.accounts.models import Channel, Grant, Organisation, OrganisationKind, Role, User
from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.audit_trail import record
from vandong.administration.members import MemberFields, create_member
from vandong.administration.organisations import OrganisationFields, create_organisation
from vandong.kernel.names import sort_key
from vandong.places.models import Tree, Unit, UnitKind
from vandong.places.queries.units import children, unit_at

PROVINCE_CODE = "01"
CHANGE_ON = date(2025, 7, 1)
AGENCY = OrganisationFields(
    kind=OrganisationKind.SOCIAL_INSURANCE,
    name="BHXH cơ sở Hoàn Kiếm (dữ liệu mẫu)",
    channel=Channel.AGENCY,
    valid_from=CHANGE_ON,
)
POST = OrganisationFields(
    kind=OrganisationKind.POST_OFFICE,
    name="Bưu điện Hoàn Kiếm (dữ liệu mẫu)",
    channel=Channel.POST,
    valid_from=CHANGE_ON,
)
AREA_CODES = ("00070", "00082")
"""Phường Hoàn Kiếm, Phường Cửa Nam: a made-up area of a local agency."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that `./dev up` prints. The password is known to all: the demo holds made-up data only."""

    username: str
    password: str
    full_name: str
    role: str


DEMO_PASSWORD = "dung-thu-2026"  # noqa: S105 shown to all, of made-up data only

DEMO_ACCOUNTS = (
    DemoAccount("quantri", DEMO_PASSWORD, "Đỗ Minh Quản", Role.ADMINISTRATOR),
    DemoAccount("kehoach", DEMO_PASSWORD, "Nguyễn Thu Kế", Role.PLANNER),
    DemoAccount("canbo", DEMO_PASSWORD, "Trần Văn Cán", Role.OFFICER),
    DemoAccount("nhanvienthu", DEMO_PASSWORD, "Lê Thị Thu", Role.COLLECTOR),
    DemoAccount("congtacvien", DEMO_PASSWORD, "Phạm Văn Cộng", Role.COLLABORATOR),
    DemoAccount("theodoi", DEMO_PASSWORD, "Vũ Thị Theo", Role.OBSERVER),
)


class NotADemo(RuntimeError):
    """Accounts with known passwords were asked for outside the demo."""


@transaction.atomic
def create_demo_users(*, actor: Actor, at: datetime, is_demo: bool) -> tuple[DemoAccount, ...]:
    """Makes what is missing of the demo's people; running again changes nothing.

    Raises NotADemo, NotAllowed; LookupError when the official units are not loaded.
    """
    if not is_demo:
        raise NotADemo("accounts with known passwords exist in the demo only")
    require(actor, Right.MANAGE_USERS)
    province, area = _ground()
    agency = _office(actor, AGENCY, area, at)
    post = _office(actor, POST, area, at)
    grounds: dict[str, tuple[Organisation | None, Unit | None]] = {
        Role.ADMINISTRATOR: (None, None),
        # The articles speak of three provinces: who plans here sees them all.
        Role.PLANNER: (None, None),
        Role.OFFICER: (agency, None),
        Role.COLLECTOR: (post, area[0]),
        Role.COLLABORATOR: (post, area[0]),
        Role.OBSERVER: (None, province),
    }
    for account in DEMO_ACCOUNTS:
        _account(actor, account, *grounds[account.role], at)
    _members(actor, agency, post, at)
    return DEMO_ACCOUNTS


def _ground() -> tuple[Unit, list[Unit]]:
    province = unit_at(UnitKind.PROVINCE, PROVINCE_CODE, CHANGE_ON)
    if province is None:
        raise LookupError("official units are not loaded")
    communes = children(province, Tree.ADMINISTRATIVE, CHANGE_ON)
    area = list(communes.filter(code__in=AREA_CODES).order_by("code"))
    if len(area) != len(AREA_CODES):
        raise LookupError("official units are not loaded")
    return province, area


def _office(
    actor: Actor, fields: OrganisationFields, area: list[Unit], at: datetime
) -> Organisation:
    known = Organisation.objects.filter(name=fields.name).first()
    if known is not None:
        return known
    covering = replace(fields, unit_ids=[unit.pk for unit in area])
    return create_organisation(actor=actor, fields=covering, at=at)


def _account(
    actor: Actor,
    account: DemoAccount,
    organisation: Organisation | None,
    unit: Unit | None,
    at: datetime,
) -> None:
    """Straight into the tables: the fixed passwords stand outside the rule of one-time passwords."""
    user = User.objects.filter(username=account.username).first()
    if user is not None:
        return
    user = User(username=account.username, full_name=account.full_name)
    user.sort_key = sort_key(account.full_name)
    user.set_password(account.password)
    user.save()
    Grant.objects.create(
        user=user, role=account.role, organisation=organisation, unit=unit, granted_at=at
    )
    record(actor, "user.created", user, None, {"role": account.role}, at, "demo")


def _members(actor: Actor, agency: Organisation, post: Organisation, at: datetime) -> None:
    people = (
        (agency, "HK-01", "canbo", "Chuyên viên"),
        (post, "BD-01", "nhanvienthu", "Nhân viên thu"),
        (post, "BD-02", "congtacvien", "Cộng tác viên"),
    )
    names = {account.username: account.full_name for account in DEMO_ACCOUNTS}
    for office, code, username, rank in people:
        if office.members.filter(staff_code=code).exists():
            continue
        fields = MemberFields(
            organisation_id=office.pk,
            staff_code=code,
            full_name=names[username],
            rank=rank,
            username=username,
            valid_from=CHANGE_ON,
        )
        create_member(actor=actor, fields=fields, at=at)
