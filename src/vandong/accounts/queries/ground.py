"""The ground of grants as one SQL statement: units held through areas, trees and succession.

A grant on a unit reaches

* everything that stood under the unit in any tree at any time (a commune that kept its row when its
  district was abolished stays with the district's grant);
* what those units became, unit by unit and **without** what else lies under the successor: a grant on
  Tỉnh Bắc Giang (until 30/06/2025) reaches Tỉnh Bắc Ninh itself and the communes made from communes of
  Bắc Giang, never those that came from elsewhere;
* what they were made from, with all that lay under it: a grant on today's Tỉnh Bắc Ninh reaches both
  former provinces, their districts and communes.

It never goes forward and back again: that would climb into a neighbour's ground. An organisation reaches
the areas of itself, its branches, its successors (with branches) and its predecessors. A grant with both
reaches what lies in both; an organisation without any area adds nothing to its unit and, alone, reaches
nothing: a forgotten area never opens everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL


@dataclass(frozen=True, slots=True)
class Holding:
    """One grant reduced to its ground. `broad`: the whole province around it. Never both ids empty."""

    unit_id: int | None
    organisation_id: int | None
    broad: bool


_OFFICES = """
given(no, unit_id, office_id, broad) AS (
    SELECT * FROM unnest(%s::int[], %s::bigint[], %s::bigint[], %s::boolean[])
),
offices_after(no, id) AS (
    SELECT no, office_id FROM given WHERE office_id IS NOT NULL
    UNION
    SELECT known.no, next.id
    FROM offices_after known
    JOIN accounts_organisation here ON here.id = known.id
    JOIN accounts_organisation next ON next.parent_id = here.id OR next.id = here.successor_id
),
offices_before(no, id) AS (
    SELECT no, office_id FROM given WHERE office_id IS NOT NULL
    UNION
    SELECT known.no, next.id
    FROM offices_before known
    JOIN accounts_organisation next ON next.parent_id = known.id OR next.successor_id = known.id
),
offices(no, id) AS (SELECT no, id FROM offices_after UNION SELECT no, id FROM offices_before)
"""

# Paths end in '/', and '0' follows '/' in byte order: [path, path with a final '0') is the subtree.
# The ~>=~ and ~<~ operators compare bytes whatever the collation and use the pattern index.
# OFFSET 0 keeps the planner from turning the few look-ups round into a join of all placements with all.
_SUBTREE = """
    CROSS JOIN LATERAL (
        SELECT tree, path FROM places_placement spot WHERE spot.unit_id = {of}.id OFFSET 0
    ) top
    CROSS JOIN LATERAL (
        SELECT spot.unit_id FROM places_placement spot
        WHERE spot.tree = top.tree
            AND spot.path ~>=~ top.path AND spot.path ~<~ (rtrim(top.path, '/') || '0')
        OFFSET 0
    ) below
"""

_UNITS = f"""
points(no, side, id) AS (
    SELECT no, 'unit', unit_id FROM given WHERE unit_id IS NOT NULL
    UNION
    SELECT offices.no, 'office', area.unit_id
    FROM offices JOIN accounts_organisationarea area ON area.organisation_id = offices.id
),
seeds(no, side, id) AS (
    SELECT no, side, id FROM points
    UNION
    SELECT points.no, points.side, province.id
    FROM points
    JOIN given ON given.no = points.no AND given.broad
    JOIN places_placement spot ON spot.unit_id = points.id
    JOIN places_unit province ON province.kind = 'province'
        AND province.id = ANY (string_to_array(trim(BOTH '/' FROM spot.path), '/')::bigint[])
),
inside(no, side, id) AS (
    SELECT no, side, id FROM seeds
    UNION
    SELECT seeds.no, seeds.side, below.unit_id
    FROM seeds {_SUBTREE.format(of="seeds")}
),
after(no, side, id) AS (
    SELECT no, side, id FROM inside
    UNION
    SELECT after.no, after.side, step.successor_id
    FROM after JOIN places_succession step ON step.predecessor_id = after.id
),
origins(no, side, id) AS (
    SELECT no, side, id FROM inside
    UNION
    SELECT origins.no, origins.side, step.predecessor_id
    FROM origins JOIN places_succession step ON step.successor_id = origins.id
),
before(no, side, id) AS (
    SELECT no, side, id FROM origins
    UNION
    SELECT origins.no, origins.side, below.unit_id
    FROM origins {_SUBTREE.format(of="origins")}
),
reached(no, side, id) AS (SELECT * FROM after UNION SELECT * FROM before),
sides(no, wanted) AS (SELECT no, count(DISTINCT side) FROM seeds GROUP BY no)
"""

_UNIT_IDS = f"""
WITH RECURSIVE {_OFFICES}, {_UNITS}
SELECT reached.id FROM reached JOIN sides ON sides.no = reached.no
GROUP BY reached.no, reached.id, sides.wanted
HAVING count(DISTINCT reached.side) = sides.wanted
"""

_VERSION = """
SELECT (SELECT coalesce(max(id), 0) FROM places_placement),
    (SELECT coalesce(max(id), 0) FROM places_succession),
    (SELECT coalesce(max(id), 0) FROM accounts_organisation),
    (SELECT coalesce(sum(version), 0)::bigint FROM accounts_organisation),
    (SELECT coalesce(max(id), 0) FROM accounts_organisationarea),
    (SELECT count(*) FROM accounts_organisationarea)
"""

_OFFICE_IDS = f"WITH RECURSIVE {_OFFICES} SELECT id FROM offices"


def reached_unit_ids(holdings: Sequence[Holding]) -> RawSQL:
    """A subquery of the ids of the units that any of the holdings reaches, of every day.

    Every page asks this several times, and trees, successions and areas hardly ever change: the answer is
    remembered in the process until one of them does, and goes to the database as one array.
    """
    reached = _reached(tuple(holdings), _version())
    return RawSQL("SELECT unnest(%s::bigint[])", (list(reached),))


@lru_cache(maxsize=256)
def _reached(holdings: tuple[Holding, ...], version: tuple[int, ...]) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_UNIT_IDS, _parameters(holdings))
        return tuple(row[0] for row in cursor.fetchall())


def _version() -> tuple[int, ...]:
    """Differs as soon as a placement, a succession, an organisation or an area does: rows of trees and
    successions are only added, an edited organisation counts its `version` up."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        version: tuple[int, ...] = cursor.fetchone()
        return version


def office_ids(holdings: Sequence[Holding]) -> RawSQL:
    """A subquery of the ids of the organisations that any of the holdings names or is followed to."""
    return RawSQL(_OFFICE_IDS, _parameters(holdings))  # noqa: S611 constant text, bound values


def _parameters(holdings: Sequence[Holding]) -> tuple[Any, ...]:
    return (
        list(range(len(holdings))),
        [holding.unit_id for holding in holdings],
        [holding.organisation_id for holding in holdings],
        [holding.broad for holding in holdings],
    )
