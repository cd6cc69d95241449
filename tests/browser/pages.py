"""Every page of the site in every state worth looking at. A new page adds its line here.

`test_every_page` opens each line in both languages on a phone and on a desk and looks for faults;
a page of the permission matrix without a line fails it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page as Tab
from tests.api.asked import ASKED
from tests.browser.world import World

ANYBODY = "officer"


@dataclass(frozen=True)
class Page:
    """One page in one state.

    `role` is who opens it (None: a stranger), `keys` and `query` name ids of the world by their name there,
    `plus` is added to the query as it is. `status` is what it answers. `act` does what brings the state about
    (opens a dialog, sends a wrong form). `state` tells two lines of one address apart.
    """

    name: str
    role: str | None = ANYBODY
    state: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    plus: str = ""
    status: int = 200
    act: Callable[[Tab], None] | None = None

    def __str__(self) -> str:
        return f"{self.name} {self.state}".strip() + f" ({self.role or 'stranger'})"

    def key_values(self, world: World) -> dict[str, object]:
        """The parts of the address."""
        return {key: world.ids[kind] for key, kind in self.keys.items()}

    def search(self, world: World) -> str:
        """What follows the address."""
        named = [f"{key}={world.ids[kind]}" for key, kind in self.query.items()]
        wanted = "&".join([*named, *([self.plus] if self.plus else [])])
        return f"?{wanted}" if wanted else ""


def _send_empty(form: str) -> Callable[[Tab], None]:
    def send(tab: Tab) -> None:
        tab.locator(f"{form} button:not([name=language])").last.click()
        tab.wait_for_load_state()

    return send


def _open_first(tab: Tab) -> None:
    tab.locator("main details summary").first.click()


def _refuse_basis(tab: Tab) -> None:
    part = tab.locator("section:has(#can-cu-dau)")
    part.locator("summary").click()
    part.locator("button[type=submit]").click()
    tab.wait_for_load_state()


def _open_explanation(tab: Tab) -> None:
    tab.locator("a.explain").first.click()
    tab.locator("dialog[open]").wait_for()


def _open_menus(tab: Tab) -> None:
    tab.evaluate(
        "() => document.querySelectorAll('main details').forEach((part) => (part.open = true))"
    )


def _press(button: str) -> Callable[[Tab], None]:
    def press(tab: Tab) -> None:
        tab.locator(f"main {button}").first.click()
        tab.wait_for_load_state()

    return press


def _spoil_script(tab: Tab) -> None:
    tab.locator("#mo-dau").fill("")
    tab.locator("main form button[type=submit]").last.click()
    tab.wait_for_load_state()


ADMIN = "administrator"
PLANNER = "planner"
_USER = {"user_id": "user"}
_OFFICE = {"organisation_id": "office"}
_BG = {"don-vi": "unit"}
_THEN = "den=2023-05-31"

_TOLD = "dang-dong=chua&viec=khong&gioi=nu&thang-sinh=5&nam-sinh=1988&muc=thap-nhat"
_FAMILY = "&nguoi=3&nhom-the=ho-gia-dinh&the=lan-dau"

PAGES: tuple[Page, ...] = (
    Page("advice:questions", None, act=_open_menus),
    Page("advice:result", None, plus=f"{_TOLD}{_FAMILY}", act=_open_menus),
    Page("advice:result", None, "not clear", plus=_TOLD.replace("=khong&", "=ho-kd&")),
    Page("advice:result", None, "refused", plus=_TOLD.replace("1988", "2090"), status=422),
    Page("home", "nobody", "without rights"),
    Page("accounts:sign_in", None),
    Page("accounts:sign_in", None, "wrong password", act=_send_empty("main form")),
    Page("accounts:own_password"),
    Page("accounts:own_password", "newcomer", "forced"),
    Page("accounts:own_password", state="refused", act=_send_empty("main form")),
    Page("accounts:users", ADMIN),
    Page("accounts:users", ADMIN, "nothing found", plus="text=zzzz"),
    Page("accounts:users", "collector", "no right", status=403),
    Page("accounts:new_user", ADMIN),
    Page("accounts:new_user", ADMIN, "refused", act=_send_empty("main form")),
    Page("accounts:user", ADMIN, keys=_USER),
    Page("accounts:organisations", ADMIN),
    Page("accounts:new_organisation", ADMIN),
    Page("accounts:organisation", ADMIN, keys=_OFFICE),
    Page("accounts:close_organisation", ADMIN, keys=_OFFICE),
    Page("accounts:members", ADMIN),
    Page("accounts:new_member", ADMIN),
    Page("accounts:member", ADMIN, keys={"member_id": "member"}),
    Page("audit:log", ADMIN),
    Page("jobs:list", PLANNER),
    Page("jobs:list", "observer", "empty"),
    Page("jobs:job", PLANNER, "waiting", keys={"job_id": "job_waiting"}),
    Page("jobs:job", PLANNER, "running", keys={"job_id": "job_running"}),
    Page("jobs:job", PLANNER, "done", keys={"job_id": "job_done"}),
    Page("jobs:job", PLANNER, "failed", keys={"job_id": "job_failed"}),
    Page("places:search"),
    Page("places:search", state="found", plus="tim=yen&ngay=2023-05-31"),
    Page("places:search", state="nothing found", plus="tim=zzzz"),
    Page("places:unit", keys={"unit_id": "unit"}, plus="ngay=2023-05-31"),
    Page("places:unit", state="successor", keys={"unit_id": "heir"}),
    Page("places:sets"),
    Page("places:set", PLANNER, keys={"unit_set_id": "unit_set"}, act=_open_menus),
    Page("places:set_new", PLANNER),
    Page("places:set_new", PLANNER, "refused", act=_send_empty("main form")),
    Page("places:set_edit", PLANNER, keys={"unit_set_id": "unit_set"}),
    Page("board:board", PLANNER, query=_BG, plus=_THEN, act=_open_menus),
    Page("board:board", PLANNER, "explanation", query=_BG, plus=_THEN, act=_open_explanation),
    Page("board:board", PLANNER, "nothing found", query=_BG, plus=f"{_THEN}&tim=zzzz"),
    Page("board:board", PLANNER, "other scheme, empty", plus="che-do=bhtn"),
    Page("board:board", "observer", query=_BG, plus=_THEN),
    Page("board:explanation", PLANNER, query=_BG, plus=f"{_THEN}&so=stock"),
    Page("board:reconciliation", PLANNER, "not counted yet", query=_BG, plus=_THEN),
    Page("board:reconciliation", query={"don-vi": "heir"}, plus="che-do=bhyt_hgd"),
    Page("reports:report", PLANNER, query=_BG, plus=_THEN),
    Page("reports:report", PLANNER, "empty", plus="che-do=bhtn"),
    Page("figures:batches", PLANNER),
    Page("figures:batches", "officer", "of others"),
    Page("figures:upload", PLANNER),
    Page("figures:upload", PLANNER, "refused", act=_send_empty("main form")),
    *(
        Page("figures:batch", PLANNER, state, keys={"batch_id": f"batch_{state}"})
        for state in ("checking", "faulty", "refused", "ready", "stored", "undone")
    ),
    Page("figures:mapping", PLANNER, keys={"batch_id": "batch_mapping"}),
    Page(
        "figures:mapping",
        PLANNER,
        "refused",
        keys={"batch_id": "batch_mapping"},
        act=_send_empty("main form"),
    ),
    Page("figures:undo", PLANNER, keys={"batch_id": "batch_stored"}),
    Page("figures:plans", PLANNER),
    Page("figures:plans", PLANNER, "bad day", plus="ngay=zzz"),
    Page("figures:plans", PLANNER, "nothing found", plus="don-vi=zzzz"),
    Page("figures:upload_plans", PLANNER),
    Page("figures:target", PLANNER, keys={"target_id": "target"}),
    Page("lists:list"),
    Page("lists:list", PLANNER, "page beyond", plus="trang=99"),
    Page("lists:send"),
    Page("lists:send", state="refused", act=_send_empty("main form")),
    Page("lists:one", keys={"batch_id": "list"}),
    Page("lists:one", state="basis refused", act=_refuse_basis, keys={"batch_id": "list"}),
    Page("lists:undo", keys={"batch_id": "list"}),
    Page("lists:columns", keys={"batch_id": "list_columns"}),
    Page("returned:list"),
    Page("returned:list", state="opened", act=_open_first),
    Page("returned:list", PLANNER, "nothing found", plus="tim=khongaitenthe"),
    Page("matching:queue"),
    Page(
        "matching:queue",
        PLANNER,
        "nothing waits",
        plus="danh-sach=00000000-0000-0000-0000-000000000000",
    ),
    Page("people:search"),
    Page("people:search", "collector", "nobody found", plus="tim=zzzz"),
    Page("people:search", state="found", plus="tim=nguyen"),
    Page("people:person", keys={"person_id": "person"}, act=_open_menus),
    Page("people:new"),
    Page("people:new", state="empty form sent", act=_send_empty("main form")),
    Page("people:edit", keys={"person_id": "person"}),
    Page(
        "people:household",
        keys={"person_id": "person"},
        plus="tim=tran+van+binh",
        act=_open_first,
    ),
    Page("people:household", state="nobody", keys={"person_id": "person"}, plus="tim=zzzz"),
    Page("people:twin", keys={"person_id": "person"}),
    Page("people:twin", state="nobody", keys={"person_id": "person"}, plus="tim=zzzz"),
    Page(
        "people:twin",
        state="side by side",
        keys={"person_id": "person"},
        query={"voi": "person_other"},
    ),
    Page("segments:list"),
    Page("segments:list", "collaborator", "nobody yet"),
    Page("segments:list", state="bad day", plus="ngay=zzz"),
    Page("segments:people", keys={"code": "segment_code"}),
    Page("segments:people", state="export", keys={"code": "segment_code"}, act=_open_menus),
    Page("segments:people", state="own", keys={"code": "segment"}, act=_open_menus),
    Page("segments:people", state="nobody", keys={"code": "segment_empty"}),
    Page("segments:new"),
    Page("segments:new", state="refused", act=_send_empty("main form")),
    Page("calls:today", "collector", act=_open_menus),
    Page("calls:today", "collaborator", "no place at work"),
    Page("calls:call", "collector", keys={"task_id": "task"}, act=_open_menus),
    Page("renewals:people", act=_open_menus),
    Page("renewals:funnel", act=_open_menus),
    Page("renewals:rises", plus="loai=tn&sau=01/01/2025"),
    Page("renewals:rises", state="refused", plus="sau=31/02/2027"),
    Page("renewals:people", state="voluntary", plus="loai=tn&nhom=over", act=_open_menus),
    Page("renewals:people", "collaborator", "nobody", plus="ngay=zzz"),
    Page("calls:script"),
    Page("calls:rules", ADMIN),
    Page("calls:script", state="refused", act=_spoil_script),
    Page("calls:verify", None),
    Page("calls:verify", None, "known", plus="ma=YT-02"),
    Page("calls:verify", None, "unknown", plus="ma=zz&lang=en"),
    Page("door:coverage", act=_open_menus),
    Page("door:clusters", keys={"worklist_id": "worklist"}, plus="tim=le"),
    Page("door:sheet", keys={"worklist_id": "worklist"}, plus="cum="),
    Page("door:typing", keys={"worklist_id": "worklist"}, plus="cum="),
    Page("own:mine", "collector", act=_open_menus),
    Page("own:mine", state="no place at work"),
    Page("own:rates", PLANNER),
    Page("own:rates", PLANNER, "refused", act=_send_empty("main form.card-box")),
    Page("results:overview", act=_open_menus),
    Page("results:overview", state="refused", plus="tu=31/02/2026"),
    Page("results:agreed", act=_open_menus),
    Page("results:agreed", state="nothing found", plus="tim=khongaitenthe"),
    Page("results:collect", keys={"claim_id": "claim"}),
    Page(
        "results:collect",
        keys={"claim_id": "claim"},
        state="refused",
        act=_send_empty("main form.card-box"),
    ),
    Page("results:receipts", act=_open_menus),
    Page("results:receipts", "collector", plus="buoc=deliver"),
    Page("worklists:list"),
    Page("worklists:new", plus="nhom=household_card", act=_open_menus),
    Page("worklists:new", state="refused", act=_press(".list-make button")),
    Page("worklists:one", keys={"worklist_id": "worklist"}, act=_open_menus),
    Page("worklists:assign", keys={"worklist_id": "worklist"}, act=_open_menus),
    Page("worklists:hand_over"),
    Page("worklists:people", keys={"worklist_id": "worklist"}),
    Page("gallery", PLANNER),
    Page("offers:list", "collector"),
    Page("offers:list", "officer", "nothing found", plus="tim=zzzz"),
    Page("offers:list", "collaborator", "none yet"),
    Page("offers:keep", "collector", plus=_TOLD),
    Page("offers:one", "collector", keys={"advice_id": "advice_collector"}, act=_open_menus),
    Page("offers:one", "officer", "all told", keys={"advice_id": "advice_officer"}),
    Page("law:parameters", PLANNER, plus="ngay=2026-11-22"),
    Page("law:parameters", PLANNER, "to look at", plus="ngay=2026-11-22&xem=can-xem"),
    Page("law:parameters", ADMIN, "nothing found", plus="tim=zzzz"),
    Page("law:parameters", PLANNER, "bad day", plus="ngay=zzz&xem=khong-tinh-duoc"),
    Page("law:parameter", PLANNER, keys={"code": "parameter"}, plus="ngay=2026-11-22"),
    Page("law:parameter", PLANNER, "table", keys={"code": "parameter_table"}),
    Page("law:supports", PLANNER),
    Page("law:support", PLANNER, "to decide", keys={"support_id": "support"}, act=_open_menus),
    Page("law:support", ADMIN, "own", keys={"support_id": "support"}),
    Page("law:support", PLANNER, "approved", keys={"support_id": "support_approved"}),
    Page("law:support_new", PLANNER),
    Page("law:support_new", PLANNER, "refused", act=_send_empty("main form")),
)

NOT_PAGES = {
    **{
        f"api:{name}": "a document for machines"
        for name in (*ASKED, "openapi-json", "api-root", "nowhere")
    },
    "advice:sheet": "a file",
    "language": "a form's target",
    "healthz": "JSON for machines",
    "accounts:unit_choices": "a part of a form",
    "board:trend": "a part of the board",
    "lists:refused_rows": "a file",
    "segments:count": "a part of the cards",
    "segments:preview": "a part of a form",
    "worklists:home": "leads on",
    "worklists:preview": "a part of a form",
    "worklists:download": "a file",
    "worklists:shares": "a part of a form",
    "board:xlsx": "a file",
    "board:csv": "a file",
    "board:picture": "a file",
    "reports:docx": "a file",
    "reports:pdf": "a file",
    "reports:xlsx": "a file",
    "figures:sample": "a file",
    "figures:plans_sample": "a file",
    "figures:bad_rows": "a file",
    "law:csv": "a file",
    "law:xlsx": "a file",
}
"""Addresses answered by GET that are no whole page, and why."""
