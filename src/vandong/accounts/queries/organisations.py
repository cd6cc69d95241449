"""Organisations and their members as pages and verbs find them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from vandong.accounts.models import Member, Organisation, OrganisationArea
from vandong.accounts.queries.scope import (
    Actor,
    NotAllowed,
    NotVisible,
    Right,
    is_everywhere,
    require,
    visible_organisations,
)
from vandong.kernel.names import fold
from vandong.places.queries.spans import is_valid_on, valid_on


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation in the tree: how deep it stands, what it covers, whether it is at work on the day."""

    organisation: Organisation
    depth: int
    area_names: tuple[str, ...]
    member_count: int
    is_open: bool


def organisations_to_manage(actor: Actor) -> QuerySet[Organisation]:
    """Raises NotAllowed without the right MANAGE_ORGANISATIONS."""
    require(actor, Right.MANAGE_ORGANISATIONS)
    return visible_organisations(actor, right=Right.MANAGE_ORGANISATIONS)


def organisation_to_manage(
    actor: Actor, organisation_id: int, *, lock: bool = False
) -> Organisation:
    """One of `organisations_to_manage`, locked when asked. Raises NotAllowed, NotVisible."""
    found = organisations_to_manage(actor)
    if lock:
        found = found.select_for_update(of=("self",))
    organisation = found.filter(pk=organisation_id).first()
    if organisation is None:
        raise NotVisible
    return organisation


def organisation_lines(
    actor: Actor, day: date, *, text: str = "", kind: str = "", closed: bool = False
) -> tuple[OrganisationLine, ...]:
    """The tree in reading order: a parent before its branches, sisters by name. Two queries.

    With a filter the branches stand flat. `closed`: those closed before the day too.
    """
    found = organisations_to_manage(actor).annotate(
        member_count=Count("members", filter=valid_on(day, "members__"), distinct=True)
    )
    if not closed:
        found = found.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day))
    if text:
        found = found.filter(Q(name_fold__contains=fold(text)) | Q(code__iexact=text.strip()))
    if kind:
        found = found.filter(kind=kind)
    areas = OrganisationArea.objects.select_related("unit").order_by("unit__sort_key")
    rows = list(
        found.select_related("parent", "successor")
        .prefetch_related(Prefetch("organisationarea_set", areas))
        .order_by("name_fold", "pk")
    )
    ordered = [(row, 0) for row in rows] if text or kind else _in_tree_order(rows)
    return tuple(_line(row, depth, day) for row, depth in ordered)


def areas_of(organisation: Organisation) -> QuerySet[OrganisationArea]:
    """The units an organisation covers, by name."""
    areas = OrganisationArea.objects.filter(organisation=organisation).select_related("unit")
    return areas.order_by("unit__sort_key")


def open_organisations(actor: Actor, right: Right, day: date) -> QuerySet[Organisation]:
    """For pick lists: the actor's organisations at work on the day, by name. Raises NotAllowed."""
    require(actor, right)
    found = visible_organisations(actor, right=right).filter(valid_on(day))
    return found.order_by("name_fold", "pk")


def members_to_see(actor: Actor, organisation: Organisation | None = None) -> QuerySet[Member]:
    """The members of the actor's organisations, by organisation and name. Raises NotAllowed."""
    require(actor, Right.SEE_MEMBERS)
    found = Member.objects.filter(
        organisation__in=visible_organisations(actor, right=Right.SEE_MEMBERS)
    )
    if organisation is not None:
        found = found.filter(organisation=organisation)
    return found.select_related("organisation", "user").order_by(
        "organisation__name_fold", "organisation_id", "name_fold", "pk"
    )


def member_to_manage(actor: Actor, member_id: int, *, lock: bool = False) -> Member:
    """A member of an organisation the actor manages, locked when asked. Raises NotAllowed, NotVisible."""
    members = Member.objects.filter(organisation__in=organisations_to_manage(actor))
    if lock:
        members = members.select_for_update(of=("self",))
    member = members.select_related("organisation", "user").filter(pk=member_id).first()
    if member is None:
        raise NotVisible
    return member


def own_office(actor: Actor) -> Organisation | None:
    """Where the actor works: as a member, else by the grant that names an organisation. Settings of an office
    and what it keeps go by it."""
    if actor.user_id is None:
        return None
    member = Member.objects.filter(user_id=actor.user_id).select_related("organisation").first()
    if member is not None:
        return member.organisation
    ids = [grant.organisation_id for grant in actor.grants if grant.organisation_id is not None]
    return Organisation.objects.filter(pk__in=ids).order_by("pk").first()


def office_to_keep_for(actor: Actor, right: Right) -> Organisation | None:
    """Whose settings the actor changes: the own office's, or (None) the installation's for who holds the right
    everywhere. Raises NotAllowed: no_right, no_office."""
    require(actor, right)
    office = own_office(actor)
    if office is None and not is_everywhere(actor, right):
        raise NotAllowed("no_office", {})
    return office


def _in_tree_order(rows: Sequence[Organisation]) -> list[tuple[Organisation, int]]:
    """Depth first; what has no parent among the rows stands at the root."""
    known = {row.pk for row in rows}
    below: dict[int | None, list[Organisation]] = {}
    for row in rows:
        parent = row.parent_id if row.parent_id in known else None
        below.setdefault(parent, []).append(row)
    ordered: list[tuple[Organisation, int]] = []
    waiting = [(row, 0) for row in reversed(below.get(None, []))]
    while waiting:
        row, depth = waiting.pop()
        ordered.append((row, depth))
        waiting.extend((child, depth + 1) for child in reversed(below.get(row.pk, [])))
    return ordered


def _line(row: Organisation, depth: int, day: date) -> OrganisationLine:
    return OrganisationLine(
        organisation=row,
        depth=depth,
        area_names=tuple(area.unit.name for area in row.organisationarea_set.all()),
        member_count=getattr(row, "member_count", 0),
        is_open=is_valid_on(row.valid_from, row.valid_until, day),
    )
