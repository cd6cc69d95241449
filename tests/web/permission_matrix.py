"""Every address of the site × anonymous and the six roles × inside and outside the own ground.

A new URL gets its line here; `test_permission_matrix` fails until it has one. The world it is asked in holds
things on both sides that could leak: see `World` in the test.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.api.asked import ASKED

Side = Literal["inside", "outside"]
ROLES = ("administrator", "planner", "officer", "collector", "collaborator", "observer")
EVERYBODY = frozenset(ROLES)
ADMIN = frozenset({"administrator"})
LAW_KEEPERS = frozenset({"administrator", "planner"})
WORKERS = frozenset({"planner", "officer"})
FIGURES_MAKERS = WORKERS
REPORTERS = WORKERS | {"observer"}
STAFF = ADMIN | WORKERS
ADVISERS = WORKERS | {"collector", "collaborator"}

Keys = Callable[[Any, Side], dict[str, object]]


@dataclass(frozen=True)
class Line:
    """One address.

    `ok` answers the allowed roles inside, `closed` the others. `keys` are the parts of the address, `query`
    what follows it, both from the world and the side. `outside` answers the allowed roles there (empty: the
    page has no side), `closed_outside` the others there when it is not `closed`; `wide`: roles whose scope
    reaches outside too. `public`: open without signing in, with that answer.
    """

    name: str
    allowed: frozenset[str] = EVERYBODY
    method: str = "get"
    ok: int = 200
    closed: int = 403
    outside: int | None = None
    closed_outside: int | None = None
    keys: Keys | None = None
    query: Keys | None = None
    wide: frozenset[str] = field(default_factory=frozenset)
    public: int | None = None


def key(name: str, kind: str) -> Keys:
    """The address names a thing of the world: `key("user_id", "user")` is the user on that side."""
    return lambda world, side: {name: world.things[kind, side]}


def asked(name: str) -> Keys:
    """A good question for an address of the programming interface."""
    return lambda _world, _side: dict(ASKED[name])


def of_code(code: str) -> Keys:
    """The address names a ready-made segment, the same on both sides."""
    return lambda _world, _side: {"code": code}


USER = key("user_id", "user")
OFFICE = key("organisation_id", "office")
BATCH = key("batch_id", "batch")
LIST = key("batch_id", "list")
PERSON = key("person_id", "person")
TASK = key("task_id", "task")
WORKLIST = key("worklist_id", "worklist")
CLAIM = key("claim_id", "claim")
SUPPORT = key("support_id", "local_support")
UNIT_QUERY = key("don-vi", "unit")

LINES: tuple[Line, ...] = (
    Line("home", ok=302),
    Line("language", method="post", ok=302, public=302),
    Line("healthz", public=200),
    Line("gallery", ok=404),
    # Advice for citizens: open to everybody; without an answer the result leads to the questions
    Line("advice:questions", public=200),
    Line("advice:result", ok=302, public=302),
    Line("advice:sheet", ok=302, public=302),
    # The programming interface: open, nothing personal asked or kept
    Line("api:openapi-json", public=200),
    Line("api:api-root", ok=404, public=404, closed=404),
    Line(
        "api:nowhere", ok=404, public=404, closed=404, keys=lambda _world, _side: {"rest": "nope"}
    ),
    Line("api:quote_bhxh", query=asked("quote_bhxh"), public=200),
    Line("api:quote_bhyt", query=asked("quote_bhyt"), public=200),
    Line("api:pension", query=asked("pension"), public=200),
    Line("api:lump_sum", query=asked("lump_sum"), public=200),
    Line("api:retirement_age", query=asked("retirement_age"), public=200),
    # Accounts
    Line("accounts:sign_in", ok=302, public=200),
    Line("accounts:sign_out", method="post", ok=302),
    Line("accounts:own_password"),
    Line("accounts:users", ADMIN),
    Line("accounts:new_user", ADMIN),
    Line("accounts:user", ADMIN, keys=USER, outside=404),
    Line("accounts:disable_user", ADMIN, "post", 302, keys=USER, outside=404),
    Line("accounts:enable_user", ADMIN, "post", 302, keys=USER, outside=404),
    Line("accounts:reset_password", ADMIN, "post", 200, keys=USER, outside=404),
    Line("accounts:add_grant", ADMIN, "post", 422, keys=USER, outside=404),
    Line("accounts:remove_grant", ADMIN, "post", 302, keys=key("grant_id", "grant"), outside=404),
    Line("accounts:unit_choices", ADMIN),
    Line("accounts:organisations", ADMIN),
    Line("accounts:new_organisation", ADMIN),
    Line("accounts:organisation", ADMIN, keys=OFFICE, outside=404),
    Line("accounts:close_organisation", ADMIN, keys=OFFICE, outside=404),
    Line("accounts:reopen_organisation", ADMIN, "post", 302, keys=OFFICE, outside=404),
    Line("accounts:members", STAFF),
    Line("accounts:new_member", ADMIN),
    Line("accounts:member", ADMIN, keys=key("member_id", "member"), outside=404),
    Line("audit:log", ADMIN),
    # Background jobs: one's own, all for administrators
    Line("jobs:list"),
    Line("jobs:job", ADMIN, closed=404, keys=key("job_id", "job")),
    Line("jobs:cancel", ADMIN, "post", 302, closed=404, keys=key("job_id", "job")),
    # Places: public administrative facts for all who are signed in; sets for those who work with them
    Line("places:search"),
    Line("places:unit", keys=key("unit_id", "unit")),
    Line("places:sets"),
    Line("places:set_new", WORKERS),
    Line("places:set", keys=key("unit_set_id", "unit_set")),
    Line("places:set_edit", WORKERS, keys=key("unit_set_id", "unit_set")),
    Line("places:set_remove", WORKERS, "post", 302, keys=key("unit_set_id", "unit_set")),
    # The board: figures on one's own ground
    Line("board:board", query=UNIT_QUERY, outside=404),
    Line("board:explanation", query=UNIT_QUERY, ok=404, outside=404),
    Line("board:trend", query=UNIT_QUERY, outside=404),
    Line("board:reconciliation", query=UNIT_QUERY, outside=404),
    Line("board:xlsx", query=UNIT_QUERY, outside=404),
    Line("board:csv", query=UNIT_QUERY, outside=404),
    Line("board:picture", query=UNIT_QUERY, outside=404),
    # People: looked up by those who may search; a page only for those who work with the person
    Line("people:search", ADVISERS - {"collaborator"}),
    Line("people:person", WORKERS, closed=404, keys=PERSON, outside=404),
    Line("people:new", ADVISERS),
    Line("people:edit", WORKERS, closed=404, keys=PERSON, outside=404),
    Line("people:household", WORKERS, closed=404, keys=PERSON, outside=404),
    Line("people:join", WORKERS, "post", 404, closed=404, keys=PERSON, outside=404),
    Line("people:leave", WORKERS, "post", 302, closed=404, keys=PERSON, outside=404),
    Line("people:head", WORKERS, "post", 302, closed=404, keys=PERSON, outside=404),
    Line("people:twin", WORKERS, closed=404, keys=PERSON, outside=404),
    Line("people:merge", WORKERS, "post", 404, closed=404, keys=PERSON, outside=404),
    Line("people:part", WORKERS, "post", 404, closed=404, keys=PERSON, outside=404),
    Line("people:reveal", WORKERS, "post", 302, closed=404, keys=PERSON, outside=404),
    Line("people:consent", WORKERS, "post", 302, closed=404, keys=PERSON, outside=404),
    Line("people:withdraw", WORKERS, "post", 404, closed=404, keys=PERSON, outside=404),
    # Lists that come in: one's own and those of the own ground
    Line("lists:list", WORKERS),
    Line("lists:send", WORKERS),
    Line("lists:one", WORKERS, keys=LIST, outside=404),
    Line("lists:accept", WORKERS, "post", 302, keys=LIST, outside=404),
    Line("lists:basis", WORKERS, "post", 422, keys=LIST, outside=404),
    Line("lists:give_up", WORKERS, "post", 302, keys=LIST, outside=404),
    Line("lists:undo", WORKERS, ok=302, keys=LIST, outside=404),
    Line("lists:refused_rows", WORKERS, ok=404, keys=LIST, outside=404),
    Line("lists:columns", WORKERS, ok=302, keys=LIST, outside=404),
    # Doubtful rows of lists: for those who take lists in
    Line("matching:queue", WORKERS),
    Line("matching:decide", WORKERS, "post", 404, keys=lambda _world, _side: {"pending_id": 1}),
    Line("matching:undo", WORKERS, "post", 404, keys=lambda _world, _side: {"pending_id": 1}),
    # Files that the agency sent back: those of one's own people
    Line("returned:list", ADVISERS),
    Line("returned:resubmit", ADVISERS, "post", 404, keys=lambda _world, _side: {"receipt_id": 1}),
    Line("returned:undo", ADVISERS, "post", 404, keys=lambda _world, _side: {"change_id": 1}),
    # Segments: for those who work with people; the people in them are each reader's own
    Line("segments:list", ADVISERS),
    Line("segments:new", ADVISERS),
    Line("segments:preview", ADVISERS),
    Line("segments:people", ADVISERS, keys=of_code("traders"), query=UNIT_QUERY, outside=404),
    Line("segments:count", ADVISERS, keys=of_code("traders"), query=UNIT_QUERY, outside=404),
    Line(
        "segments:export",
        WORKERS,
        "post",
        302,
        keys=of_code("traders"),
        query=UNIT_QUERY,
        outside=404,
    ),
    Line("segments:retire", ADVISERS, "post", 404, keys=lambda _world, _side: {"segment_id": 1}),
    # A collector's day and calls: for who works with people; a task for who has it in hand, or its office
    Line("calls:today", ADVISERS),
    Line("calls:take", ADVISERS, "post", 404),
    Line("calls:release", ADVISERS, "post", 302),
    Line("calls:call", WORKERS, keys=TASK, closed=404, outside=404),
    Line("calls:numbers", WORKERS, "post", keys=TASK, closed=404, outside=404),
    Line("calls:outcome", WORKERS, "post", 302, keys=TASK, closed=404, outside=404),
    Line("calls:undo", ADVISERS, "post", 404, keys=lambda _world, _side: {"contact_id": 1}),
    # Renewals: for who works with people; making a list and taking a file for the office
    Line("renewals:people", ADVISERS, query=UNIT_QUERY, outside=404),
    Line("renewals:funnel", WORKERS),
    Line("renewals:rises", ADVISERS, query=UNIT_QUERY, outside=404),
    Line("renewals:make_list", WORKERS, "post", 302, query=UNIT_QUERY, outside=404),
    Line("renewals:export", WORKERS, "post", 302, query=UNIT_QUERY, outside=404),
    Line("calls:script", WORKERS),
    Line("calls:verify", public=200),
    # Settings belong to an office, or to who holds the right everywhere: nobody of this world does
    Line("calls:rules", LAW_KEEPERS, ok=403),
    # Worklists: made and followed by offices, on their ground
    # Results: for offices; money and files on their way also for who collects
    # The door: sheets and coverage are an office's
    Line("door:coverage", WORKERS),
    Line("door:clusters", WORKERS, keys=WORKLIST, outside=404),
    Line("door:sheet", WORKERS, keys=WORKLIST, outside=404),
    Line("door:typing", WORKERS, keys=WORKLIST, outside=404),
    Line("door:add", WORKERS, "post", 404, keys=WORKLIST, outside=404),
    Line("own:mine", ADVISERS),
    Line("own:rates", LAW_KEEPERS),
    Line("own:paid", WORKERS, "post", 404, closed=404, keys=lambda _world, _side: {"member_id": 0}),
    Line("results:overview", WORKERS),
    Line("results:agreed", WORKERS),
    Line("results:collect", WORKERS, keys=CLAIM, closed=404, outside=404),
    Line("results:reject", WORKERS, "post", 302, keys=CLAIM, outside=404),
    Line("results:form", WORKERS, "post", 302, keys=lambda _world, _side: {"form": "d05"}),
    Line("results:receipts", ADVISERS),
    Line("results:return", WORKERS, "post", 404, keys=lambda _world, _side: {"receipt_id": 1}),
    Line("results:undo", ADVISERS, "post", 404, keys=lambda _world, _side: {"change_id": 1}),
    Line("worklists:home", ADVISERS, ok=302),
    Line("worklists:list", WORKERS),
    Line("worklists:new", WORKERS),
    Line("worklists:preview", WORKERS),
    Line("worklists:weights", WORKERS, "post", 422),
    Line("worklists:one", WORKERS, keys=WORKLIST, outside=404),
    Line("worklists:people", WORKERS, keys=WORKLIST, outside=404),
    Line("worklists:download", WORKERS, keys=WORKLIST, outside=404),
    Line("worklists:assign", WORKERS, keys=WORKLIST, outside=404),
    Line("worklists:shares", WORKERS, keys=WORKLIST, outside=404),
    Line("worklists:free", WORKERS, "post", 302, keys=WORKLIST, outside=404),
    Line("worklists:hand_over", WORKERS),
    Line("worklists:again", WORKERS, "post", 302, keys=WORKLIST, outside=404),
    Line("worklists:close", WORKERS, "post", 302, keys=WORKLIST, outside=404),
    Line("worklists:reopen", WORKERS, "post", 302, keys=WORKLIST, outside=404),
    Line("worklists:way", WORKERS, "post", 302, keys=WORKLIST, outside=404),
    # Files that come in: those of one's own ground, for those who work with figures; plans for all who see them
    Line("figures:batches", WORKERS),
    Line("figures:upload", WORKERS),
    Line("figures:sample", WORKERS),
    Line("figures:batch", WORKERS, keys=BATCH, outside=404),
    Line("figures:mapping", WORKERS, ok=302, keys=BATCH, outside=404),
    Line("figures:accept", WORKERS, "post", 302, keys=BATCH, outside=404),
    Line("figures:give_up", WORKERS, "post", 302, keys=BATCH, outside=404),
    Line("figures:undo", WORKERS, ok=302, keys=BATCH, outside=404),
    Line("figures:bad_rows", WORKERS, ok=404, keys=BATCH, outside=404),
    Line("figures:plans"),
    Line("figures:upload_plans", WORKERS),
    Line("figures:plans_sample", WORKERS),
    Line("figures:target", keys=key("target_id", "target"), outside=404),
    # Kept advice: one's own; planners and officers those of their ground
    Line("offers:list", ADVISERS),
    Line("offers:keep", ADVISERS, ok=302),
    Line("offers:one", WORKERS, closed=404, keys=key("advice_id", "advice"), outside=404),
    Line(
        "offers:tell",
        WORKERS,
        "post",
        302,
        closed=404,
        keys=key("advice_id", "advice"),
        outside=404,
    ),
    # Reports: of units whose figures one sees, for those who write them
    Line("reports:report", REPORTERS, query=UNIT_QUERY, outside=404, closed_outside=404),
    Line("reports:docx", REPORTERS, query=UNIT_QUERY, outside=404, closed_outside=404),
    Line("reports:pdf", REPORTERS, query=UNIT_QUERY, outside=404, closed_outside=404),
    Line("reports:xlsx", REPORTERS, query=UNIT_QUERY, outside=404, closed_outside=404),
    # The law: for those who look after its parameters; resolutions of one's own provinces
    Line("law:parameters", LAW_KEEPERS),
    Line("law:csv", LAW_KEEPERS),
    Line("law:xlsx", LAW_KEEPERS),
    Line("law:parameter", LAW_KEEPERS, keys=lambda _world, _side: {"code": "base_salary"}),
    Line("law:supports", LAW_KEEPERS),
    Line("law:support_new", LAW_KEEPERS),
    Line("law:support", LAW_KEEPERS, keys=SUPPORT, outside=404),
    Line("law:support_withdraw", LAW_KEEPERS, "post", 302, keys=SUPPORT, outside=404),
    Line(
        "law:support_decide",
        frozenset({"planner"}),
        "post",
        302,
        keys=SUPPORT,
        outside=404,
    ),
)
