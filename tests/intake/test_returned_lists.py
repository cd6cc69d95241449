"""Files that the agency sent back, told by a list: payments are marked, doubts wait, all is undone."""

from datetime import date

import pytest
from tests.administration.people import AT, SYSTEM
from tests.intake.taking_lists import HOUSEHOLD_HEADS, LOAN, MAI, TOAN, Desk, changed, counts_of

from vandong.administration.refusals import Refused
from vandong.documents.models import Batch
from vandong.intake.decisions import decide_pending, undo_decision
from vandong.intake.kinds import ListKind
from vandong.intake.lists import undo_list
from vandong.registry.models import PendingRow, Person, Receipt

pytestmark = pytest.mark.django_db

PAID = (
    *HOUSEHOLD_HEADS,
    "Số biên lai",
    "Ngày biên lai",
    "Số tiền",
    "Ngày nộp cơ quan BHXH",
    "Ngày tiếp nhận",
)
BACK = ("Họ và tên", "Ngày sinh", "Số CCCD", "Số biên lai", "Lý do", "Ngày trả lại")
REASON = "Sai ngày sinh so với CCCD"


def paid(
    row: tuple[str, ...], number: str, on: str = "05/01/2026", accepted: str = ""
) -> tuple[str, ...]:
    return (*row, number, on, "1.263.600", on, accepted)


def back(
    row: tuple[str, ...], number: str = "", reason: str = REASON, on: str = "20/02/2026"
) -> tuple[str, ...]:
    return (row[1], row[2], row[5], number, reason, on)


def receipt(number: str) -> Receipt:
    return Receipt.objects.get(number=number)


@pytest.fixture
def paying(desk: Desk) -> Desk:
    rows = [paid(LOAN, "11"), paid(TOAN, "12"), paid(MAI, "13", accepted="10/01/2026")]
    desk.taken(rows, heads=PAID)
    return desk


def returned(desk: Desk, *rows: tuple[str, ...]) -> Batch:
    return desk.taken(rows, kind=ListKind.RETURNED, heads=BACK)


def test_a_file_sent_back_is_work_and_tells_nothing_else_of_the_person(paying: Desk) -> None:
    wrong = changed(LOAN, name="Bạch Thị Loan", born="01/04/1994")
    batch = returned(paying, back(wrong, "11"), back(TOAN, "12", reason=""))
    counts = counts_of(batch)
    assert (counts.changed, counts.unchanged, counts.new) == (1, 1, 0)
    loan = receipt("11")
    assert (loan.returned_on, loan.return_reason) == (date(2026, 2, 20), REASON)
    assert receipt("12").returned_on is None
    assert loan.person.birth_on == date(1993, 4, 1)
    assert Person.objects.count() == 3


def test_without_a_number_the_last_payment_that_is_not_accepted_is_meant(paying: Desk) -> None:
    paying.taken([paid(LOAN, "21", on="06/02/2026"), paid(LOAN, "22", on="25/02/2026")], heads=PAID)
    returned(paying, back(LOAN))
    # Number 22 was paid after the file came back.
    assert receipt("21").returned_on == date(2026, 2, 20)
    assert receipt("11").returned_on is None
    assert receipt("22").returned_on is None


def test_the_same_list_again_brings_nothing(paying: Desk) -> None:
    returned(paying, back(LOAN, "11"))
    again = paying.checked(
        [back(LOAN, "11"), back(TOAN, "12", reason="")], kind=ListKind.RETURNED, heads=BACK
    )
    assert counts_of(again).unchanged == 2


def test_nobody_known_and_nothing_paid_wait_for_a_person(paying: Desk) -> None:
    stranger = changed(LOAN, name="Vũ Văn Lạ", personal_id="001088001122", born="01/01/1988")
    batch = returned(paying, back(stranger, "99"), back(MAI, "13"))
    assert counts_of(batch).ambiguous == 2
    reasons = dict(PendingRow.objects.values_list("fields__full_name", "reason"))
    assert reasons == {"Vũ Văn Lạ": "returned_unknown", "Đỗ Thị Mai": "returned_unpaid"}
    assert Person.objects.count() == 3


def test_a_person_says_whose_file_it_is_and_takes_it_back(paying: Desk) -> None:
    stranger = changed(LOAN, name="Bạch Loan", personal_id="001088001122", born="01/01/1988")
    returned(paying, back(stranger, "11"))
    row = PendingRow.objects.get()
    loan = Person.objects.get(personal_id=LOAN[5])
    mai = Person.objects.get(personal_id=MAI[5])
    for person_id in (mai.pk, None):
        with pytest.raises(Refused) as told:
            decide(row, person_id)
        assert told.value.findings[0].code == "pending_returned_unpaid"
    decide(row, loan.pk)
    assert receipt("11").return_reason == REASON
    loan.refresh_from_db()
    assert (loan.full_name, loan.personal_id) == ("Bạch Thị Loan", LOAN[5])
    undo_decision(actor=SYSTEM, pending_id=row.pk, at=AT)
    assert receipt("11").returned_on is None


def decide(row: PendingRow, person_id: int | None) -> None:
    row.refresh_from_db()
    decide_pending(actor=SYSTEM, pending_id=row.pk, version=row.version, person_id=person_id, at=AT)


def test_undone_the_payments_are_as_they_were(paying: Desk) -> None:
    batch = returned(paying, back(LOAN, "11"), back(TOAN, "12"))
    undo_list(actor=SYSTEM, batch_id=batch.pk, at=AT)
    assert not Receipt.objects.filter(returned_on__isnull=False).exists()
    assert set(Receipt.objects.values_list("return_reason", flat=True)) == {""}


def test_a_later_list_that_shows_it_accepted_ends_the_work(paying: Desk) -> None:
    returned(paying, back(LOAN, "11"))
    paying.taken([paid(LOAN, "11", accepted="15/01/2026"), paid(TOAN, "31")], heads=PAID)
    # Accepted before it came back: an old list, the file still waits.
    assert (receipt("11").returned_on, receipt("11").accepted_on) == (date(2026, 2, 20), None)
    paying.taken([paid(LOAN, "11", accepted="01/03/2026")], heads=PAID)
    assert (receipt("11").returned_on, receipt("11").return_reason) == (None, "")
    assert receipt("11").accepted_on == date(2026, 3, 1)
