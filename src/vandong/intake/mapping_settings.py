"""Column mappings of lists as settings of an office: remembered by the heads, one for each kind and layout."""

from datetime import datetime

from django.db import transaction

from vandong.accounts.models import OfficeSetting, Organisation
from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.audit_trail import Subject, record
from vandong.administration.refusals import problem, refuse_all
from vandong.intake.kinds import KINDS, ListKind
from vandong.intake.mapping import ColumnMapping, needed_words, read_column_mapping
from vandong.kernel.findings import Finding
from vandong.kernel.names import clean

KIND = "list_mapping"
_LONGEST_NAME = 200


def office_of(actor: Actor) -> int | None:
    """The organisation whose mappings the actor uses; None: those of the whole installation."""
    return next((grant.organisation_id for grant in actor.grants if grant.organisation_id), None)


def mapping_for(actor: Actor, kind: ListKind, signature: str) -> ColumnMapping | None:
    """The mapping that the office saved last for lists of this kind with these heads."""
    row = (
        OfficeSetting.objects.filter(
            kind=KIND,
            organisation=office_of(actor),
            value__signature=signature,
            value__kind=kind.value,
        )
        .order_by("-id")
        .first()
    )
    return read_column_mapping(row.value) if row else None


def save_list_mapping(
    *, actor: Actor, mapping: ColumnMapping, name: str, at: datetime
) -> OfficeSetting:
    """Keep a mapping for the actor's office; one of the same name, or of the same kind and heads, is replaced.

    Raises NotAllowed; Refused with all problems: list_mapping_name, list_column_missing, list_field_twice,
    list_column_twice.
    """
    require(actor, Right.IMPORT_PEOPLE)
    refuse_all(_problems(mapping, name))
    office = office_of(actor)
    with transaction.atomic():
        offices = Organisation.objects.select_for_update()
        organisation = None if office is None else offices.get(pk=office)
        known = OfficeSetting.objects.filter(kind=KIND, organisation=organisation)
        setting = (
            known.filter(name=clean(name)).first()
            or known.filter(
                value__signature=mapping.signature, value__kind=mapping.kind.value
            ).first()
            or OfficeSetting(kind=KIND, organisation=organisation, version=0)
        )
        before = setting.value if setting.pk else None
        if before != mapping.stored() or setting.name != clean(name):
            setting.name, setting.value = clean(name), mapping.stored()
            setting.version += 1
            setting.save()
            subject = Subject("accounts.officesetting", str(setting.pk), setting.name)
            record(actor, "list_mapping.saved", subject, before, mapping.stored(), at)
    return setting


def _problems(mapping: ColumnMapping, name: str) -> list[Finding]:
    found = []
    if not clean(name) or len(clean(name)) > _LONGEST_NAME:
        found.append(problem("list_mapping_name", "name", limit=_LONGEST_NAME))
    found += [
        problem("list_column_missing", kind=KINDS[mapping.kind].title, fields=needed_words(needed))
        for needed in mapping.missing
    ]
    fields = [field.value for field, _ in mapping.columns]
    places = [index for _, index in mapping.columns]
    if len(set(fields)) < len(fields):
        found.append(problem("list_field_twice"))
    if len(set(places)) < len(places):
        found.append(problem("list_column_twice"))
    return found
