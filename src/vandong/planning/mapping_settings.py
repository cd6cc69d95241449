"""Column mappings as settings of an office: remembered by the heads of its tables, chosen by name."""

from datetime import datetime

from django.db import transaction

from vandong.accounts.models import OfficeSetting, Organisation
from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.audit_trail import Subject, record
from vandong.administration.refusals import Refused, problem, refuse_all
from vandong.kernel.findings import Finding
from vandong.kernel.names import clean
from vandong.planning.figure_files.mapping import FigureMapping, Role, read_mapping
from vandong.planning.figure_files.parsing import is_percent
from vandong.planning.file_words import DENOMINATOR_MEASURES

KIND = "figure_mapping"
_LONGEST_NAME = 200


def office_of(actor: Actor) -> int | None:
    """The organisation whose mappings the actor uses; None: those of the whole installation."""
    return next((grant.organisation_id for grant in actor.grants if grant.organisation_id), None)


def known_mappings(actor: Actor) -> tuple[FigureMapping, ...]:
    """The mappings of the actor's office, by name. Raises NotAllowed."""
    require(actor, Right.IMPORT_FIGURES)
    rows = OfficeSetting.objects.filter(kind=KIND, organisation=office_of(actor)).order_by("name")
    return tuple(read_mapping(row.name, row.value) for row in rows)


def mapping_for(actor: Actor, signature: str) -> FigureMapping | None:
    """The mapping that the office saved last for tables with these heads."""
    row = (
        OfficeSetting.objects.filter(
            kind=KIND, organisation=office_of(actor), value__signature=signature
        )
        .order_by("-id")
        .first()
    )
    return read_mapping(row.name, row.value) if row else None


def mapping_named(actor: Actor, name: str) -> FigureMapping:
    """The mapping of that name. Raises Refused (mapping_unknown, with the names there are), NotAllowed."""
    known = {mapping.name: mapping for mapping in known_mappings(actor)}
    if clean(name) not in known:
        raise Refused(problem("mapping_unknown", name=name, known=", ".join(known) or "–"))
    return known[clean(name)]


def save_mapping(*, actor: Actor, mapping: FigureMapping, at: datetime) -> OfficeSetting:
    """Keep a mapping for the actor's office; one of the same name is replaced.

    Raises NotAllowed; Refused: mapping_name_missing, mapping_without_unit, mapping_without_figures,
    mapping_measure_missing, mapping_scheme_missing (which name the column).
    """
    require(actor, Right.IMPORT_FIGURES)
    refuse_all(_problems(mapping))
    office = office_of(actor)
    with transaction.atomic():
        offices = Organisation.objects.select_for_update()
        organisation = None if office is None else offices.get(pk=office)
        setting, is_new = OfficeSetting.objects.get_or_create(
            kind=KIND,
            organisation=organisation,
            name=clean(mapping.name),
            defaults={"value": mapping.stored()},
        )
        if is_new or setting.value != mapping.stored():
            before = None if is_new else setting.value
            setting.value = mapping.stored()
            setting.version += 0 if is_new else 1
            setting.save()
            subject = Subject("accounts.officesetting", str(setting.pk), setting.name)
            record(actor, "figure_mapping.saved", subject, before, mapping.stored(), at)
    return setting


def _problems(mapping: FigureMapping) -> list[Finding]:
    found = []
    name = clean(mapping.name)
    if not name or len(name) > _LONGEST_NAME:
        found.append(problem("mapping_name_missing", "name", limit=_LONGEST_NAME))
    roles = {column.role for column in mapping.columns}
    if not roles & {Role.UNIT, Role.CODE}:
        found.append(problem("mapping_without_unit"))
    if Role.FIGURE not in roles:
        found.append(problem("mapping_without_figures"))
    for column in mapping.columns:
        if column.role is not Role.FIGURE:
            continue
        if not column.measure:
            found.append(problem("mapping_measure_missing", column.head, head=column.head))
        elif not column.scheme and column.measure not in DENOMINATOR_MEASURES:
            found.append(problem("mapping_scheme_missing", column.head, head=column.head))
        elif column.measure == "pct_coverage" and not column.denominator:
            found.append(problem("mapping_denominator_missing", column.head, head=column.head))
        if is_percent(column.measure) and column.channel:
            found.append(problem("mapping_percent_channel", column.head, head=column.head))
    return found
