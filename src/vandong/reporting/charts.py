"""The trend of a unit as a chart: its stock, and the plan that leads its board."""

from vandong.kernel.numbers import rounded
from vandong.papers.content import Trend, TrendPoint
from vandong.phrases import sentence
from vandong.planning.progress import shapes
from vandong.reporting.wording import scheme_name


def trend_chart(trend: shapes.Trend, *, lang: str = "vi") -> Trend | None:
    """What to draw, with its words in `lang`; None when fewer than two stocks are known."""
    if len(trend.points) < 2:
        return None
    points = tuple(TrendPoint(point.on, rounded(point.stock.value)) for point in trend.points)
    line = trend.plan_lines[0] if trend.plan_lines else None
    drawn = line is not None and line.base is not None
    return Trend(
        points=points,
        label=scheme_name(trend.scheme),
        plan_label=sentence("trend_plan", {"value": rounded(line.value)}, lang)
        if line and drawn
        else "",
        plan_from=TrendPoint(line.base_on, rounded(line.base))
        if line and line.base is not None
        else None,
        plan_until=TrendPoint(line.deadline, rounded(line.value)) if line and drawn else None,
        lang=lang,
    )


def trend_sentence(chart: Trend, scheme: str) -> str:
    """The chart in one sentence, for those who cannot see it; `scheme` named in the chart's language."""
    first, last = chart.points[0], chart.points[-1]
    values = {
        "scheme": scheme,
        "first": first.value,
        "first_on": first.on,
        "last": last.value,
        "last_on": last.on,
    }
    said = sentence("trend_words", values, chart.lang)
    return f"{said}; {chart.plan_label}" if chart.plan_label else said
