"""Figures that open their explanation, and the long table of the board, made without a template a cell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vandong.accounts.models import Channel
from vandong.figures.models import Measure
from vandong.kernel.numbers import rounded
from vandong.measures.pace import Light
from vandong.measures.printed import Verdict
from vandong.phrases import sentence
from vandong.phrases.forms import FORMS
from vandong.planning.progress.explained import Explained
from vandong.planning.progress.shapes import (
    Baseline,
    Flow,
    Growth,
    PlanProgress,
    PrintedCheck,
    UnitProgress,
)
from vandong.reporting.wording import word_of
from vandong.ui.templatetags.vandong import NOTHING, percent, reader_language, signed
from vandong.web.board.explanation import figure_text
from vandong.web.board.page import BoardPage
from vandong.web.board.query import BoardQuery, Sort
from vandong.web.board.rows import UnitRow
from vandong.web.board.tiles import Tile

register = template.Library()

BAR_WIDTH = 110
PRINTED_KINDS = {"pct_of_plan", "pct_coverage", "pct_growth", "pct_over_goal", "pct_share"}
DENOMINATORS = {Measure.POPULATION, Measure.LABOUR_FORCE, Measure.WORKING_AGE, Measure.HOUSEHOLDS}


@dataclass(frozen=True, slots=True)
class FlowPart:
    """One channel of a flow, with its fraction of the whole."""

    flow: Flow
    key: str
    channel: str
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A flow of all channels, with the channels stated beside it."""

    flow: Flow
    key: str
    parts: tuple[FlowPart, ...]


Writer = Callable[[Explained, str], str]


@register.simple_tag
def figure(
    shown: Explained | None, key: str, query: BoardQuery, *, signed: bool = False
) -> SafeString | str:
    """A figure with its word (hơn, gần, khoảng) as a link to its explanation."""
    if shown is None:
        return NOTHING
    url = f"{reverse('board:explanation')}?{query.address(text='', light=None)}&so={key}"
    return _link(url, _text(shown, is_change=signed))


@register.simple_tag
def plan_figure(
    plan: PlanProgress, name: str, query: BoardQuery, *, signed: bool = False
) -> SafeString | str:
    """One figure of a plan by the name of its field."""
    return figure(getattr(plan, name), f"plan-{plan.target_id}-{name}", query, signed=signed)


def _link(url: str, text: str) -> SafeString:
    return format_html('<a class="explain" href="{}">{}</a>', url, text)


def _text(shown: Explained, *, is_change: bool = False) -> str:
    lang = reader_language()
    word = FORMS["exact"](word_of(shown), lang)
    if is_change:
        return word + signed(shown.value)
    if shown.measured_in == "people":
        return word + FORMS["count"](rounded(shown.value), lang)
    return word + figure_text(shown, lang)


@register.filter
def growth_key(baseline: Baseline) -> str:
    """The key of a change against a baseline."""
    return f"growth-{baseline}-change"


@register.filter
def coverage_key(denominator: str) -> str:
    """The key of a coverage rate."""
    return f"coverage-{denominator}-rate"


@register.filter
def coverage_size_key(denominator: str) -> str:
    """The key of a denominator."""
    return f"coverage-{denominator}-size"


@register.filter
def baseline_words(growth: Growth) -> str:
    """04/2023, or the day of the same period."""
    if growth.baseline is Baseline.SAME_PERIOD:
        return _("cùng kỳ %(on)s") % {"on": f"{growth.on:%d/%m/%Y}"}
    return f"{growth.on:%m/%Y}"


@register.filter
def denominator_words(code: str) -> str:
    """Dân số, lực lượng lao động …"""
    return sentence(f"input_{code}", {}, reader_language())


@register.filter
def kind_words(code: str) -> str:
    """What a plan counts."""
    return sentence(f"kind_{code}", {}, reader_language())


@register.filter
def missing_words(code: str) -> str:
    """What is missing to say more."""
    return sentence(f"missing_{code}", {}, reader_language())


@register.filter
def measure_words(code: str) -> str:
    """Tăng mới, đóng tiếp …"""
    return sentence(f"input_{code}", {}, reader_language())


@register.filter
def verdict_words(verdict: Verdict) -> str:
    """Whether a printed percentage holds."""
    return sentence(f"verdict_{verdict}", {}, reader_language())


@register.filter
def printed_words(check: PrintedCheck) -> str:
    """What a printed percentage is of: its kind, and the owner, denominator or baseline it names."""
    lang = reader_language()
    kind = "pct_growth" if check.kind.startswith("pct_growth") else check.kind
    name = sentence(f"printed_{kind}", {}, lang) if kind in PRINTED_KINDS else check.kind
    about = check.about
    if about in DENOMINATORS:
        about = sentence(f"input_{about}", {}, lang)
    elif about in set(Baseline):
        about = sentence(f"baseline_{about}", {}, lang)
    return f"{name} ({about})" if about else name


@register.simple_tag
def flow_lines(progress: UnitProgress) -> list[FlowLine]:
    """The flows of all channels together, each with its channels."""
    numbered = [(flow, f"flow-{number}") for number, flow in enumerate(progress.flows)]
    return [
        FlowLine(flow, key, tuple(_parts(flow, numbered)))
        for flow, key in numbered
        if not flow.channel
    ]


def _parts(total: Flow, numbered: list[tuple[Flow, str]]) -> Iterator[FlowPart]:
    for flow, key in numbered:
        if flow.channel and (flow.measure, flow.until) == (total.measure, total.until):
            share = flow.total.value / total.total.value if total.total.value else None
            yield FlowPart(flow, key, _(str(Channel(flow.channel).label)), share)


@register.simple_tag
def span_figure(shown: Explained, key: str, query: BoardQuery) -> SafeString:
    """A figure known only as a span, as a link to its explanation."""
    low, high = -(-shown.quantity.low // 1), shown.quantity.high // 1
    lang = reader_language()
    text = f"{FORMS['count'](low, lang)} – {FORMS['count'](high, lang)}"
    url = f"{reverse('board:explanation')}?{query.address(text='', light=None)}&so={key}"
    return _link(url, text)


@register.filter
def light_words(light: Light) -> str:
    """Đúng tiến độ, Cần chú ý, Cần hỗ trợ."""
    return sentence(f"light_{light}", {}, reader_language())


@register.simple_tag
def light(shown: Light) -> SafeString:
    """The light as word and shape."""
    return format_html('<span class="light {}">{}</span>', shown.value, light_words(shown))


@register.simple_tag
def querystring_board(query: BoardQuery, **changes: Any) -> str:
    """The board's address with some parts changed; another unit starts without filter."""
    if "unit_id" in changes:
        changes |= {"text": "", "light": None}
    return query.address(**changes)


@register.simple_tag
def pace_bar(plan: PlanProgress) -> SafeString:
    """Net gain since the base against the time passed: a bar with a tick, said in words beside it."""
    gain = plan.net_share.value if plan.net_share else 0
    filled = max(0, min(BAR_WIDTH, round(float(gain) * BAR_WIDTH)))
    tick = max(0, min(BAR_WIDTH, round(float(plan.time_elapsed.value) * BAR_WIDTH)))
    return format_html(
        '<svg class="bar {}" viewBox="0 0 {} 16" width="{}" height="16" aria-hidden="true">'
        '<rect class="rail" y="4" width="{}" height="8" rx="4"/>'
        '<rect class="fill" y="4" width="{}" height="8" rx="4"/>'
        '<rect class="tick" x="{}" y="0" width="2" height="16"/></svg>',
        plan.light or "unknown",
        BAR_WIDTH,
        BAR_WIDTH,
        BAR_WIDTH,
        filled,
        min(tick, BAR_WIDTH - 2),
    )


HEADS = {
    Sort.NAME: gettext_noop("Đơn vị"),
    Sort.STOCK: gettext_noop("Đang tham gia"),
    Sort.SHARE: gettext_noop("% kế hoạch"),
    Sort.REMAINING: gettext_noop("Còn phải phát triển"),
    Sort.NEEDED: gettext_noop("Cần tăng/tháng"),
    Sort.ACHIEVED: gettext_noop("Bình quân tăng/tháng"),
    Sort.HELP: gettext_noop("Mức"),
}


@register.simple_tag
def sort_head(query: BoardQuery, code: str) -> SafeString:
    """A column's head as a link that orders by it; the order in force is marked, and turns when asked again."""
    sort = Sort(code)
    current = sort is query.sort
    url = f"{reverse('board:board')}?{query.address(sort=sort, is_reversed=current and not query.is_reversed)}"
    mark = (" ▴" if query.is_reversed else " ▾") if current else ""
    return format_html(
        '<a href="{}" hx-get="{}" hx-target="#units" hx-push-url="true"{}>{}{}</a>',
        url,
        url,
        SafeString(' aria-current="true"') if current else "",
        _(HEADS[sort]),
        mark,
    )


@register.simple_tag
def unit_rows_html(page: BoardPage) -> SafeString:
    """The rows of the units' table."""
    board, explanation = reverse("board:board"), reverse("board:explanation")
    return format_html_join(
        "\n", "{}", ((_row(row, page, board, explanation),) for row in page.shown_rows)
    )


def _row(row: UnitRow, page: BoardPage, board: str, explanation: str) -> SafeString:
    unit = row.progress.unit
    address = page.query.address(unit_id=unit.unit_id, text="", light=None)
    # On a phone the last column lies beyond the edge: who needs help is told under the name too.
    shown = row.progress.light
    name = format_html(
        '<th scope="row"><a href="{}?{}" lang="vi">{}</a>{}</th>',
        board,
        address,
        unit.name,
        format_html('<span class="on-phone" aria-hidden="true">{}</span>', light(shown))
        if shown
        else "",
    )
    if row.is_hidden:
        hidden = sentence("small_cell", {}, reader_language())
        return format_html('<tr>{}<td class="num">{}</td><td colspan="7"></td></tr>', name, hidden)
    cells = _cells(row, f"{explanation}?{address}&so=")
    return format_html("<tr>{}{}</tr>", name, cells)


def _cells(row: UnitRow, opening: str) -> SafeString:
    plan = row.plan
    stock = _cell(row.progress.stock, f"{opening}stock")
    if plan is None:
        words = sentence("board_no_plan", {}, reader_language())
        return format_html('{}<td colspan="7" class="muted">{}</td>', stock, words)
    key = f"{opening}plan-{plan.target_id}-"
    return format_html(
        '{}{}<td>{}</td><td class="num">{}</td>{}{}{}<td>{}</td>',
        stock,
        _cell(plan.value, f"{key}value"),
        pace_bar(plan),
        _link(f"{key}share", percent(plan.share.value)) if plan.share else NOTHING,
        _cell(plan.remaining, f"{key}remaining"),
        _cell(plan.pace_needed, f"{key}pace_needed"),
        _cell(plan.pace_achieved, f"{key}pace_achieved", is_change=True),
        light(plan.light) if plan.light else NOTHING,
    )


def _cell(shown: Explained | None, url: str, *, is_change: bool = False) -> SafeString:
    if shown is None:
        return format_html('<td class="num">{}</td>', NOTHING)
    return format_html('<td class="num">{}</td>', _link(url, _text(shown, is_change=is_change)))


@register.simple_tag
def tiles_html(page: BoardPage) -> SafeString:
    """The tiles of the map: each a link that says its unit and share."""
    if page.tiles is None:
        return SafeString("")
    board = reverse("board:board")
    missing = _("chưa có kế hoạch")
    return format_html_join(
        "\n", "{}", ((_tile(tile, page, board, missing),) for tile in page.tiles.tiles)
    )


def _tile(tile: Tile, page: BoardPage, board: str, missing: str) -> SafeString:
    said = f"{tile.name}: {missing if tile.share is None else percent(tile.share) + '%'}"
    lines = format_html_join(
        "", '<tspan x="{}" y="{}">{}</tspan>', ((line.x, line.y, line.text) for line in tile.lines)
    )
    return format_html(
        '<a href="{}?{}" aria-label="{}" class="tile {}"><rect x="{}" y="{}" width="64" height="64" rx="6"/>'
        '<title>{}</title><text lang="vi" font-size="{}" text-anchor="middle">{}</text></a>',
        board,
        page.query.address(unit_id=tile.unit_id, text="", light=None),
        said,
        tile.band,
        tile.x,
        tile.y,
        said,
        tile.font_size,
        lines,
    )
