"""A few areas of grass-roots agencies over the made-up province: groups of communes that follow in code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vandong.accounts.queries.scope import Actor
from vandong.administration.places_units import create_unit, put_in_area
from vandong.places.models import Unit, UnitKind

COMMUNES_AN_AREA = 14
MARK = "(mẫu)"


@dataclass(frozen=True, slots=True)
class DemoArea:
    """An area, and which of the province's communes, in the order given, lie in it."""

    unit_id: int
    members: slice


def make_areas(
    *, actor: Actor, province: Unit, communes: Sequence[Unit], day: date, at: datetime
) -> tuple[DemoArea, ...]:
    """Makes the areas, each named after its first commune, and puts their communes under them."""
    areas = []
    for start in range(0, len(communes), COMMUNES_AN_AREA):
        members = slice(start, min(start + COMMUNES_AN_AREA, len(communes)))
        seat = communes[start].name.split(" ", 1)[1]
        area = create_unit(
            actor=actor,
            kind=UnitKind.AGENCY_AREA,
            name=f"BHXH cơ sở {seat} {MARK}",
            parent=province,
            day=day,
            at=at,
        )
        put_in_area(actor=actor, area=area, units=communes[members], at=at)
        areas.append(DemoArea(area.pk, members))
    return tuple(areas)
