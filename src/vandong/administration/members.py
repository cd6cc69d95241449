"""People at work: taken on, edited, ended. Targets and results point to them, so none is ever deleted."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from vandong.accounts.models import Member, Organisation, User
from vandong.accounts.queries.organisations import member_to_manage, organisation_to_manage
from vandong.accounts.queries.scope import Actor
from vandong.administration.audit_trail import record, snapshot
from vandong.administration.refusals import check_version, problem, refuse_all
from vandong.kernel.findings import Finding
from vandong.kernel.names import clean, fold

_FIELDS = ("organisation", "staff_code", "full_name", "rank", "user", "valid_from", "valid_until")


@dataclass(frozen=True, slots=True)
class MemberFields:
    """What a person fills in. `username` empty: no login. `valid_until` is the first day no longer at work."""

    organisation_id: int
    staff_code: str
    full_name: str
    rank: str = ""
    username: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@transaction.atomic
def create_member(*, actor: Actor, fields: MemberFields, at: datetime) -> Member:
    """Raises NotAllowed, NotVisible (organisation); Refused with all problems of the fields."""
    member = Member()
    _fill(actor, member, fields)
    member.save()
    record(actor, "member.created", member, None, snapshot(member, *_FIELDS), at)
    return member


@transaction.atomic
def edit_member(
    *, actor: Actor, member_id: int, version: int, fields: MemberFields, at: datetime
) -> Member:
    """Raises NotAllowed, NotVisible, StaleVersion; Refused with all problems of the fields."""
    member = member_to_manage(actor, member_id, lock=True)
    check_version(str(member), member.version, version)
    before = snapshot(member, *_FIELDS)
    _fill(actor, member, fields)
    member.version += 1
    member.save()
    record(actor, "member.edited", member, before, snapshot(member, *_FIELDS), at)
    return member


def _fill(actor: Actor, member: Member, fields: MemberFields) -> None:
    organisation = organisation_to_manage(actor, fields.organisation_id)
    user = User.objects.filter(username=clean(fields.username).lower()).first()
    member.organisation, member.user = organisation, user
    member.staff_code, member.full_name = clean(fields.staff_code), clean(fields.full_name)
    member.name_fold, member.rank = fold(member.full_name), clean(fields.rank)
    member.valid_from, member.valid_until = fields.valid_from, fields.valid_until
    problems = _text_problems(member) + _span_problems(member, organisation)
    if fields.username and user is None:
        problems.append(problem("username_unknown", "username", username=fields.username))
    refuse_all(problems + _twin_problems(member))


def _text_problems(member: Member) -> list[Finding]:
    problems = [
        problem(code, column)
        for column, code in (("staff_code", "staff_code_missing"), ("full_name", "name_missing"))
        if not getattr(member, column)
    ]
    for column, limit in (("staff_code", 30), ("full_name", 200), ("rank", 60)):
        if len(getattr(member, column)) > limit:
            problems.append(problem("name_too_long", column, limit=limit))
    return problems


def _span_problems(member: Member, organisation: Organisation) -> list[Finding]:
    start, end = member.valid_from, member.valid_until
    if start is not None and end is not None and end <= start:
        return [problem("ended_before_start", "valid_until", on=start)]
    closed_on = organisation.valid_until
    if closed_on is not None and (end is None or end > closed_on):
        return [problem("organisation_closed", "organisation_id", on=closed_on)]
    return []


def _twin_problems(member: Member) -> list[Finding]:
    others = Member.objects.exclude(pk=member.pk)
    problems: list[Finding] = []
    if others.filter(organisation=member.organisation, staff_code=member.staff_code).exists():
        problems.append(problem("staff_code_taken", "staff_code", staff_code=member.staff_code))
    if member.user is not None and others.filter(user=member.user).exists():
        problems.append(problem("username_has_member", "username", username=member.user.username))
    return problems
