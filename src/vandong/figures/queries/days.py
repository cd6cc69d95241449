"""On which days figures stand."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, Max, OuterRef, QuerySet

from vandong.figures.models import Measure, Observation, SourceKind
from vandong.places.models import Unit


def last_stock_day(unit_ids: Collection[int], scheme: str) -> date | None:
    """The last day for which any of these units has a live stock in the scheme."""
    rows = Observation.objects.filter(
        unit_id__in=unit_ids, scheme=scheme, measure=Measure.STOCK, live=True
    )
    last: date | None = rows.aggregate(last=Max("as_of"))["last"]
    return last


def is_registered(unit: Unit, scheme: str, on: date) -> bool:
    """Whether the register's own stock of the unit stands on a day of that month up to `on`."""
    rows = Observation.objects.filter(
        unit=unit,
        scheme=scheme,
        measure=Measure.STOCK,
        channel="",
        source_kind=SourceKind.REGISTER,
        organisation__isnull=True,
        as_of__range=(on.replace(day=1), on),
        live=True,
    )
    return rows.exists()


def with_stock(units: QuerySet[Unit], scheme: str) -> QuerySet[Unit]:
    """Those of the units that have any live stock in the scheme."""
    rows = Observation.objects.filter(
        unit_id=OuterRef("pk"), scheme=scheme, measure=Measure.STOCK, live=True
    )
    return units.filter(Exists(rows))
