"""Named sets of units: made, changed, taken away. Every change raises the version and is recorded."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction

from vandong.accounts.queries.scope import Actor, NotVisible, Right, require
from vandong.administration.audit_trail import record
from vandong.administration.places_units import PlaceRefused
from vandong.kernel.names import clean
from vandong.places.models import Unit, UnitSet, UnitSetMember


def create_unit_set(
    *,
    actor: Actor,
    name: str,
    on: date,
    unit_ids: Collection[int],
    at: datetime,
    note: str = "",
) -> UnitSet:
    """Make a set as it stands on a day.

    Raises NotAllowed; PlaceRefused: unit_set_name_missing, unit_set_empty, unit_set_name_taken.
    """
    require(actor, Right.MANAGE_UNIT_SETS)
    wanted = _checked(name, unit_ids)
    with transaction.atomic():
        unit_set = UnitSet(name=wanted, on=on, note=note.strip())
        _saved(unit_set)
        _put_units(unit_set, unit_ids)
        record(
            actor=actor,
            action="unit_set.created",
            subject=unit_set,
            before=None,
            after=_state(unit_set),
            at=at,
        )
    return unit_set


def change_unit_set(
    *,
    actor: Actor,
    unit_set_id: int,
    version: int,
    name: str,
    on: date,
    unit_ids: Collection[int],
    at: datetime,
    note: str = "",
) -> UnitSet:
    """Rename a set, give it another day or note, replace its units; `version` is the one that was read.

    Raises NotAllowed, NotVisible; PlaceRefused: as `create_unit_set`, and unit_set_changed_meanwhile.
    """
    require(actor, Right.MANAGE_UNIT_SETS)
    wanted = _checked(name, unit_ids)
    with transaction.atomic():
        unit_set = _locked(unit_set_id, version)
        before = _state(unit_set)
        unit_set.name, unit_set.on, unit_set.note = wanted, on, note.strip()
        unit_set.version += 1
        _saved(unit_set)
        _put_units(unit_set, unit_ids)
        record(
            actor=actor,
            action="unit_set.changed",
            subject=unit_set,
            before=before,
            after=_state(unit_set),
            at=at,
        )
    return unit_set


def delete_unit_set(*, actor: Actor, unit_set_id: int, version: int, at: datetime) -> None:
    """Take a set away; its units stay. Raises NotAllowed, NotVisible; PlaceRefused as above."""
    require(actor, Right.MANAGE_UNIT_SETS)
    with transaction.atomic():
        unit_set = _locked(unit_set_id, version)
        record(
            actor=actor,
            action="unit_set.deleted",
            subject=unit_set,
            before=_state(unit_set),
            after=None,
            at=at,
        )
        unit_set.delete()


def _checked(name: str, unit_ids: Collection[int]) -> str:
    wanted = clean(name)
    if not wanted:
        raise PlaceRefused("unit_set_name_missing")
    if not unit_ids:
        raise PlaceRefused("unit_set_empty")
    return wanted


def _locked(unit_set_id: int, version: int) -> UnitSet:
    unit_set = UnitSet.objects.select_for_update().filter(id=unit_set_id).first()
    if unit_set is None:
        raise NotVisible
    if unit_set.version != version:
        raise PlaceRefused("unit_set_changed_meanwhile", name=unit_set.name)
    return unit_set


def _saved(unit_set: UnitSet) -> None:
    try:
        with transaction.atomic():
            unit_set.save()
    except IntegrityError as problem:
        raise PlaceRefused("unit_set_name_taken", name=unit_set.name, on=unit_set.on) from problem


def _put_units(unit_set: UnitSet, unit_ids: Collection[int]) -> None:
    wanted = set(Unit.objects.filter(id__in=unit_ids).values_list("id", flat=True))
    stored = UnitSetMember.objects.filter(unit_set=unit_set)
    stored.exclude(unit_id__in=wanted).delete()
    fresh = wanted - set(stored.values_list("unit_id", flat=True))
    UnitSetMember.objects.bulk_create(
        UnitSetMember(unit_set=unit_set, unit_id=unit_id) for unit_id in sorted(fresh)
    )


def _state(unit_set: UnitSet) -> dict[str, object]:
    units = unit_set.units.order_by("sort_key", "code")
    return {
        "name": unit_set.name,
        "on": unit_set.on,
        "note": unit_set.note,
        "units": [f"{name} ({code})" for name, code in units.values_list("name", "code")],
    }
