"""The heading of a board is its finding, in one sentence."""

from collections.abc import Sequence
from fractions import Fraction

from vandong.figures.models import PlanKind
from vandong.kernel.numbers import rounded
from vandong.phrases import sentence
from vandong.planning.progress.shapes import PlanProgress, UnitProgress


def board_heading(progress: UnitProgress, lang: str) -> str:
    """How the unit stands against the plan that leads, or what is missing to say so."""
    if progress.is_hidden:
        return sentence("board_heading_hidden", {}, lang)
    plan = progress.plan
    if plan and plan.share:
        return _against(plan, plan.share.value, lang)
    if progress.stock:
        values = {"stock": rounded(progress.stock.value)}
        return sentence("board_heading_no_plan", values, lang)
    return sentence("board_heading_no_stock", {"on": progress.on}, lang)


def parts_heading(parts: Sequence[UnitProgress], lang: str) -> str:
    """How many of the units below have figures, for a unit that has none itself; empty when none has."""
    known = sum(1 for part in parts if part.stock is not None or part.is_hidden)
    values = {"known": known, "all": len(parts)}
    return sentence("board_heading_parts_only", values, lang) if known else ""


def _against(plan: PlanProgress, share: Fraction, lang: str) -> str:
    values: dict[str, object] = {"share": share, "owner": plan.owner}
    if plan.kind == PlanKind.COVERAGE or plan.remaining is None:
        return sentence("board_heading_share", values, lang)
    left = rounded(plan.remaining.value)
    if left <= 0:
        return sentence("board_heading_reached", values | {"surplus": -left}, lang)
    values |= {"remaining": left, "months": plan.months_left}
    code = "board_heading_overdue" if plan.months_left <= 0 else "board_heading_behind"
    return sentence(code, values, lang)
