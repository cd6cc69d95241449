"""Equal tiles from centres: everyone has a cell, neighbours stay neighbours, the order of input is nothing."""

from math import hypot
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vandong.measures.tile_grid import tile_grid

POINTS = st.tuples(st.floats(8, 23.5), st.floats(102, 118))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.none() | POINTS, min_size=1, max_size=60))
def test_each_unit_has_a_cell_of_its_own(points):
    grid = tile_grid(dict(enumerate(points)))
    cells = list(grid.cells.values())
    assert len(set(cells)) == len(points)
    assert {row for row, _ in cells} == set(range(grid.rows))
    assert {column for _, column in cells} == set(range(grid.columns))


@settings(max_examples=20, deadline=None)
@given(st.lists(POINTS, min_size=2, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_input_is_nothing(points, random):
    keyed = list(enumerate(points))
    random.shuffle(keyed)
    assert tile_grid(dict(keyed)) == tile_grid(dict(enumerate(points)))


def test_four_corners_keep_their_corners():
    grid = tile_grid({1: (21.2, 105.6), 2: (21.2, 106.0), 3: (20.8, 105.6), 4: (20.8, 106.0)})
    last_row, last_column = grid.rows - 1, grid.columns - 1
    assert grid.cells == {
        1: (0, 0),
        2: (0, last_column),
        3: (last_row, 0),
        4: (last_row, last_column),
    }


@pytest.mark.parametrize(("count", "side"), [(1, 1), (126, 14), (114, 13), (99, 12), (700, 32)])
def test_the_grid_is_near_square(count, side):
    random = Random(7)
    grid = tile_grid({key: (20 + random.random(), 105 + random.random()) for key in range(count)})
    assert grid.rows <= side
    assert grid.columns <= side
    assert len(grid.cells) == count


def test_a_far_island_does_not_press_the_others_into_a_line():
    random = Random(3)
    centres = {key: (16 + random.random() / 5, 108 + random.random() / 5) for key in range(40)}
    grid = tile_grid(centres | {99: (16.5, 112.0)})
    assert grid.cells[99][1] == grid.columns - 1
    assert len({grid.cells[key][1] for key in centres}) >= 5


def test_neighbours_stay_near():
    centres = {
        row * 8 + column: (21 - row / 10, 105 + column / 10)
        for row in range(8)
        for column in range(8)
    }
    cells = tile_grid(centres).cells
    for key, (row, column) in cells.items():
        if key % 8 < 7:
            east = cells[key + 1]
            assert hypot(east[0] - row, east[1] - column) <= 2.5


def test_no_units_no_grid():
    assert tile_grid({}).cells == {}


@pytest.mark.parametrize("point", [(91.0, 105.0), (21.0, 181.0), (float("nan"), 105.0)])
def test_a_centre_off_the_globe_is_refused(point):
    with pytest.raises(ValueError, match="globe"):
        tile_grid({1: point, 2: (21.0, 105.0)})
