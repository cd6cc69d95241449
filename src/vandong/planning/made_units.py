"""Units that an import made: they go with it when it is undone, unless something else uses them by then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from vandong.accounts.queries.scope import Actor
from vandong.administration.audit_trail import record, snapshot
from vandong.documents.models import Batch
from vandong.figures.models import Observation, PrintedFigure
from vandong.places.models import Placement, Unit

MADE = "made_units"
"""Under this name a batch keeps the ids of the units it made."""

_OWN_ROWS = (Observation, PrintedFigure)


@dataclass(frozen=True, slots=True)
class MadeUnits:
    """Names of the units that go with a batch, and of those that stay because others use them."""

    going: tuple[str, ...] = ()
    staying: tuple[str, ...] = ()


def remember_made_units(batch: Batch, unit_ids: list[int]) -> None:
    """Writes down which units the batch made, in the caller's transaction."""
    if unit_ids:
        batch.options = {**batch.options, MADE: unit_ids}
        batch.save(update_fields=["options"])


def made_units(batch: Batch) -> MadeUnits:
    """What would become of them now."""
    going: list[str] = []
    staying: list[str] = []
    for unit in _units(batch):
        (staying if _is_used(unit, batch) else going).append(unit.name)
    return MadeUnits(tuple(going), tuple(staying))


def remove_made_units(*, actor: Actor, batch: Batch, at: datetime) -> None:
    """Removes those that nothing else uses, with the batch's own rows on them.

    The file stays kept, and the audit trail says what went.
    The caller has authorised the undo and holds its transaction.
    """
    for unit in Unit.objects.select_for_update().filter(pk__in=batch.options.get(MADE, [])):
        if _is_used(unit, batch):
            continue
        before = snapshot(unit, "kind", "code", "name", "valid_from", "valid_until")
        record(actor, "unit.removed", unit, before, None, at)
        for rows in _OWN_ROWS:
            rows.objects.filter(batch=batch, unit=unit).delete()
        unit.delete()


def _units(batch: Batch) -> Iterator[Unit]:
    yield from Unit.objects.filter(pk__in=batch.options.get(MADE, [])).order_by("sort_key", "pk")


def _is_used(unit: Unit, batch: Batch) -> bool:
    """Whether anything but its own place in the trees and the batch's rows speaks of the unit."""
    for relation in Unit._meta.related_objects:
        rows = relation.related_model._base_manager.filter(**{relation.field.name: unit})
        if relation.related_model is Placement and relation.field.name == "unit":
            continue
        if relation.related_model in _OWN_ROWS:
            rows = rows.exclude(batch=batch)
        if rows.exists():
            return True
    return False
