"""Who is due: each band's both ends, nobody who has paid on, the exact next amount, the way to the call."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.accounts.conftest import country
from tests.administration.people import AT, SYSTEM, TODAY
from tests.outreach.lists import known, spell, together
from tests.registry.conftest import Ground, ground

from vandong.accounts.queries.scope import NotAllowed
from vandong.administration.people_changes import open_change
from vandong.administration.refusals import Refused
from vandong.audit.models import AuditEvent
from vandong.contacts.models import Aim, Task
from vandong.law import law_book
from vandong.outreach.renewals.exporting import RenewalExport, export_renewals
from vandong.outreach.renewals.people import Asked, DueLine, due_counts, due_page, due_rows
from vandong.outreach.renewals.worklists import make_renewal_list
from vandong.outreach.segments.bands import Band
from vandong.outreach.segments.conditions import InBand, Rule
from vandong.outreach.segments.people import people_count
from vandong.registry.models import Listing, Person

__all__ = ["country", "ground"]
pytestmark = pytest.mark.django_db
BOOK = law_book()
CARD, SI = "bhyt_hgd", "bhxh_tn"
QUARTER = {"method": "3", "income_amount": 1_500_000}


def lines(ground: Ground, scheme: str, band: Band) -> list[DueLine]:
    return list(due_page(ground.officer, BOOK, Asked(scheme, TODAY), band, at=AT).lines)


def ordered(person: Person, order: int) -> None:
    with transaction.atomic():
        change = open_change(actor=SYSTEM, action="test", at=AT)
        Person.objects.filter(pk=person.pk).update(household_order=order, change=change)


def listed(person: Person, group: str, until: date | None = None) -> None:
    with transaction.atomic():
        open_change(actor=SYSTEM, action="test", at=AT)
        Listing.objects.create(
            person=person, group=group, listed_from=date(2025, 1, 1), listed_until=until
        )


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (61, None),
        (60, Band.MONTH_AFTER),
        (31, Band.MONTH_AFTER),
        (30, Band.MONTH),
        (8, Band.MONTH),
        (7, Band.WEEK),
        (1, Band.WEEK),
        (0, Band.OVER),
        (-80, Band.OVER),
        (-81, Band.LAST_DAYS),
        (-88, Band.LAST_DAYS),
        (-89, None),
    ],
)
def test_a_card_stands_in_the_band_of_its_days(
    ground: Ground, days: int, band: Band | None
) -> None:
    spell(known(ground, "Lê Thị Mai"), CARD, days)
    found = {one.band for one in due_counts(ground.officer, BOOK, CARD, TODAY)}
    assert found == ({band} if band else set())
    for one in Band:
        count = people_count(ground.officer, Rule((InBand(CARD, one),)), BOOK, TODAY)
        assert count == len(lines(ground, CARD, one)) == (one is band)


def test_voluntary_insurance_goes_by_the_window_of_its_method(ground: Ground) -> None:
    ended = (date(2026, 1, 1) - TODAY).days
    for name, method in (("Tháng", "1"), ("Quý", "3"), ("Nửa năm", "6"), ("Năm", "12")):
        spell(known(ground, name), SI, ended, method=method, income_amount=1_500_000)
    over = {one.line.full_name: one for one in lines(ground, SI, Band.OVER)}
    assert set(over) == {"Quý", "Nửa năm", "Năm"}
    assert over["Quý"].row.due_on == date(2026, 3, 31)
    assert over["Nửa năm"].row.due_on == date(2026, 4, 30)
    assert over["Năm"].row.due_on == date(2026, 7, 31)
    late = due_rows(ground.officer, BOOK, Asked(SI, date(2026, 3, 24)), [Band.LAST_DAYS])
    assert [(row.due_on, row.days_left) for row in late] == [(date(2026, 3, 31), 7)]
    assert not due_rows(ground.officer, BOOK, Asked(SI, date(2026, 3, 23)), [Band.LAST_DAYS])


def test_who_has_paid_beyond_is_not_due(ground: Ground) -> None:
    person = known(ground, "Đã đóng")
    spell(person, CARD, 5)
    spell(person, CARD, 400, covered_from=TODAY + timedelta(days=20))
    assert due_counts(ground.officer, BOOK, CARD, TODAY) == ()
    assert people_count(ground.officer, Rule((InBand(CARD, Band.WEEK),)), BOOK, TODAY) == 0


def test_a_quarter_is_paid_less_the_state_support(ground: Ground) -> None:
    spell(known(ground, "Thường"), SI, 5, **QUARTER)
    poor, was_poor = known(ground, "Nghèo"), known(ground, "Hết nghèo")
    spell(poor, SI, 5, **QUARTER)
    listed(poor, "poor")
    spell(was_poor, SI, 5, support_group="poor", **QUARTER)
    listed(was_poor, "poor", TODAY)
    spell(known(ground, "Chưa rõ"), SI, 5)
    found = {one.line.full_name: one.payment for one in lines(ground, SI, Band.WEEK)}
    # 3 × 22% × 1.500.000 = 990.000; of each month the State pays 22% × 1.500.000 × 20% (poor: 50%).
    assert found["Thường"].amount == 792_000
    assert found["Nghèo"].amount == 495_000
    assert found["Hết nghèo"].amount == 792_000
    assert (found["Thường"].first_on, found["Thường"].last_on) == (
        date(2026, 3, 1),
        date(2026, 5, 31),
    )
    assert found["Chưa rõ"].problem == "renewal_terms_unknown"


def test_an_income_below_the_floor_is_paid_at_the_floor(ground: Ground) -> None:
    spell(known(ground, "Mức cũ"), SI, 5, method="1", income_amount=700_000)
    [one] = lines(ground, SI, Band.WEEK)
    assert (one.payment.amount, one.payment.must_choose) == (264_000, True)


def test_cards_cost_by_the_order_in_the_household(ground: Ground) -> None:
    people = [known(ground, name) for name in ("Một", "Hai", "Ba", "Không rõ")]
    together(ground, *people)
    for order, person in enumerate(people[:3], start=1):
        ordered(person, order)
    alone, near = known(ground, "Một mình"), known(ground, "Cận nghèo")
    for one in (alone, near):
        together(ground, one)
    listed(near, "near_poor")
    for person in (*people, alone, near):
        spell(person, CARD, 5)
    found = {one.line.full_name: one.payment for one in lines(ground, CARD, Band.WEEK)}
    # 12 × 4,5% × 2.340.000 = 1.263.600, then 70% and 60% of it; near poor: the State pays 70%.
    assert found["Một"].amount == found["Một mình"].amount == 1_263_600
    assert found["Hai"].amount == 884_520
    assert found["Ba"].amount == 758_160
    assert found["Cận nghèo"].amount == 379_080
    assert found["Không rõ"].problem == "renewal_order_unknown"
    assert found["Một"].first_on == TODAY + timedelta(days=5)


def test_pages_ask_alike_for_one_and_many(ground: Ground) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            due_page(ground.officer, BOOK, Asked(CARD, TODAY), Band.WEEK, at=AT)
        return len(seen)

    spell(known(ground, "Một"), CARD, 5)
    asked()  # what is looked up once for all is looked up now
    one = asked()
    for name in ("Hai", "Ba", "Bốn"):
        spell(known(ground, name), CARD, 5)
    assert asked() == one


def test_pages_follow_one_another(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    for days in (3, 1, 2, 2, 3):
        spell(known(ground, f"Còn {days}"), CARD, days)
    monkeypatch.setattr("vandong.outreach.renewals.people.ON_A_PAGE", 2)
    asked, seen, after = Asked(CARD, TODAY), [], ""
    for _turn in range(3):
        page = due_page(ground.officer, BOOK, asked, Band.WEEK, at=AT, after=after)
        seen += [one.row.due.person_id for one in page.lines]
        after = page.following
    assert after == ""
    assert seen == [one.due.person_id for one in due_rows(ground.officer, BOOK, asked, [Band.WEEK])]
    assert len(set(seen)) == 5


def test_collectors_see_their_own_people_alone(ground: Ground) -> None:
    own, other = ground.member(ground.collector), ground.member(ground.other_collector)
    for member in (own, other):
        person = known(ground, member.full_name)
        spell(person, CARD, 5)
        with transaction.atomic():
            change = open_change(actor=SYSTEM, action="test", at=AT)
            Person.objects.filter(pk=person.pk).update(member=member, change=change)
    page = due_page(ground.collector, BOOK, Asked(CARD, TODAY), Band.WEEK, at=AT)
    assert [one.line.full_name for one in page.lines] == [own.full_name]
    narrowed = Asked(CARD, TODAY, member_id=other.pk)
    assert [row.member_id for row in due_rows(ground.officer, BOOK, narrowed, [Band.WEEK])] == [
        other.pk
    ]
    with pytest.raises(NotAllowed):
        due_counts(ground.observer, BOOK, CARD, TODAY)


def test_one_tap_makes_the_list_and_the_call_goes_on_there(ground: Ground) -> None:
    person = known(ground, "Lê Thị Mai")
    spell(person, CARD, 5)
    spell(known(ground, "Còn lâu"), CARD, 40)
    [before] = lines(ground, CARD, Band.WEEK)
    assert before.task is None
    asked = Asked(CARD, TODAY, unit=ground.here)
    made = make_renewal_list(
        actor=ground.officer, asked=asked, band=Band.WEEK, book=BOOK, title="Thẻ", at=AT
    )
    assert (made.aim, made.segment) == (Aim.RENEW_CARD, "due_bhyt_hgd_week")
    assert made.name == f"Thẻ, {ground.here.name}, 02/03/2026"
    assert [task.person_id for task in Task.objects.filter(worklist=made)] == [person.pk]
    [after] = lines(ground, CARD, Band.WEEK)
    assert after.task is not None
    assert after.task.may_call
    with pytest.raises(Refused):
        make_renewal_list(
            actor=ground.officer, asked=asked, band=Band.WEEK, book=BOOK, title="Thẻ", at=AT
        )


def test_the_file_carries_amounts_and_covers_numbers(ground: Ground) -> None:
    person = known(ground, "Lê Thị Mai", phones=("0912345678",))
    spell(person, CARD, 5)
    together(ground, person)
    wanted = RenewalExport(Asked(CARD, TODAY), Band.WEEK, "Thẻ", "Gọi nhắc gia hạn", False)
    made = export_renewals(actor=ground.officer, wanted=wanted, book=BOOK, lang="vi", at=AT)
    sheet = load_workbook(BytesIO(made.content)).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert (rows[-1][7], rows[-1][9], rows[-1][10]) == ("06/03/2026", "12", "1.263.600")
    assert "0912345678" not in str(rows)
    assert AuditEvent.objects.latest("pk").action == "people.exported.viewed"
    short = RenewalExport(Asked(CARD, TODAY), Band.WEEK, "Thẻ", "gọi", False)
    with pytest.raises(Refused):
        export_renewals(actor=ground.officer, wanted=short, book=BOOK, lang="vi", at=AT)
