"""Cells under 5 people are shown only in the office that holds them (design, "Words settled")."""

from dataclasses import replace

from vandong.planning.progress.explained import Explained
from vandong.planning.progress.shapes import UnitProgress

LEAST_SHOWN = 5


def without_small_cells(progress: UnitProgress) -> UnitProgress:
    """What may be shown outside the unit's office.

    A stock under 5 takes all that is computed from it along; a flow under 5 goes alone. Nought is no cell.
    """
    if progress.stock is not None and is_small(progress.stock):
        return UnitProgress(
            unit=progress.unit,
            scheme=progress.scheme,
            on=progress.on,
            stock=None,
            stock_on=progress.stock_on,
            is_stale=progress.is_stale,
            plans=(),
            growth=(),
            coverage=(),
            flows=(),
            printed=(),
            findings=(),
            is_hidden=True,
        )
    open_flows = tuple(flow for flow in progress.flows if not is_small(flow.total))
    return replace(progress, flows=open_flows)


def is_small(figure: Explained) -> bool:
    """Whether a count could point to a person: 1 to 4 people."""
    return figure.measured_in == "people" and 0 < figure.value < LEAST_SHOWN
