"""A list without numbers from its file to the register: found, asked, decided, run again, taken back."""

import pytest
from tests.accounts.conftest import Country
from tests.administration.people import AT, SYSTEM
from tests.intake.taking_lists import LOAN, MAI, TOAN, Desk, counts_of

from vandong.administration.refusals import Refused
from vandong.documents.models import Batch
from vandong.intake.decisions import decide_pending, undo_decision, waiting_rows
from vandong.intake.kept_lists import kept_problems
from vandong.intake.kinds import ListKind
from vandong.intake.lists import undo_list
from vandong.intake.shapes import ListCounts
from vandong.registry.models import Candidate, PendingRow, Person, PersonPhone
from vandong.web.matching.pairs import chance_in_words, told_row

pytestmark = pytest.mark.django_db

HEADS = ("Họ và tên", "Ngày sinh", "Giới tính", "Điện thoại", "Xã, phường")
HERE, DIVIDED = "Xã Tam Tiến", "Xã Canh Nậu, Huyện Yên Thế, Tỉnh Bắc Giang"
BARE_LOAN = ("Bach Thi Loan", "01/04/1993", "Nữ", "0977000111", HERE)
TURNED_TOAN = ("Toàn Nguyễn Văn", "09/11/1972", "Nam", "", HERE)
STRANGER = ("Vi Văn Sơn", "05/06/1966", "Nam", "", HERE)
DOUBTFUL_MAI = ("Đỗ Mai", "1990", "Nam", "", HERE)


def prospects(desk: Desk, *rows: tuple[str, ...]) -> Batch:
    return desk.taken(rows, kind=ListKind.PROSPECTS, heads=HEADS)


def known(desk: Desk) -> dict[str, Person]:
    desk.taken([LOAN, TOAN, MAI])
    return {person.full_name.split()[-1]: person for person in Person.objects.all()}


def test_damaged_names_find_their_people_and_strangers_are_new(desk: Desk) -> None:
    people = known(desk)
    batch = prospects(desk, BARE_LOAN, TURNED_TOAN, STRANGER)
    assert counts_of(batch) == ListCounts(rows=3, new=1, changed=1, unchanged=1)
    assert Person.objects.count() == 4
    assert PersonPhone.objects.filter(person=people["Loan"], number="0977000111").exists()
    people["Loan"].refresh_from_db()
    assert people["Loan"].full_name == "Bạch Thị Loan"
    undo_list(actor=SYSTEM, batch_id=batch.pk, at=AT)
    assert Person.objects.count() == 3
    assert not PersonPhone.objects.filter(number="0977000111").exists()


def test_the_same_rows_again_change_nothing(desk: Desk) -> None:
    known(desk)
    prospects(desk, BARE_LOAN, TURNED_TOAN, STRANGER)
    again = desk.checked([STRANGER, TURNED_TOAN, BARE_LOAN], kind=ListKind.PROSPECTS, heads=HEADS)
    assert counts_of(again) == ListCounts(rows=3, unchanged=3)


def test_a_doubtful_row_waits_with_its_probability_and_reasons(desk: Desk) -> None:
    people = known(desk)
    batch = prospects(desk, DOUBTFUL_MAI)
    assert counts_of(batch) == ListCounts(rows=1, ambiguous=1)
    row = PendingRow.objects.get()
    assert row.reason == "resembles"
    candidate = Candidate.objects.get()
    assert candidate.person == people["Mai"]
    assert 0.05 < (candidate.probability or 0) < 0.95
    codes = {reason["code"]: reason["speaks"] for reason in candidate.reasons}
    assert codes["link_name_small_word"] == "for"
    assert codes["link_birth_year"] == "for"
    assert codes["link_sex_other"] == "against"
    told = told_row(SYSTEM, row, "vi")
    assert told.is_weighed
    assert told.candidates[0].chance == chance_in_words(candidate.probability, "vi")
    texts = {reason.text: reason.speaks for reason in told.candidates[0].reasons}
    assert texts["khác giới tính"] == "against"


def test_what_a_person_said_stands_when_likeness_says_otherwise(desk: Desk) -> None:
    people = known(desk)
    prospects(desk, DOUBTFUL_MAI)
    decide(PendingRow.objects.get(), people["Mai"].pk)
    namesake = ("H09", "Đỗ Mai", "01/02/1990", "Nam", "Chủ hộ", "001090001111", "0101086111")
    desk.taken([(*namesake, "", "01/01/2026", "31/12/2026")])
    batch = prospects(desk, STRANGER, DOUBTFUL_MAI)
    assert counts_of(batch) == ListCounts(rows=2, new=1, unchanged=1)
    assert not waiting_rows(SYSTEM).exists()
    assert Person.objects.get(personal_id="001090001111").batch_row == 2


def test_somebody_said_to_be_new_is_that_person_the_next_time(desk: Desk) -> None:
    known(desk)
    prospects(desk, DOUBTFUL_MAI)
    made = decide(PendingRow.objects.get(), None)
    assert made.person is not None
    count = Person.objects.count()
    batch = prospects(desk, STRANGER, DOUBTFUL_MAI)
    assert counts_of(batch) == ListCounts(rows=2, new=1, unchanged=1)
    assert Person.objects.count() == count + 1


def test_a_decision_taken_back_is_asked_again(desk: Desk) -> None:
    people = known(desk)
    prospects(desk, DOUBTFUL_MAI)
    row = decide(PendingRow.objects.get(), people["Mai"].pk)
    undo_decision(actor=SYSTEM, pending_id=row.pk, at=AT)
    assert list(waiting_rows(SYSTEM)) == [PendingRow.objects.get()]
    assert counts_of(prospects(desk, STRANGER, DOUBTFUL_MAI)).ambiguous == 1


def test_who_has_a_number_nobody_has_is_new_however_alike(desk: Desk) -> None:
    known(desk)
    heads = (*HEADS, "Số CCCD")
    row = ("Bach Thi Loan", "01/04/1993", "Nữ", "", HERE, "001193005555")
    batch = desk.checked([row], kind=ListKind.PROSPECTS, heads=heads)
    assert counts_of(batch).new == 1


def test_people_of_a_divided_commune_are_known_or_refused(desk: Desk, country: Country) -> None:
    people, here = known(desk), desk.unit_id
    desk.unit_id = country["new_ninh"].pk
    loan = ("Bạch Thị Loan", "01/04/1993", "Nữ", "0977000111", DIVIDED)
    stranger = ("Vi Văn Sơn", "05/06/1966", "Nam", "", DIVIDED)
    batch = prospects(desk, loan, stranger)
    assert counts_of(batch) == ListCounts(rows=2, changed=1, refused=1)
    assert kept_problems(batch.pk)["code"].to_list() == ["list_unit_split"]
    people["Loan"].refresh_from_db()
    assert people["Loan"].unit_today_id == here
    assert batch.options["notes_by_code"]["list_unit_divided"] == 1


def test_a_doubtful_row_of_a_divided_commune_does_not_become_somebody_new(
    desk: Desk, country: Country
) -> None:
    people, here = known(desk), desk.unit_id
    desk.unit_id = country["new_ninh"].pk
    prospects(desk, (*DOUBTFUL_MAI[:4], DIVIDED))
    row = PendingRow.objects.get()
    with pytest.raises(Refused, match="pending_unit_divided"):
        decide(row, None)
    assert decide(row, people["Mai"].pk).person == people["Mai"]
    people["Mai"].refresh_from_db()
    assert people["Mai"].unit_today_id == here


def decide(row: PendingRow, person_id: int | None) -> PendingRow:
    return decide_pending(
        actor=SYSTEM, pending_id=row.pk, version=row.version, person_id=person_id, at=AT
    )
