"""The tile grid of units, kept in the process: centres hardly ever change."""

from collections.abc import Collection
from functools import lru_cache

from vandong.measures.tile_grid import TileGrid, tile_grid
from vandong.places.models import Unit


def unit_tiles(unit_ids: Collection[int]) -> TileGrid:
    """Row and column of each of these units on a near-square grid (see `tile_grid`). One query at most."""
    return _tiles(frozenset(unit_ids))


@lru_cache(maxsize=256)
def _tiles(unit_ids: frozenset[int]) -> TileGrid:
    rows = Unit.objects.filter(id__in=unit_ids).values_list("id", "lat", "lon")
    return tile_grid(
        {unit_id: None if lat is None or lon is None else (lat, lon) for unit_id, lat, lon in rows}
    )
