"""The month taken apart: reported figures and the register beside each other."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vandong.accounts.queries.scope import NotVisible
from vandong.figures.models import Measure
from vandong.measures.quantity import Quantity
from vandong.measures.stock_identity import OUTFLOWS
from vandong.phrases import sentence
from vandong.planning.progress.reconciling import Reconciliation, Side, month_reconciliation
from vandong.ui.templatetags.vandong import NOTHING, count, day, signed
from vandong.web.access import DoorRequest
from vandong.web.board.page import board_unit, default_day
from vandong.web.board.query import read_query

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a cell for each side. `is_end`: a stock; `is_open`: what is not explained."""

    label: str
    cells: tuple[str, ...]
    is_end: bool = False
    is_open: bool = False


@require_safe
def reconciliation(request: DoorRequest) -> HttpResponse:
    """ "/tong-quan/doi-chieu": a part of the board for htmx, a page of its own without."""
    query = read_query(request.GET)
    unit = board_unit(request.actor, query)
    on = query.on or (default_day(unit, query.scheme) if unit else None)
    if unit is None or on is None:
        raise NotVisible
    found = month_reconciliation(request.actor, unit, query.scheme, on)
    lang = request.actor.language
    context = {
        "unit": unit,
        "on": on,
        "query": query,
        "address": query.address(unit_id=unit.pk, on=on),
        "found": found,
        "heads": [sentence(f"source_{side.kind}", {}, lang) for side in found.sides]
        if found
        else [],
        "rows": table_rows(found, lang) if found else [],
        "heading": heading(found, lang) if found else _("Chưa có dữ liệu quản lý trong tháng này"),
    }
    template = "web/board/reconciliation.html"
    if request.htmx:
        template += "#table"
    return render(request, template, context)


def heading(found: Reconciliation, lang: str) -> str:
    """What the register's side comes to."""
    side = found.sides[-1]
    if side.is_hidden:
        return sentence("reconciliation_hidden", {}, lang)
    if side.identity is None:
        return sentence("reconciliation_not_whole", {}, lang)
    if side.identity.closes:
        return sentence("reconciliation_closes", {}, lang)
    rest = int(side.identity.unexplained.nominal)
    return sentence("reconciliation_open", {"unexplained": rest}, lang)


def table_rows(found: Reconciliation, lang: str) -> list[Row]:
    """Opening stock, what came, what went, closing stock, the rest; then what leaves the stock as it is."""
    sides = found.sides
    rows = [
        Row(
            _("Đầu kỳ, cuối ngày %s") % day(found.since),
            _cells(sides, lambda one: one.opening),
            True,
        )
    ]
    for name in found.measures:
        sign = -1 if name in OUTFLOWS else 1
        rows.append(Row(_measure(name, lang), _flow_cells(sides, name, sign)))
    rows.append(Row(_("Cuối kỳ, cuối ngày %s") % day(found.on), tuple(map(_closing, sides)), True))
    unexplained = tuple(_rest(side) for side in sides)
    rows.append(Row(_("Chưa giải thích được"), unexplained, is_open=True))
    for name in found.besides:
        rows.append(Row(_measure(name, lang), _flow_cells(sides, name, 0)))
    return rows


def _measure(name: str, lang: str) -> str:
    label = str(sentence(f"input_{name}", {}, lang))
    if name != Measure.REVENUE:
        return label
    millions = _("triệu đồng")
    return f"{label} ({millions})"


def _cells(sides: tuple[Side, ...], part: Callable[[Side], Quantity | None]) -> tuple[str, ...]:
    return tuple(NOTHING if (one := part(side)) is None else count(one.nominal) for side in sides)


def _flow_cells(sides: tuple[Side, ...], name: str, sign: int) -> tuple[str, ...]:
    cells = []
    for side in sides:
        flow = side.flows.get(name)
        if flow is None:
            cells.append(NOTHING)
        else:
            shown = flow.nominal / _MILLION if name == Measure.REVENUE else flow.nominal
            cells.append(signed(sign * shown) if sign else count(shown))
    return tuple(cells)


def _closing(side: Side) -> str:
    if side.is_hidden:
        return NOTHING
    return count(side.closing.nominal)


def _rest(side: Side) -> str:
    if side.identity is None:
        return NOTHING
    return signed(side.identity.unexplained.nominal)
