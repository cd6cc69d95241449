"""Reads of places: units at their day, trees, successions, search, sets."""

from vandong.places.queries.directory import UnitProblem, span_text
from vandong.places.queries.finding import UnitResolver, find_unit
from vandong.places.queries.search import Hit, SearchResult, search_units
from vandong.places.queries.spans import is_valid_on, valid_on
from vandong.places.queries.successions import (
    Heir,
    SplitCount,
    communes_before,
    origins,
    split_count,
    successions,
    successor_communes,
    successors_on,
)
from vandong.places.queries.tiles import unit_tiles
from vandong.places.queries.units import (
    UnitLine,
    ancestors,
    children,
    own_tree,
    placement_on,
    siblings,
    subtree,
    unit_at,
    unit_lines,
    units_on,
)

__all__ = [
    "Heir",
    "Hit",
    "SearchResult",
    "SplitCount",
    "UnitLine",
    "UnitProblem",
    "UnitResolver",
    "ancestors",
    "children",
    "communes_before",
    "find_unit",
    "is_valid_on",
    "origins",
    "own_tree",
    "placement_on",
    "search_units",
    "siblings",
    "span_text",
    "split_count",
    "subtree",
    "successions",
    "successor_communes",
    "successors_on",
    "unit_at",
    "unit_lines",
    "unit_tiles",
    "units_on",
    "valid_on",
]
