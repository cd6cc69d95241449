"""Organisations: created, edited, closed, and the units they cover."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from vandong.accounts.models import (
    Channel,
    Member,
    Organisation,
    OrganisationArea,
    OrganisationKind,
)
from vandong.accounts.queries.organisations import (
    areas_of,
    organisation_to_manage,
    organisations_to_manage,
)
from vandong.accounts.queries.scope import Actor, Right, is_everywhere, require, visible_units
from vandong.administration.audit_trail import record, snapshot
from vandong.administration.refusals import check_version, problem, refuse_all
from vandong.kernel.findings import Finding
from vandong.kernel.names import clean, fold
from vandong.places.models import Unit

_FIELDS = ("kind", "code", "name", "channel", "parent", "valid_from")


@dataclass(frozen=True, slots=True)
class OrganisationFields:
    """What a person fills in. Empty `parent_id`: a root; empty `channel`: collects nothing."""

    kind: str
    name: str
    code: str = ""
    channel: str = ""
    parent_id: int | None = None
    valid_from: date | None = None
    unit_ids: Sequence[int] = ()


@transaction.atomic
def create_organisation(*, actor: Actor, fields: OrganisationFields, at: datetime) -> Organisation:
    """Raises NotAllowed; Refused with all problems of the fields.

    Who manages a part of the country only makes branches, or covers units of the own ground.
    """
    require(actor, Right.MANAGE_ORGANISATIONS)
    organisation = Organisation()
    units = _fill(actor, organisation, fields)
    organisation.save()
    _cover(organisation, units)
    record(actor, "organisation.created", organisation, None, _content(organisation), at)
    return organisation


@transaction.atomic
def edit_organisation(
    *, actor: Actor, organisation_id: int, version: int, fields: OrganisationFields, at: datetime
) -> Organisation:
    """Raises NotAllowed, NotVisible, StaleVersion; Refused with all problems of the fields."""
    organisation = organisation_to_manage(actor, organisation_id, lock=True)
    check_version(str(organisation), organisation.version, version)
    before = _content(organisation)
    units = _fill(actor, organisation, fields)
    organisation.version += 1
    organisation.save()
    _cover(organisation, units)
    record(actor, "organisation.edited", organisation, before, _content(organisation), at)
    return organisation


@transaction.atomic
def close_organisation(
    *,
    actor: Actor,
    organisation_id: int,
    version: int,
    closed_on: date,
    successor_id: int | None,
    at: datetime,
    reason: str = "",
) -> Organisation:
    """Ends an organisation; `closed_on` is its first day no longer at work.

    Grants on it are followed to the successor. Members are handed over or end by `members`.
    Raises NotAllowed, NotVisible, StaleVersion; Refused with all problems.
    """
    organisation = organisation_to_manage(actor, organisation_id, lock=True)
    check_version(str(organisation), organisation.version, version)
    refuse_all(_closing_problems(actor, organisation, closed_on, successor_id))
    before = snapshot(organisation, "valid_until", "successor")
    organisation.valid_until, organisation.successor_id = closed_on, successor_id
    organisation.version += 1
    organisation.save(update_fields=["valid_until", "successor", "version"])
    after = snapshot(Organisation.objects.get(pk=organisation.pk), "valid_until", "successor")
    record(actor, "organisation.closed", organisation, before, after, at, reason)
    return organisation


@transaction.atomic
def reopen_organisation(
    *, actor: Actor, organisation_id: int, version: int, at: datetime
) -> Organisation:
    """The undo of `close_organisation`. Raises NotAllowed, NotVisible, StaleVersion."""
    organisation = organisation_to_manage(actor, organisation_id, lock=True)
    check_version(str(organisation), organisation.version, version)
    before = snapshot(organisation, "valid_until", "successor")
    organisation.valid_until = organisation.successor = None
    organisation.version += 1
    organisation.save(update_fields=["valid_until", "successor", "version"])
    after = snapshot(organisation, "valid_until", "successor")
    record(actor, "organisation.reopened", organisation, before, after, at)
    return organisation


def _fill(actor: Actor, organisation: Organisation, fields: OrganisationFields) -> list[Unit]:
    """Puts the fields in; returns the units to cover. Raises Refused with all problems."""
    organisation.kind, organisation.channel = fields.kind, fields.channel
    organisation.code, organisation.name = clean(fields.code), clean(fields.name)
    organisation.name_fold = fold(organisation.name)
    organisation.valid_from = fields.valid_from
    units = _units(actor, organisation, fields.unit_ids)
    problems = _field_problems(organisation) + _parent_problems(actor, organisation, fields)
    if len(units) != len(set(fields.unit_ids)):
        problems.append(problem("area_outside_ground", "unit_ids"))
    refuse_all(problems)
    organisation.parent_id = fields.parent_id
    refuse_all(_twin_problems(organisation))
    return units


def _units(actor: Actor, organisation: Organisation, unit_ids: Sequence[int]) -> list[Unit]:
    """The wanted units that may be covered: those of the own ground, and those covered already."""
    own = visible_units(actor, right=Right.MANAGE_ORGANISATIONS)
    kept = Unit.objects.filter(organisationarea__organisation=organisation.pk or 0).values("pk")
    wanted = Unit.objects.filter(pk__in=unit_ids)
    return list(wanted.filter(pk__in=own.values("pk")) | wanted.filter(pk__in=kept))


def _field_problems(organisation: Organisation) -> list[Finding]:
    problems: list[Finding] = []
    if organisation.kind not in OrganisationKind.values:
        problems.append(problem("kind_unknown", "kind"))
    if organisation.channel and organisation.channel not in Channel.values:
        problems.append(problem("channel_unknown", "channel"))
    if not organisation.name:
        problems.append(problem("name_missing", "name"))
    for column, limit in (("name", 200), ("code", 30)):
        if len(getattr(organisation, column)) > limit:
            problems.append(problem("name_too_long", column, limit=limit))
    return problems


def _parent_problems(
    actor: Actor, organisation: Organisation, fields: OrganisationFields
) -> list[Finding]:
    if fields.parent_id is None:
        rooted = organisation.pk is not None and organisation.parent_id is None
        may = rooted or fields.unit_ids or is_everywhere(actor, Right.MANAGE_ORGANISATIONS)
        return [] if may else [problem("parent_missing", "parent_id")]
    if fields.parent_id == organisation.parent_id:
        return []
    parent = organisations_to_manage(actor).filter(pk=fields.parent_id).first()
    if parent is None:
        return [problem("parent_unknown", "parent_id")]
    if organisation.pk is not None and organisation.pk in _line_up(parent):
        return [problem("parent_below_itself", "parent_id", name=str(parent))]
    return []


def _line_up(organisation: Organisation) -> list[int]:
    """The organisation and all above it, by id."""
    ids: list[int] = []
    here: Organisation | None = organisation
    while here is not None and here.pk not in ids:
        ids.append(here.pk)
        here = here.parent
    return ids


def _twin_problems(organisation: Organisation) -> list[Finding]:
    twins = Organisation.objects.filter(
        name=organisation.name,
        parent_id=organisation.parent_id,
        valid_from=organisation.valid_from,
    ).exclude(pk=organisation.pk)
    return [problem("organisation_exists", "name", name=organisation.name)] if twins else []


def _closing_problems(
    actor: Actor, organisation: Organisation, closed_on: date, successor_id: int | None
) -> list[Finding]:
    problems: list[Finding] = []
    if organisation.valid_from is not None and closed_on <= organisation.valid_from:
        problems.append(problem("closed_before_start", "closed_on", on=organisation.valid_from))
    if successor_id is not None:
        known = organisations_to_manage(actor).filter(pk=successor_id).first()
        if known is None:
            problems.append(problem("successor_unknown", "successor_id"))
        elif organisation.pk in _line_of_heirs(known):
            problems.append(problem("successor_is_itself", "successor_id"))
    at_work = Member.objects.filter(organisation=organisation, valid_until__isnull=True).count()
    if at_work and successor_id is None:
        problems.append(problem("members_left_behind", "successor_id", count=at_work))
    return problems


def _line_of_heirs(organisation: Organisation) -> list[int]:
    ids: list[int] = []
    here: Organisation | None = organisation
    while here is not None and here.pk not in ids:
        ids.append(here.pk)
        here = here.successor
    return ids


def _cover(organisation: Organisation, units: list[Unit]) -> None:
    areas_of(organisation).exclude(unit__in=units).delete()
    rows = [OrganisationArea(organisation=organisation, unit=unit) for unit in units]
    OrganisationArea.objects.bulk_create(rows, ignore_conflicts=True)


def _content(organisation: Organisation) -> dict[str, object]:
    kept = snapshot(organisation, *_FIELDS)
    return {**kept, "areas": [str(area.unit) for area in areas_of(organisation)]}
