"""Charts as Vega-Lite specifications, drawn on the server: the same in page, pdf and docx."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert

from vandong.kernel.numbers import format_count
from vandong.papers.content import Trend, TrendPoint

FONTS = Path(__file__).parent / "fonts"
VEGA_LITE = "v6.4"
INK, MUTED, LINE, BLUE = "#16202e", "#5a6675", "#d9dee5", "#0b5cad"
NUMBERS = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " đ"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", " đ"]},
}
MOST_DOTS = 40
NAME_WIDTH, AXIS_WIDTH = 72, 60
NEAR = 0.12
"""Of the height drawn: closer to the plan than this, a label beside the dot would cross its line."""


def trend_svg(trend: Trend, *, width: int = 620, height: int = 260) -> str:
    """The trend as SVG text. Raises ValueError without a point."""
    svg: str = _converter().vegalite_to_svg(
        trend_spec(trend, width=width, height=height),
        vl_version=VEGA_LITE,
        format_locale=NUMBERS[trend.lang],
    )
    return svg


def trend_png(trend: Trend, *, width: int = 620, height: int = 260) -> bytes:
    """The trend as PNG for a Word file, at three times the size for print."""
    return svg_png(trend_svg(trend, width=width, height=height), scale=3.0)


def svg_png(svg: str, *, scale: float) -> bytes:
    """SVG text as PNG, with the fonts of `fonts/`."""
    png: bytes = _converter().svg_to_png(svg, scale=scale)
    return png


@cache
def _converter() -> Any:
    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def trend_spec(trend: Trend, *, width: int, height: int) -> dict[str, Any]:
    """The Vega-Lite specification: the stock as a line, its last value named, the plan dashed in ink."""
    if not trend.points:
        raise ValueError("a trend needs a point")
    layers = [_stock_layer(trend), _last_layer(trend, width)]
    if trend.plan_from and trend.plan_until:
        layers += _plan_layers(trend.plan_from, trend.plan_until, trend.plan_label)
    return {
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "background": "white",
        "config": _config(),
        "layer": layers,
        "encoding": {
            "x": {"field": "on", "type": "temporal", "axis": _time_axis(trend)},
            "y": {
                "field": "value",
                "type": "quantitative",
                "scale": {"zero": False, "nice": True},
                "axis": {"format": ",d", "title": None, "tickCount": 5},
            },
        },
    }


def _stock_layer(trend: Trend) -> dict[str, Any]:
    mark: dict[str, Any] = {"type": "line", "color": BLUE, "strokeWidth": 2.5}
    if len(trend.points) <= MOST_DOTS:
        mark["point"] = {"color": BLUE, "filled": True, "size": 40}
    return {"data": {"values": [_row(point) for point in trend.points]}, "mark": mark}


def _last_layer(trend: Trend, width: int) -> dict[str, Any]:
    """The last stock named beside its dot, the dot and its name as two marks."""
    point = trend.points[-1]
    place = _name_place(trend, width)
    label = f"{point.value:,}" if trend.lang == "en" else format_count(point.value)
    return {
        "data": {"values": [_row(point) | {"label": label}]},
        "layer": [
            {"mark": {"type": "point", "filled": True, "size": 90, "color": BLUE, "opacity": 1}},
            {
                "mark": {
                    "type": "text",
                    **place,
                    "color": BLUE,
                    "fontWeight": 700,
                    "fontSize": 13,
                },
                "encoding": {"text": {"field": "label"}},
            },
        ],
    }


def _name_place(trend: Trend, width: int) -> dict[str, Any]:
    """Where the last stock's name stands: right of its dot while the plan still runs, else above.

    Where the plan's line passes close by, or the edge is near, it stands under the line, not across.
    """
    end, last = trend.plan_until, trend.points[-1]
    if end is None or end.on <= last.on:
        return {"align": "right", "dy": -14}
    whole = (end.on - min(point.on for point in trend.points)).days
    room = (end.on - last.on).days / whole * (width - AXIS_WIDTH)
    if room < NAME_WIDTH:
        return {"align": "right", "dx": room, "dy": 22}
    return {"align": "left", "dx": 9, "dy": 22 if _is_near_plan(trend) else 4}


def _is_near_plan(trend: Trend) -> bool:
    start, end, last = trend.plan_from, trend.plan_until, trend.points[-1]
    if start is None or end is None or end.on <= start.on:
        return False
    passed = (last.on - start.on) / (end.on - start.on)
    planned = start.value + (end.value - start.value) * passed
    drawn = [start.value, end.value, *(point.value for point in trend.points)]
    return abs(last.value - planned) < NEAR * (max(drawn) - min(drawn))


def _plan_layers(start: TrendPoint, end: TrendPoint, label: str) -> list[dict[str, Any]]:
    line = {
        "data": {"values": [_row(start), _row(end)]},
        "mark": {"type": "line", "color": INK, "strokeDash": [5, 4], "strokeWidth": 1.5},
    }
    text = {
        "data": {"values": [_row(end) | {"label": label}]},
        "mark": {
            "type": "text",
            "dy": -10,
            "align": "right",
            "color": INK,
            "fontWeight": 600,
            "fontSize": 13,
        },
        "encoding": {"text": {"field": "label"}},
    }
    return [line, text]


def _row(point: TrendPoint) -> dict[str, Any]:
    return {"on": point.on.isoformat(), "value": point.value}


def _time_axis(trend: Trend) -> dict[str, Any]:
    days: list[date] = [point.on for point in trend.points]
    if trend.plan_until:
        days.append(trend.plan_until.on)
    is_long = (max(days) - min(days)).days > 550
    return {
        "format": "%m/%Y" if is_long else "%d/%m",
        "title": None,
        "grid": False,
        "labelAngle": 0,
        "tickCount": 6,
    }


def _config() -> dict[str, Any]:
    return {
        "font": "Be Vietnam Pro",
        "view": {"stroke": None},
        "axis": {
            "labelColor": MUTED,
            "labelFontSize": 12,
            "gridColor": LINE,
            "domainColor": LINE,
            "tickColor": LINE,
        },
    }
