"""The table of roles: what must never be in one hand."""

import pytest

from vandong.accounts.models import Role
from vandong.accounts.queries.rights import (
    HOLDING_ROLES,
    ROLE_RIGHTS,
    Breadth,
    Right,
    Scope,
    breadth,
    role_enters,
)

WRITES_FIGURES = {Right.IMPORT_FIGURES, Right.EDIT_PLANS, Right.APPROVE}
RUNS_THE_SYSTEM = {Right.MANAGE_USERS, Right.MANAGE_ORGANISATIONS, Right.SEE_AUDIT}


def test_every_role_has_its_line() -> None:
    assert set(ROLE_RIGHTS) == set(Role.values)


def test_every_right_is_held_by_some_role() -> None:
    assert {right for rights in ROLE_RIGHTS.values() for right in rights} == set(Right)


@pytest.mark.parametrize("role", Role.values)
def test_no_role_both_gives_rights_and_writes_figures(role: str) -> None:
    assert not (ROLE_RIGHTS[role] & WRITES_FIGURES and ROLE_RIGHTS[role] & RUNS_THE_SYSTEM)


def test_an_observer_acts_nowhere_and_looks_nobody_up() -> None:
    assert not role_enters(Role.OBSERVER, Scope.ACT)
    assert not role_enters(Role.OBSERVER, Scope.SEARCH)
    assert role_enters(Role.OBSERVER, Scope.FIGURES)


def test_only_the_officer_looks_beyond_the_own_ground_and_never_to_act() -> None:
    wide = {
        (role, scope)
        for role in Role.values
        for scope in Scope
        if breadth(role, scope) is Breadth.PROVINCE
    }
    assert wide == {(Role.OFFICER, Scope.SEARCH), (Role.OFFICER, Scope.FIGURES)}


def test_small_cells_are_for_the_office_only() -> None:
    assert {Role.PLANNER, Role.OFFICER} == HOLDING_ROLES
