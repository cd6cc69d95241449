"""A unit and the units below it: constant queries, sums that never replace the parent, rights."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.figures.factories import (
    make_unit,
    observe,
    observe_size,
    observe_stock,
    set_target,
)

from vandong.accounts.models import Role
from vandong.accounts.queries.scope import Actor, GrantLine
from vandong.places.models import Unit
from vandong.planning.progress import ChildrenProgress, progress_of_children, progress_of_units

pytestmark = pytest.mark.django_db

ACTOR = Actor.system("test")
ON = date(2026, 6, 30)


def province(communes: int) -> tuple[Unit, list[Unit]]:
    top = make_unit("Thành phố Hà Nội", "01")
    observe_stock(top, 300 * communes, "2026-06-30")
    below = []
    for number in range(communes):
        unit = make_unit(f"Xã Mẫu {number:03d}", f"{number:05d}", "commune", parent=top)
        observe_stock(unit, 300, "2026-06-30")
        observe_stock(unit, 280, "2026-05-31")
        observe_stock(unit, 250, "2025-12-31")
        observe(unit, "gross_new", 70, "2026-06-30", period_from="2026-01-01")
        observe_size(unit, "labour_force", 9000, "2025-12-31")
        year = {"period_from": "2026-01-01", "deadline": "2026-12-31"}
        set_target(unit, 400, owner="BHXH Thành phố", **year)
        set_target(unit, 160, owner="UBND xã", kind="gross_new", **year)
        below.append(unit)
    return top, below


def read(top: Unit, actor: Actor = ACTOR) -> ChildrenProgress:
    return progress_of_children(actor, top, "bhxh_tn", ON)


def test_the_number_of_queries_does_not_grow_with_the_units() -> None:
    _, below = province(3)
    with CaptureQueriesContext(connection) as one:
        progress_of_units(ACTOR, below[:1], "bhxh_tn", ON)
    with CaptureQueriesContext(connection) as three:
        rows = progress_of_units(ACTOR, below, "bhxh_tn", ON)
    assert len(one) == len(three) == 6
    assert [row.plan.share.value for row in rows if row.plan and row.plan.share] == [0.75] * 3
    assert all(len(row.plans) == 2 for row in rows)


def test_parts_that_add_up_are_not_a_finding() -> None:
    top, _ = province(3)
    board = read(top)
    assert board.parts_sum is not None
    assert board.parts_gap is not None
    assert (board.parts_sum.value, board.parts_gap.value, board.findings) == (900, 0, ())
    assert len(board.parts_sum.inputs) == 3


def test_the_parents_figure_stands_beside_another_sum() -> None:
    top, below = province(2)
    below[0].observations.filter(measure="stock", as_of=ON).update(value=310)
    board = read(top)
    assert board.parent.stock is not None
    assert board.parent.stock.value == 600
    assert [one.code for one in board.findings] == ["sum_of_parts_differs"]
    assert board.findings[0].values["gap"] == -10


def test_no_sum_where_a_child_states_another_day() -> None:
    top, below = province(2)
    below[1].observations.filter(measure="stock", as_of=ON).update(as_of=date(2026, 6, 29))
    assert read(top).parts_sum is None


def test_no_sum_where_a_child_states_nothing() -> None:
    top, below = province(2)
    below[1].observations.filter(measure="stock").delete()
    board = read(top)
    assert board.parts_sum is None
    assert [row.stock is None for row in board.children] == [False, True]


def test_children_one_may_not_see_are_left_out_and_so_is_the_sum() -> None:
    _, below = province(3)
    grants = (GrantLine(Role.COLLECTOR, unit_id=below[1].pk),)
    actor = Actor(user_id=None, name="Nhân viên thu", grants=grants)
    rows = progress_of_units(actor, below, "bhxh_tn", ON)
    assert [row.unit.unit_id for row in rows] == [below[1].pk]


def test_a_unit_of_another_day_is_no_child() -> None:
    top, _ = province(1)
    make_unit("Xã Cũ", "09999", "commune", parent=top, valid_until="2025-07-01")
    assert [row.unit.name for row in read(top).children] == ["Xã Mẫu 000"]


def test_a_cluster_of_communes_is_no_part_of_the_province() -> None:
    top, below = province(2)
    cluster = make_unit("Mô hình 30 xã điểm", "C1", "cluster", parent=top)
    observe_stock(cluster, 90, "2026-06-30")
    board = read(top)
    assert [row.unit.unit_id for row in board.children] == [unit.pk for unit in below]
    assert board.parts_sum is not None
