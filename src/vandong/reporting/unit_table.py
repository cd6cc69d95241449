"""The table of units: one row a unit, with the plan that leads its board."""

from fractions import Fraction

from vandong.papers.content import ORDINAL, Cell, Column, Look, Table
from vandong.planning.progress.explained import Explained
from vandong.planning.progress.shapes import Baseline, ChildrenProgress, UnitProgress
from vandong.reporting.wording import say, scheme_name, whole

COLUMNS = (
    Column(ORDINAL),
    Column("Đơn vị"),
    Column("Đang tham gia", Look.COUNT),
    Column("Kế hoạch", Look.COUNT),
    Column("% kế hoạch", Look.SHARE),
    Column("Còn phải phát triển", Look.COUNT),
    Column("So với tháng trước", Look.CHANGE),
    Column("So với 31/12", Look.CHANGE),
    Column("Cần tăng/ tháng", Look.COUNT),
    Column("Bình quân tăng/ tháng", Look.CHANGE),
)


def unit_table(progress: ChildrenProgress) -> Table:
    """Units in their Vietnamese order; the parent's own figures, never the sum, stand last."""
    rows = tuple(
        (str(number), *_cells(child)) for number, child in enumerate(progress.children, start=1)
    )
    parent = progress.parent
    title = say(
        "report_table_title",
        scheme=scheme_name(parent.scheme),
        unit=parent.unit.name,
        on=parent.on,
    )
    return Table(title, COLUMNS, rows, total=("", *_cells(parent)))


def _cells(progress: UnitProgress) -> tuple[Cell, ...]:
    plan = progress.plan
    month = progress.growth_since(Baseline.PREVIOUS_MONTH)
    december = progress.growth_since(Baseline.PREVIOUS_DECEMBER)
    return (
        progress.unit.name,
        say("small_cell") if progress.is_hidden else _whole(progress.stock),
        _whole(plan.value) if plan else None,
        _share(plan.share) if plan else None,
        _whole(plan.remaining) if plan else None,
        _whole(month.change) if month else None,
        _whole(december.change) if december else None,
        _whole(plan.pace_needed) if plan else None,
        _whole(plan.pace_achieved) if plan else None,
    )


def _whole(figure: Explained | None) -> int | None:
    return None if figure is None else whole(figure)


def _share(figure: Explained | None) -> Fraction | None:
    return None if figure is None else figure.value
