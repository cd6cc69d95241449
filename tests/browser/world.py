"""One of each thing that a page can show, made quickly: no page is tested empty that has something to say."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate
from tests.browser.register_people import add_register
from tests.figures.factories import bac_giang, make_unit, observe_size, observe_stock, set_target

from vandong.accounts.models import Grant, Member, Organisation, OrganisationArea, User
from vandong.accounts.queries.scope import Actor, actor_for
from vandong.administration.audit_trail import record
from vandong.administration.people import PersonFields, create_person
from vandong.administration.people_changes import open_change
from vandong.advice.citizen import MUST_SAY
from vandong.advice.keeping import keep_advice
from vandong.contacts.models import Advice, Claim, Task, Worklist
from vandong.documents.models import Approval, Batch, LocalSupport
from vandong.jobs.models import Job, JobState
from vandong.jobs.queue import enqueue
from vandong.kernel.names import fold, sort_key
from vandong.law import law_book
from vandong.outreach.door.filled_sheets import add_met_person
from vandong.outreach.payments import record_payment
from vandong.outreach.pricing import Collected
from vandong.outreach.recording import Said, record_contact
from vandong.outreach.worklists import Wanted, make_worklist
from vandong.places.models import Succession, Unit, UnitSet
from vandong.registry.models import Candidate, PendingRow, Person, Receipt

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
CHANGE = date(2025, 7, 1)
PEOPLE = {
    "administrator": "Đỗ Minh Quản",
    "planner": "Nguyễn Thu Kế",
    "officer": "Trần Văn Cán",
    "collector": "Lê Thị Thu",
    "collaborator": "Phạm Văn Cộng",
    "observer": "Vũ Thị Theo",
}
DISTRICTS = (
    ("Huyện Yên Thế", "215", 2010, 2104, 2980),
    ("Huyện Sơn Động", "220", 1790, 1846, 2520),
    ("Huyện Lục Ngạn", "219", 4980, 5207, 6420),
    ("Huyện Việt Yên", "222", 5102, 5480, 5960),
    ("Huyện Lạng Giang", "217", 5555, 5921, 6238),
)


@dataclass
class World:
    """People by role, and the ids of things by kind, for the addresses of pages."""

    people: dict[str, User] = field(default_factory=dict)
    ids: dict[str, object] = field(default_factory=dict)


def make_world() -> World:
    """The province of the Bắc Giang article with districts and plans; its people, offices, jobs and trail."""
    world = World()
    province, heir = _figures(world)
    for role, name in PEOPLE.items():
        world.people[role] = _person(role, name, role, province)
    world.people["nobody"] = _person("moi", "Hồ Văn Mới", None, province)
    world.people["newcomer"] = _person("nguoimoi", "Lý Thị Đầu", "officer", province)
    User.objects.filter(username="nguoimoi").update(must_change_password=True)
    _offices(world, province, heir)
    _jobs(world)
    _law(world, heir)
    _advice(world, heir)
    world.ids |= {"segment_code": "card_expiring", "segment_empty": "landlords"}
    world.ids["segment"] = add_register(heir, world.people["officer"], localdate())
    somebody, other = Person.objects.filter(household__isnull=False).order_by("pk")[:2]
    world.ids |= {"person": somebody.pk, "person_other": other.pk}
    _doubtful_row(world, somebody)
    _worklist(world, heir)
    return world


def _worklist(world: World, unit: Unit) -> None:
    """A list of household cards, one person of which was spoken to."""
    today = localdate()
    actor = actor_for(world.people["officer"], today)
    wanted = Wanted("household_card", "join_si", "door", unit.pk, "Hộ có thẻ BHYT, đợt 1")
    made = make_worklist(actor=actor, wanted=wanted, book=law_book(), on=today, at=AT)
    task = Task.objects.filter(worklist=made).order_by("pk")[0]
    said = Said(uuid4(), task.pk, "door", "declined", AT, reason="no_money")
    record_contact(actor=actor, said=said, on=today, at=AT)
    world.ids["worklist"] = made.pk
    office = Organisation.objects.get(pk=world.ids["office"])
    collector = Member.objects.create(
        organisation=office,
        staff_code="YT-02",
        full_name=PEOPLE["collector"],
        name_fold=fold(PEOPLE["collector"]),
        user=world.people["collector"],
    )
    _results(world, actor, made, collector)
    left = Task.objects.filter(worklist=made, state="open")
    left.update(member=collector)
    world.ids["task"] = left[0].pk


def _results(world: World, actor: Actor, made: Worklist, collector: Member) -> None:
    """One who agreed and waits, one whose money was received: late, with a sign to look at."""
    today = localdate()
    for name in ("Nguyễn Thị Hẹn", "Nguyễn Văn Đủ"):
        fields = PersonFields(full_name=name, unit_id=made.unit_id, address="Số 7 Phố Huế")
        met = create_person(actor=actor, fields=fields, at=AT)
        task = add_met_person(actor=actor, worklist_id=made.pk, person_id=met.pk, at=AT)
        said = Said(uuid4(), task.pk, "door", "agreed_join", AT)
        record_contact(actor=actor, said=said, on=today, at=AT)
    claims = Claim.objects.order_by("pk")
    world.ids["claim"] = claims[0].pk
    claims.filter(pk=claims[0].pk).update(claimed_on=today - timedelta(days=60))
    claims.filter(pk=claims[1].pk).update(claimed_on=today - timedelta(days=9))
    money = Collected(
        collected_on=today - timedelta(days=9),
        covered_from=today.replace(day=1),
        method="3",
        group="other",
        number="0000123",
        income_amount=3_000_000,
    )
    receipt = record_payment(
        actor=actor, claim_id=claims[1].pk, version=1, paid=money, book=law_book(), at=AT, on=today
    ).receipt
    with transaction.atomic():
        change = open_change(actor=actor, action="test", at=AT)
        Receipt.objects.filter(pk=receipt.pk).update(member=collector, change=change)


def _doubtful_row(world: World, person: Person) -> None:
    """A taken-over list with one row that may mean somebody known."""
    batch = Batch.objects.create(
        kind="bhyt_hgd",
        source_text="Danh sách BHYT hộ gia đình tháng 2",
        created_by=world.people["officer"],
        created_at=AT,
        state="committed",
        options={"name": "hgd.csv", "as_of": "2026-03-02"},
    )
    fields = {"full_name": "Trần Quốc Hùng", "birth_on": "1961-03-02", "birth_precision": "day"}
    row = PendingRow.objects.create(
        batch=batch, row=7, reason="other_name", fields=fields | {"personal_id": "001193009540"}
    )
    Candidate.objects.create(pending=row, person=person, rank=1, reasons=[{"code": "personal_id"}])
    world.ids["list"] = batch.pk
    waiting = Batch.objects.create(
        kind="d05",
        source_text="Mẫu của bưu điện",
        created_by=world.people["officer"],
        created_at=AT,
        state="mapping",
        options={
            "name": "d05.xlsx",
            "as_of": "2026-03-02",
            "heads": ["TT", "Tên khách", "Mã"],
            "samples": [["1", "2"], ["Trần Quốc Hùng"], ["0124286402"]],
            "mapping": {"kind": "d05", "signature": "0" * 32, "columns": []},
        },
    )
    world.ids["list_columns"] = waiting.pk


def _figures(world: World) -> tuple[Unit, Unit]:
    province = bac_giang()
    heir = make_unit("Tỉnh Bắc Ninh", "24", valid_from="2025-07-01")
    Succession.objects.create(predecessor=province, successor=heir, on=CHANGE)
    observe_size(province, "labour_force", 1_200_000, "2022-12-31")
    for name, code, base, stock, plan in DISTRICTS:
        unit = make_unit(name, code, "district", parent=province, valid_until="2025-07-01")
        observe_stock(unit, base, "2022-12-31", source_text="Báo cáo tháng của huyện")
        observe_stock(unit, stock, "2023-05-31", source_text="Báo cáo tháng của huyện")
        target = set_target(unit, plan)
        world.ids["target"] = target.pk
    world.ids |= {"unit": province.pk, "heir": heir.pk}
    return province, heir


def _person(username: str, name: str, role: str | None, unit: Unit) -> User:
    user = User.objects.create(username=username, full_name=name, sort_key=sort_key(name))
    if role is not None:
        everywhere = role == "administrator"
        Grant.objects.create(user=user, role=role, unit=None if everywhere else unit, granted_at=AT)
    return user


def _offices(world: World, province: Unit, heir: Unit) -> None:
    name = "BHXH cơ sở Yên Thế"
    office = Organisation.objects.create(
        kind="social_insurance", channel="agency", name=name, name_fold=fold(name)
    )
    for unit in (province, heir):
        OrganisationArea.objects.create(organisation=office, unit=unit)
    member = Member.objects.create(
        organisation=office,
        staff_code="YT-01",
        full_name=PEOPLE["officer"],
        name_fold=fold(PEOPLE["officer"]),
        user=world.people["officer"],
    )
    unit_set = UnitSet.objects.create(name="Xã điểm đợt 1", on=date(2023, 1, 1), note="Theo dõi")
    unit_set.units.add(province)
    world.ids |= {"office": office.pk, "member": member.pk, "unit_set": unit_set.pk}
    world.ids["user"] = world.people["officer"].pk
    actor = Actor(user_id=world.people["administrator"].pk, name=PEOPLE["administrator"])
    record(actor, "user.created", world.people["officer"], None, {"role": "officer"}, AT)


def _jobs(world: World) -> None:
    owner = world.people["planner"]
    states: dict[str, dict[str, object]] = {
        "waiting": {"state": JobState.WAITING},
        "running": {"state": JobState.RUNNING, "done_count": 1234, "total_count": 5000},
        "done": {"state": JobState.DONE, "finished_at": AT + timedelta(minutes=3)},
        "failed": {"state": JobState.FAILED, "finished_at": AT, "error_code": "job_broken"},
    }
    for state, fields in states.items():
        actor = Actor(user_id=owner.pk, name=str(owner))
        job = enqueue("test", {}, "job_running", {}, actor, AT)
        Job.objects.filter(pk=job.pk).update(**fields)
        world.ids[f"job_{state}"] = job.pk


def _law(world: World, province: Unit) -> None:
    """A resolution that waits for the planner, and one that is approved."""
    asker, decider = world.people["administrator"], world.people["planner"]
    for state, group in (("proposed", "other"), ("approved", "poor")):
        row = LocalSupport.objects.create(
            unit=province,
            scheme="bhxh_tn",
            group=group,
            rate="0.2",
            valid_from=date(2026, 1, 1),
            document_number="Nghị quyết 12/2025/NQ-HĐND",
            article="3",
            signed_on=date(2025, 12, 10),
            confidence="unverified",
            check_by="Phòng Chế độ",
            check_on=date(2026, 6, 1),
            note="Số nghị quyết lấy từ báo, chưa đọc văn bản.",
            state=state,
            proposed_at=AT,
        )
        is_approved = state == "approved"
        Approval.objects.create(
            subject_type="documents.localsupport",
            subject_id=str(row.pk),
            asked_by=asker,
            asked_at=AT,
            decided_by=decider if is_approved else None,
            decided_at=AT if is_approved else None,
            approved=True if is_approved else None,
        )
        world.ids["support_approved" if is_approved else "support"] = row.pk
    world.ids |= {"parameter": "poverty_line_rural", "parameter_table": "state_support_rate"}


def _advice(world: World, unit: Unit) -> None:
    """An advice of the collector's, and one of the officer's with everything told."""
    asked = "dang-dong=chua&viec=khong&gioi=nu&thang-sinh=5&nam-sinh=1988&muc=thap-nhat"
    before = Unit.objects.get(code="215")
    for role, told in (("collector", ()), ("officer", MUST_SAY)):
        commune = make_unit(
            "Xã Tam Tiến" if told else "Xã Yên Thế",
            "07264" if told else "07267",
            "commune",
            parent=unit,
            valid_from="2025-07-01",
        )
        Succession.objects.create(predecessor=before, successor=commune, on=CHANGE)
        row = keep_advice(
            actor=actor_for(world.people[role], date(2026, 11, 22)),
            unit=commune,
            given=parse_qs(asked),
            at=AT,
            on=date(2026, 11, 22),
            label="Chị Hoà, thôn Đồng",
        )
        Advice.objects.filter(pk=row.pk).update(told=list(told), told_at=AT if told else None)
        world.ids[f"advice_{role}"] = row.pk
