"""The trend of a unit as a chart: its stock, and the plan that leads its board."""

from vandong.kernel.numbers import format_count, rounded
from vandong.papers.content import Trend, TrendPoint
from vandong.planning.progress import shapes
from vandong.reporting.wording import scheme_name


def trend_chart(trend: shapes.Trend, *, plan_word: str = "Kế hoạch") -> Trend | None:
    """What to draw; None when fewer than two stocks are known."""
    if len(trend.points) < 2:
        return None
    points = tuple(TrendPoint(point.on, rounded(point.stock.value)) for point in trend.points)
    line = trend.plan_lines[0] if trend.plan_lines else None
    drawn = line is not None and line.base is not None
    return Trend(
        points=points,
        label=scheme_name(trend.scheme),
        plan_label=f"{plan_word} {format_count(rounded(line.value))}" if line and drawn else "",
        plan_from=TrendPoint(line.base_on, rounded(line.base))
        if line and line.base is not None
        else None,
        plan_until=TrendPoint(line.deadline, rounded(line.value)) if line and drawn else None,
    )
