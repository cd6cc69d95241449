"""What each role may do, in one table, and how widely. Who holds which role: `scope`."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from vandong.accounts.models import Role


class Right(StrEnum):
    """One thing that may be done. Codes are stable: pages and tests speak of them."""

    SEE_FIGURES = "see_figures"
    SEE_PLACES = "see_places"
    IMPORT_FIGURES = "import_figures"
    EDIT_PLANS = "edit_plans"
    APPROVE = "approve"
    MAKE_REPORTS = "make_reports"
    MANAGE_UNIT_SETS = "manage_unit_sets"
    MANAGE_PLACES = "manage_places"
    MANAGE_USERS = "manage_users"
    MANAGE_ORGANISATIONS = "manage_organisations"
    MANAGE_SETTINGS = "manage_settings"
    SEE_MEMBERS = "see_members"
    SEE_AUDIT = "see_audit"
    SEE_ALL_JOBS = "see_all_jobs"
    SEARCH_PEOPLE = "search_people"
    ACT_ON_PEOPLE = "act_on_people"
    IMPORT_PEOPLE = "import_people"
    EXPORT_PEOPLE = "export_people"


class Scope(StrEnum):
    """The three scopes of a grant: where one works, where one may look a person up, whose figures one sees."""

    ACT = "act"
    SEARCH = "search"
    FIGURES = "figures"


class Breadth(StrEnum):
    """How far a scope reaches: the grant's own ground, or the whole province it lies in."""

    OWN = "own"
    PROVINCE = "province"


_WORK_ON_FIGURES = {
    Right.SEE_FIGURES,
    Right.SEE_PLACES,
    Right.IMPORT_FIGURES,
    Right.EDIT_PLANS,
    Right.APPROVE,
    Right.MAKE_REPORTS,
    Right.MANAGE_UNIT_SETS,
    Right.SEE_MEMBERS,
    Right.SEARCH_PEOPLE,
    Right.ACT_ON_PEOPLE,
    Right.IMPORT_PEOPLE,
    Right.EXPORT_PEOPLE,
}

ROLE_RIGHTS: Mapping[str, frozenset[Right]] = MappingProxyType(
    {
        Role.ADMINISTRATOR: frozenset(
            {
                Right.SEE_FIGURES,
                Right.SEE_PLACES,
                Right.MANAGE_PLACES,
                Right.MANAGE_USERS,
                Right.MANAGE_ORGANISATIONS,
                Right.MANAGE_SETTINGS,
                Right.SEE_MEMBERS,
                Right.SEE_AUDIT,
                Right.SEE_ALL_JOBS,
            }
        ),
        Role.PLANNER: frozenset(_WORK_ON_FIGURES | {Right.MANAGE_SETTINGS}),
        Role.OFFICER: frozenset(_WORK_ON_FIGURES - {Right.APPROVE}),
        Role.COLLECTOR: frozenset(
            {Right.SEE_FIGURES, Right.SEE_PLACES, Right.SEARCH_PEOPLE, Right.ACT_ON_PEOPLE}
        ),
        Role.COLLABORATOR: frozenset({Right.SEE_FIGURES, Right.SEE_PLACES, Right.ACT_ON_PEOPLE}),
        Role.OBSERVER: frozenset({Right.SEE_FIGURES, Right.SEE_PLACES, Right.MAKE_REPORTS}),
    }
)
"""An administrator runs the system and does not touch figures; a planner works and does not give rights."""

HOLDING_ROLES = frozenset({Role.PLANNER, Role.OFFICER})
"""The office that holds the figures of a unit: only these see its cells under 5 people."""

_SCOPE_OF_RIGHT: Mapping[Right, Scope] = MappingProxyType(
    {
        Right.SEE_FIGURES: Scope.FIGURES,
        Right.MAKE_REPORTS: Scope.FIGURES,
        Right.SEARCH_PEOPLE: Scope.SEARCH,
    }
)

_RIGHT_OF_SCOPE: Mapping[Scope, Right | None] = MappingProxyType(
    {Scope.ACT: None, Scope.SEARCH: Right.SEARCH_PEOPLE, Scope.FIGURES: Right.SEE_FIGURES}
)


class NotAllowed(Exception):
    """The actor may not do this. `code` is stable, `values` fill the sentence in `phrases`."""

    def __init__(self, code: str, values: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.values: Mapping[str, object] = MappingProxyType(dict(values or {}))


class NotVisible(Exception):
    """There is no such thing, or none that the actor may know of: doors answer 404 to both alike."""


def role_has(role: str, right: Right) -> bool:
    """Whether the role carries the right."""
    return right in ROLE_RIGHTS[role]


def scope_of(right: Right) -> Scope:
    """In which scope a right is used."""
    return _SCOPE_OF_RIGHT.get(right, Scope.ACT)


def role_enters(role: str, scope: Scope) -> bool:
    """Whether the role has this scope at all: an observer acts nowhere and looks nobody up."""
    needed = _RIGHT_OF_SCOPE[scope]
    if needed is None:
        return role != Role.OBSERVER
    return role_has(role, needed)


def breadth(role: str, scope: Scope) -> Breadth:
    """An officer looks people up and compares figures in the whole province; all else stays on own ground."""
    if role == Role.OFFICER and scope is not Scope.ACT:
        return Breadth.PROVINCE
    return Breadth.OWN
