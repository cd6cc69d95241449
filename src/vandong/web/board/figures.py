"""Keys by which a page and its links name the figures of a unit's progress: "stock", "plan-7-remaining" …"""

from dataclasses import fields

from vandong.planning.progress.explained import Explained
from vandong.planning.progress.shapes import UnitProgress


def figures_by_key(progress: UnitProgress) -> dict[str, Explained]:
    """Every figure of `progress` that can be opened, by its key."""
    found: dict[str, Explained] = {}
    if progress.stock:
        found["stock"] = progress.stock
    for plan in progress.plans:
        found |= _explained_fields(plan, f"plan-{plan.target_id}")
    for growth in progress.growth:
        found |= _explained_fields(growth, f"growth-{growth.baseline}")
    for coverage in progress.coverage:
        found |= _explained_fields(coverage, f"coverage-{coverage.denominator}")
    for number, flow in enumerate(progress.flows):
        found[f"flow-{number}"] = flow.total
    for number, check in enumerate(progress.printed):
        found |= _explained_fields(check, f"printed-{number}")
    return found


def _explained_fields(row: object, prefix: str) -> dict[str, Explained]:
    values = {item.name: getattr(row, item.name) for item in fields(row)}  # type: ignore[arg-type]
    return {
        f"{prefix}-{name}": value for name, value in values.items() if isinstance(value, Explained)
    }
