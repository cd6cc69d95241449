"""Units that an office makes itself: clusters, areas of offices, units that a file names and no list knows."""

from collections.abc import Sequence
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


def put_in_area(*, actor: Actor, area: Unit, units: Sequence[Unit], at: datetime) -> None:
    """Put units into the area of an office, beside their place in the administrative tree.

    Raises NotAllowed; PlaceRefused: unit_kind_unknown when `area` is no area of an office.
    """
    require(actor, Right.MANAGE_PLACES)
    tree = _TREES.get(UnitKind(area.kind))
    if tree is None:
        raise PlaceRefused("unit_kind_unknown", kind=area.kind, kinds=", ".join(_TREES))
    with transaction.atomic():
        for place in area.placements.filter(tree=tree):
            Placement.objects.bulk_create(
                Placement(
                    tree=tree,
                    unit=unit,
                    parent=area,
                    path=f"{place.path}{unit.id}/",
                    valid_from=max(filter(None, (place.valid_from, unit.valid_from)), default=None),
                    valid_until=min(
                        filter(None, (place.valid_until, unit.valid_until)), default=None
                    ),
                )
                for unit in units
            )
        names = [unit.name for unit in units]
        record(actor, "unit.area_filled", area, None, {"units": names}, at)


def _place(unit: Unit, parent: Unit) -> None:
    """Under the parent in each of its spans; where the tree does not know the parent, it starts from there.

    So who is in charge of the parent is in charge of the areas of offices in it too.
    """
    tree = _TREES.get(UnitKind(unit.kind), Tree.ADMINISTRATIVE)
    above = list(parent.placements.filter(tree=tree))
    if not above and tree is not Tree.ADMINISTRATIVE:
        above = [_root(tree, parent)]
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


def _root(tree: Tree, unit: Unit) -> Placement:
    return Placement.objects.create(
        tree=tree,
        unit=unit,
        parent=None,
        path=f"/{unit.id}/",
        valid_from=unit.valid_from,
        valid_until=unit.valid_until,
    )
