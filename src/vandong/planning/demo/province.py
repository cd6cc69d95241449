"""Loads the made-up province: Hà Nội's 126 communes, three years of days, the plans of two owners."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.audit_trail import record
from vandong.documents.models import Batch, BatchState, Document
from vandong.figures.models import (
    Commitment,
    Measure,
    Observation,
    Plan,
    PlanKind,
    Scheme,
    SourceKind,
    Target,
)
from vandong.kernel.periods import is_month_end
from vandong.places.models import Tree, Unit, UnitKind
from vandong.places.queries.units import children, unit_at
from vandong.planning.demo.areas import DemoArea, make_areas
from vandong.planning.demo.made_up import Counts, MadeUpFigures, made_up_figures

FIRST_ON, LAST_ON, SEED = date(2023, 10, 31), date(2026, 10, 31), 2026
NEW_UNITS_FROM = date(2025, 7, 1)
PROVINCE_CODE = "01"
BATCH_KIND = "made_up_province"
SOURCE = "Dữ liệu mẫu, bộ sinh số có hạt giống 2026"
DOCUMENT = "Dữ liệu mẫu 01/KH"
COLUMNS = (
    "unit_id",
    "scheme",
    "measure",
    "channel",
    "as_of",
    "period_from",
    "value",
    "exactness",
    "source_kind",
    "source_text",
    "restated",
    "batch_id",
    "live",
)
Row = tuple[object, ...]
DECEMBER, PLAN_YEAR = 12, 2026
MARGIN = (106, 100)


@dataclass(frozen=True, slots=True)
class LoadedProvince:
    """What the load brought in; nothing when the province stood already."""

    observation_count: int
    target_count: int


def load_made_up_province(*, actor: Actor, at: datetime) -> LoadedProvince:
    """Bring the made-up figures in as one batch. Running again changes nothing.

    Raises NotAllowed; LookupError when the official units are not loaded.
    """
    require(actor, Right.IMPORT_FIGURES)
    with transaction.atomic():
        if Batch.objects.filter(kind=BATCH_KIND, state=BatchState.COMMITTED).exists():
            return LoadedProvince(0, 0)
        province, communes = _units()
        figures = made_up_figures(len(communes), first_on=FIRST_ON, last_on=LAST_ON, seed=SEED)
        batch = Batch.objects.create(
            kind=BATCH_KIND, source_text=SOURCE, created_at=at, state=BatchState.COMMITTED
        )
        ids = [unit.pk for unit in communes]
        areas = make_areas(actor=actor, province=province, communes=communes, day=LAST_ON, at=at)
        copied = _copy(_rows(figures, ids, _RowMaker(province.pk, batch.pk, areas)))
        targets = _give_plans(figures, ids, _Whole(province.pk, areas), batch)
        batch.row_count = batch.accepted_count = copied
        batch.save(update_fields=["row_count", "accepted_count"])
        record(
            actor=actor,
            action="made_up_province.loaded",
            subject=batch,
            before=None,
            after={"observations": copied, "targets": targets},
            at=at,
        )
    _analyse()
    return LoadedProvince(copied, targets)


def _units() -> tuple[Unit, list[Unit]]:
    province = unit_at(UnitKind.PROVINCE, PROVINCE_CODE, LAST_ON)
    if province is None:
        raise LookupError("official units are not loaded")
    communes = children(province, Tree.ADMINISTRATIVE, LAST_ON).filter(kind=UnitKind.COMMUNE)
    return province, list(communes.order_by("code"))


def _copy(rows: Iterable[Row]) -> int:
    """COPY: the rows of three years in a few seconds."""
    table = Observation._meta.db_table
    count = 0
    with connection.cursor() as cursor:
        statement = f"COPY {table} ({', '.join(COLUMNS)}) FROM STDIN"
        with cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
    return count


def _analyse() -> None:
    """So many new rows change the planner's picture at once, not at the next autovacuum."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {Observation._meta.db_table}")


@dataclass(frozen=True, slots=True)
class _RowMaker:
    """Rows of one batch. Communes of today did not stand before July 2025: what is older is restated."""

    province: int
    batch: UUID
    areas: tuple[DemoArea, ...]

    def row(
        self,
        unit: int,
        what: tuple[str, str, str],
        on: date,
        value: int,
        since: date | None = None,
    ) -> Row:
        """One observation; `what` is scheme, measure and channel."""
        scheme, measure, channel = map(str, what)
        restated = on < NEW_UNITS_FROM and unit != self.province
        head = (unit, scheme, measure, channel, on, since, value)
        return (*head, "exact", str(SourceKind.MADE_UP), SOURCE, restated, self.batch, True)

    def with_province(self, counts: Counts, ids: list[int]) -> Iterator[tuple[int, Any]]:
        """Each commune's series; those of the areas and of the province, which here are sums."""
        yield from zip(ids, counts.tolist(), strict=True)
        for area in self.areas:
            yield area.unit_id, counts[area.members].sum(axis=0).tolist()
        yield self.province, counts.sum(axis=0).tolist()


def _rows(figures: MadeUpFigures, ids: list[int], maker: _RowMaker) -> Iterator[Row]:
    for scheme, stock in (
        (Scheme.BHXH_TN, figures.stock),
        (Scheme.BHYT_HGD, figures.household_stock),
    ):
        what = (scheme, Measure.STOCK, "")
        for unit, series in maker.with_province(stock, ids):
            for on, value in zip(figures.days, series, strict=True):
                yield maker.row(unit, what, on, value)
    yield from _flow_rows(figures, ids, maker)
    yield from _denominator_rows(figures, ids, maker)


def _flow_rows(figures: MadeUpFigures, ids: list[int], maker: _RowMaker) -> Iterator[Row]:
    flows = figures.flows
    counted: list[tuple[Measure, str, Counts]] = [
        (Measure.FIRST_TIME, "", flows.first_time),
        (Measure.RETURNING, "", flows.returning),
        (Measure.GROSS_NEW, "", flows.gross_new),
        (Measure.LAPSED, "", flows.lapsed),
        (Measure.RENEWED, "", flows.renewed),
        *((Measure.GROSS_NEW, channel, counts) for channel, counts in flows.by_channel.items()),
    ]
    for measure, channel, counts in counted:
        what = (Scheme.BHXH_TN, measure, channel)
        for unit, series in maker.with_province(counts, ids):
            for month, value in zip(figures.months, series, strict=True):
                yield maker.row(unit, what, month.last_day, value, month.first_day)


def _denominator_rows(figures: MadeUpFigures, ids: list[int], maker: _RowMaker) -> Iterator[Row]:
    year_ends = [day for day in figures.days if day.month == DECEMBER and is_month_end(day)]
    for measure, counts in (
        (Measure.POPULATION, figures.population),
        (Measure.LABOUR_FORCE, figures.labour_force),
        (Measure.HOUSEHOLDS, figures.households),
    ):
        known = list(maker.with_province(counts, ids))
        for on in year_ends:
            for unit, value in known:
                yield maker.row(unit, ("", measure, ""), on, value)


@dataclass(frozen=True, slots=True)
class _Whole:
    """The province and the areas, whose targets are sums of the communes'."""

    province: int
    areas: tuple[DemoArea, ...]


def _give_plans(figures: MadeUpFigures, ids: list[int], whole: _Whole, batch: Batch) -> int:
    """The agency assigns; the committee strives six in a hundred higher, in round tens."""
    document, _ = Document.objects.get_or_create(number=DOCUMENT, issuer_name="Dữ liệu mẫu")
    assigned = figures.plans.tolist()
    striven = [-(-value * MARGIN[0] // (MARGIN[1] * 10)) * 10 for value in assigned]
    count = 0
    for owner, commitment, values in (
        ("BHXH Thành phố", Commitment.ASSIGNED, assigned),
        ("UBND Thành phố", Commitment.STRIVING, striven),
    ):
        plan = Plan.objects.create(
            owner_name=owner,
            document=document,
            scheme=Scheme.BHXH_TN,
            kind=PlanKind.STOCK,
            period_from=date(PLAN_YEAR, 1, 1),
            deadline=date(PLAN_YEAR, 12, 31),
            commitment=commitment,
        )
        count += _give_targets(plan, ids, values, whole, batch)
    return count


def _give_targets(
    plan: Plan, ids: list[int], values: list[int], whole: _Whole, batch: Batch
) -> int:
    shared = {
        "plan": plan,
        "source_kind": SourceKind.MADE_UP,
        "source_text": SOURCE,
        "batch": batch,
    }
    top = Target.objects.create(unit_id=whole.province, value=sum(values), **shared)
    parts = [
        Target(unit_id=unit, value=value, parent=top, **shared)
        for unit, value in zip(ids, values, strict=True)
    ]
    parts += [
        Target(unit_id=area.unit_id, value=sum(values[area.members]), **shared)
        for area in whole.areas
    ]
    return 1 + len(Target.objects.bulk_create(parts))
