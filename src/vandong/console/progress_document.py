"""The JSON document of `vandong progress`: names and shapes of interface.md, which others script against."""

from fractions import Fraction

from vandong.kernel.numbers import decimal_text, format_percent
from vandong.phrases import finding_sentence
from vandong.planning.progress import (
    Coverage,
    Explained,
    Flow,
    Growth,
    PlanProgress,
    PrintedCheck,
    UnitProgress,
)

Document = dict[str, object]


def progress_document(progress: UnitProgress, lang: str) -> Document:
    """Everything known of the unit; findings with their message in `lang`."""
    return {
        "unit": {
            "kind": progress.unit.kind,
            "code": progress.unit.code,
            "name": progress.unit.name,
        },
        "scheme": progress.scheme,
        "as_of": progress.on.isoformat(),
        "stock": None if progress.stock is None else _stock(progress, progress.stock),
        "plans": [_plan(plan) for plan in progress.plans],
        "growth": [_growth(row) for row in progress.growth],
        "coverage": [_coverage(row) for row in progress.coverage],
        "flows": [_flow(row) for row in progress.flows],
        "printed": [_printed(row) for row in progress.printed],
        "findings": [
            {"code": one.code, "message": finding_sentence(one, lang)} for one in progress.findings
        ],
    }


def _stock(progress: UnitProgress, stock: Explained) -> Document:
    source = stock.inputs[0].source
    return {
        "value": _number(stock),
        "exactness": stock.inputs[0].exactness.value,
        **_possible(stock),
        "source": source.text if source else "",
        "source_kind": source.kind if source else "",
        "file": source.file_name if source else "",
        "on": progress.stock_on.isoformat() if progress.stock_on else None,
        "stale": progress.is_stale,
        "restated": stock.inputs[0].restated,
    }


def _plan(plan: PlanProgress) -> Document:
    return {
        "owner": plan.owner,
        "document": plan.document,
        "kind": plan.kind,
        "commitment": plan.commitment,
        "channel": plan.channel,
        "denominator": plan.denominator,
        "period_from": plan.period_from.isoformat(),
        "deadline": plan.deadline.isoformat(),
        "value": _number(plan.value),
        "achieved": _number(plan.achieved),
        **_per_cent(plan.share),
        "remaining": _number(plan.remaining),
        "months_left": decimal_text(plan.months_left),
        "pace_needed_per_month": _text(plan.pace_needed),
        "pace_achieved_per_month": _text(plan.pace_achieved),
        "time_elapsed_pct": decimal_text(plan.time_elapsed.value * 100),
        "net_gain": _number(plan.net_gain),
        "net_needed": _number(plan.net_needed),
        "net_pct": None if plan.net_share is None else decimal_text(plan.net_share.value * 100),
        "light": None if plan.light is None else plan.light.value,
        "missing": list(plan.missing),
    }


def _growth(row: Growth) -> Document:
    return {
        "baseline": row.baseline.value,
        "on": row.on.isoformat(),
        "value": _number(row.prior),
        "change": _number(row.change),
        **_per_cent(row.rate),
        "derived": row.derived,
        "stale": row.stale,
    }


def _coverage(row: Coverage) -> Document:
    source = row.size.inputs[0].source
    return {
        "denominator": row.denominator,
        "value": _number(row.size),
        "on": row.on.isoformat(),
        **_per_cent(row.rate),
        "source": source.text if source else "",
    }


def _flow(row: Flow) -> Document:
    return {
        "measure": row.measure,
        "channel": row.channel,
        "period_from": row.period_from.isoformat(),
        "until": row.until.isoformat(),
        "value": _number(row.total),
    }


def _printed(row: PrintedCheck) -> Document:
    implied = row.implied
    return {
        "kind": row.kind,
        "about": row.about,
        "printed": format_percent(row.printed, row.decimals),
        "recomputed": None if row.recomputed is None else decimal_text(row.recomputed.value * 100),
        "verdict": None if row.verdict is None else row.verdict.value,
        "implied": None
        if implied is None
        else {
            "low": decimal_text(implied.quantity.low),
            "high": decimal_text(implied.quantity.high),
        },
    }


def _per_cent(rate: Explained | None) -> Document:
    """A rate twice: exact for machines and with two decimals as offices print; its ends where it is
    approximate."""
    if rate is None:
        return {"pct": None, "pct_printed": None}
    shown: Document = {
        "pct": decimal_text(rate.value * 100),
        "pct_printed": format_percent(rate.value),
    }
    if not rate.is_exact:
        shown["pct_low"] = decimal_text(rate.quantity.low * 100)
        shown["pct_high"] = decimal_text(rate.quantity.high * 100)
    return shown


def _possible(figure: Explained) -> Document:
    if figure.is_exact:
        return {}
    return {"low": _plain(figure.quantity.low), "high": _plain(figure.quantity.high)}


def _number(figure: Explained | None) -> int | str | None:
    return None if figure is None else _plain(figure.value)


def _plain(value: Fraction) -> int | str:
    """People and đồng are whole; what is not (per cent of a coverage plan) is text."""
    return int(value) if value.denominator == 1 else decimal_text(value)


def _text(figure: Explained | None) -> str | None:
    return None if figure is None else decimal_text(figure.value)
