"""Pages of the board."""

from datetime import date
from functools import lru_cache

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from vandong.accounts.queries.scope import Actor, Right
from vandong.figures.models import Scheme
from vandong.measures.pace import Light
from vandong.papers.charts import trend_svg
from vandong.papers.content import Trend
from vandong.planning.progress.reading import trend
from vandong.reporting.charts import trend_chart, trend_sentence
from vandong.web.access import DoorRequest
from vandong.web.board.explanation import explanation_lines
from vandong.web.board.page import BoardPage, board_figure, board_page
from vandong.web.board.query import BoardQuery, Sort, read_query
from vandong.web.board.share import share_text

PHONE_WIDTH = 310


@require_safe
def board(request: DoorRequest) -> HttpResponse:
    """How a unit stands; for htmx only the table of units."""
    query = read_query(request.GET)
    page = board_page(request.actor, query)
    if page is None:
        return render(request, "web/board/empty.html", {"query": query, "schemes": Scheme})
    template = "web/board/board.html"
    if request.htmx and request.htmx.target == "units":
        template += "#units"
    return render(request, template, _context(page, request.actor))


def _context(page: BoardPage, actor: Actor) -> dict[str, object]:
    return {
        "page": page,
        "progress": page.progress,
        "plan": page.progress.plan,
        "query": page.query,
        "address": page.query.address(),
        "schemes": Scheme,
        "sorts": sort_links(page.query),
        "lights": Light,
        "share_text": share_text(page),
        "can_report": actor.can(Right.MAKE_REPORTS),
    }


def sort_links(query: BoardQuery) -> dict[str, str]:
    """For each order its address; asking again for the order in force turns it round."""
    return {
        sort.name: query.address(
            sort=sort, is_reversed=sort is query.sort and not query.is_reversed
        )
        for sort in Sort
    }


@require_safe
def explanation(request: DoorRequest) -> HttpResponse:
    """How one figure came about: a fragment in a dialog for htmx, a page of its own without."""
    key = request.GET.get("so", "")
    progress, query, figure = board_figure(request.actor, read_query(request.GET), key)
    context = {
        "progress": progress,
        "query": query,
        "address": query.address(),
        "figure": figure,
        "lines": explanation_lines(figure, request.actor.language),
        "key": key,
    }
    template = "web/board/explanation.html"
    if request.htmx:
        template += "#explanation"
    return render(request, template, context)


@require_safe
def trend_chart_fragment(request: DoorRequest) -> HttpResponse:
    """The trend of a unit as SVG with its words."""
    page = board_page(request.actor, read_query(request.GET))
    chart = None
    if page is not None:
        start = date(page.on.year - 1, 12, 31)
        series = trend(request.actor, page.unit, page.query.scheme, start, page.on)
        chart = trend_chart(series, lang=request.actor.language)
    context: dict[str, object] = {"chart": chart, "page": page}
    if chart:
        words = trend_sentence(chart, gettext(chart.label))
        context |= {
            "svg": mark_safe(_drawn(chart)),  # noqa: S308
            "narrow": mark_safe(_drawn(chart, PHONE_WIDTH)),  # noqa: S308
            "words": words,
        }
    return render(request, "web/board/trend.html", context)


@lru_cache(maxsize=512)
def _drawn(chart: Trend, width: int = 620) -> str:
    """The chart's SVG: our own drawing, whose texts Vega has escaped."""
    return trend_svg(chart, width=width)
