"""Units that an office makes itself: clusters, areas of offices, units that a file names and no list knows."""

from datetime import date, datetime

from django.db import transaction

from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.audit_trail import record, snapshot
from vandong.kernel.findings import Finding, Severity
from vandong.kernel.names import clean, fold, sort_key, tone_key
from vandong.places.models import Placement, Tree, Unit, UnitKind
from vandong.places.queries import unit_at

_TREES = {UnitKind.AGENCY_AREA: Tree.AGENCY, UnitKind.POST_AREA: Tree.POST}
_FIELDS = ("kind", "code", "name", "valid_from", "valid_until")


class PlaceRefused(Exception):
    """A change of places that cannot be made. `finding` has code and values for the sentence."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.code = reason
        self.finding = Finding(reason, values, severity=Severity.ERROR)


def create_unit(
    *,
    actor: Actor,
    kind: str,
    name: str,
    parent: Unit | None,
    day: date,
    at: datetime,
    code: str = "",
) -> Unit:
    """Make a unit under `parent`, for as long as the parent itself stands around `day`.

    Without a code it gets one made of the parent's code and a number. Raises NotAllowed; PlaceRefused:
    unit_name_missing, unit_kind_unknown, unit_parent_missing, unit_code_taken (a unit of that day has it).
    """
    require(actor, Right.MANAGE_PLACES)
    wanted = clean(name)
    if not wanted:
        raise PlaceRefused("unit_name_missing")
    if kind not in UnitKind.values:
        raise PlaceRefused("unit_kind_unknown", kind=kind, kinds=", ".join(UnitKind.values))
    if parent is None:
        raise PlaceRefused("unit_parent_missing", name=wanted)
    with transaction.atomic():
        Unit.objects.select_for_update().get(id=parent.id)
        unit = _new_unit(kind, clean(code) or _next_code(parent, kind), wanted, parent, day)
        _place(unit, parent)
        record(
            actor=actor,
            action="unit.created",
            subject=unit,
            before=None,
            after=snapshot(unit, *_FIELDS) | {"parent": parent.name},
            at=at,
        )
    return unit


def _new_unit(kind: str, code: str, name: str, parent: Unit, day: date) -> Unit:
    taken = unit_at(kind, code, day)
    if taken is not None:
        raise PlaceRefused("unit_code_taken", code=code, name=taken.name)
    return Unit.objects.create(
        kind=kind,
        code=code,
        name=name,
        name_key=tone_key(name),
        name_fold=fold(name),
        sort_key=sort_key(name),
        valid_from=parent.valid_from,
        valid_until=parent.valid_until,
    )


def _next_code(parent: Unit, kind: str) -> str:
    taken = set(
        Unit.objects.filter(kind=kind, code__startswith=f"{parent.code}-").values_list(
            "code", flat=True
        )
    )
    number = len(taken) + 1
    while f"{parent.code}-{number:02}" in taken:
        number += 1
    return f"{parent.code}-{number:02}"


def _place(unit: Unit, parent: Unit) -> None:
    """Under the parent in each of its spans; areas of offices hang on the administrative tree when alone."""
    tree = _TREES.get(UnitKind(unit.kind), Tree.ADMINISTRATIVE)
    above = parent.placements.filter(tree=tree) or parent.placements.filter(
        tree=Tree.ADMINISTRATIVE
    )
    Placement.objects.bulk_create(
        Placement(
            tree=tree,
            unit=unit,
            parent=parent,
            path=f"{place.path}{unit.id}/",
            valid_from=place.valid_from,
            valid_until=place.valid_until,
        )
        for place in above
    )
