"""Lists from file to register and back: who is meant, what changes, what waits, what is taken back."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.administration.people import AT, SYSTEM, TODAY, as_actor, someone
from tests.intake.taking_lists import LOAN, MAI, TOAN, Desk, changed, counts_of

from vandong.accounts.models import Role
from vandong.accounts.queries.scope import NotAllowed, NotVisible
from vandong.administration.people_merging import merge_persons
from vandong.administration.refusals import Refused
from vandong.contacts.models import Aim, Task, Worklist
from vandong.documents.models import BatchState
from vandong.intake.kinds import ListKind
from vandong.intake.list_reading import list_summary, visible_lists
from vandong.intake.lists import (
    accept_list,
    commit_list,
    drop_list,
    refused_rows_file,
    undo_list,
)
from vandong.intake.shapes import ListCounts
from vandong.registry.models import (
    Candidate,
    Change,
    Household,
    Listing,
    Participation,
    PendingRow,
    PendingState,
    Person,
    PersonPhone,
    Receipt,
)

pytestmark = pytest.mark.django_db


def person(personal_id: str) -> Person:
    return Person.objects.get(personal_id=personal_id, merged_into=None)


def test_a_household_list_brings_people_households_phones_and_cards(desk: Desk) -> None:
    batch = desk.taken([LOAN, TOAN, MAI])
    assert counts_of(batch).new == 3
    loan = person("001193009540")
    assert (loan.full_name, loan.sex, loan.relation) == ("Bạch Thị Loan", "F", "head")
    assert loan.household.code == "H01"
    assert person("001072263582").household_id == loan.household_id
    spell = Participation.objects.get(person=loan)
    # The last day on the card is covered: what follows it no more.
    assert (spell.scheme, spell.covered_until) == ("bhyt_hgd", date(2027, 1, 28))
    assert set(PersonPhone.objects.values_list("number", flat=True)) == {"0388729432", "0912345678"}
    assert Change.objects.filter(batch=batch).count() == 1


def test_the_same_file_again_says_so_and_changes_nothing(desk: Desk) -> None:
    first = desk.taken([LOAN, TOAN])
    versions = list(Person.objects.order_by("pk").values_list("version", flat=True))
    desk.number = 0
    again = desk.checked([LOAN, TOAN])
    assert again.options["same_as"] == str(first.pk)
    counts = counts_of(again)
    assert (counts.new, counts.changed, counts.unchanged) == (0, 0, 2)
    with pytest.raises(Refused) as refused:
        accept_list(actor=SYSTEM, batch_id=again.pk, at=AT)
    assert refused.value.findings[0].code == "batch_nothing_new"
    assert list(Person.objects.order_by("pk").values_list("version", flat=True)) == versions


def test_a_check_writes_nothing_and_counts_what_will_be(desk: Desk) -> None:
    batch = desk.checked([LOAN, changed(TOAN, born="31/02/1972")])
    assert batch.state == BatchState.CHECKED
    counts = counts_of(batch)
    assert (counts.rows, counts.new, counts.refused) == (2, 1, 1)
    assert not Person.objects.exists()
    shown = list_summary(SYSTEM, batch.pk).examples
    assert [(one.outcome, one.name) for one in shown] == [("new", "Bạch Thị Loan")]
    assert "001193009540" not in str(shown)


def test_the_file_of_refused_rows_holds_them_and_no_others(desk: Desk) -> None:
    batch = desk.checked([LOAN, changed(TOAN, born="31/02/1972")])
    from vandong.sheets import open_table

    table = open_table(refused_rows_file(actor=SYSTEM, batch_id=batch.pk), "loi.xlsx")
    rows = [row.cells for row in table.rows()]
    assert len(rows) == 1
    assert "Nguyễn Văn Toàn" in rows[0]


def test_a_later_list_prolongs_a_card_and_never_blanks_what_is_known(desk: Desk) -> None:
    desk.taken([LOAN])
    later = changed(LOAN, phone="", born="1993", starts="28/01/2027", through="27/01/2028", si="")
    counts = counts_of(desk.taken([later]))
    assert (counts.changed, counts.new) == (1, 0)
    loan = person("001193009540")
    assert (loan.birth_on, loan.birth_precision) == (date(1993, 4, 1), "day")
    assert loan.si_number == "0124286402"
    assert loan.phones.count() == 1
    spell = Participation.objects.get(person=loan)
    assert (spell.covered_from, spell.covered_until) == (date(2026, 1, 28), date(2028, 1, 28))


def test_a_gap_between_cards_begins_another_spell(desk: Desk) -> None:
    desk.taken([LOAN])
    desk.taken([changed(LOAN, starts="01/06/2027", through="31/05/2028")])
    assert Participation.objects.filter(person=person("001193009540")).count() == 2


def test_both_schemes_of_one_person_stand_beside_each_other(desk: Desk) -> None:
    desk.taken([LOAN])
    heads = (
        "Họ và tên",
        "Mã số BHXH",
        "Số CCCD",
        "Phương thức",
        "Mức thu nhập",
        "Từ tháng",
        "Số tháng",
    )
    row = ("Bạch Thị Loan", "0124286402", "001193009540", "6", "3000000", "01/2026", "6")
    counts = counts_of(desk.taken([row], kind=ListKind.BHXH_TN, heads=heads))
    assert (counts.changed, counts.new) == (1, 0)
    spells = Participation.objects.filter(person=person("001193009540"))
    assert set(spells.values_list("scheme", flat=True)) == {"bhyt_hgd", "bhxh_tn"}


def test_numbers_that_lead_to_two_people_wait_and_overwrite_nobody(desk: Desk) -> None:
    desk.taken([LOAN, MAI])
    crossed = changed(LOAN, si="0101086999")
    counts = counts_of(desk.taken([crossed]))
    assert (counts.ambiguous, counts.changed, counts.new) == (1, 0, 0)
    waiting = PendingRow.objects.get()
    assert waiting.reason == "two_people"
    assert {one.person.full_name for one in waiting.candidates.all()} == {
        "Bạch Thị Loan",
        "Đỗ Thị Mai",
    }
    assert person("001193009540").si_number == "0124286402"


def test_a_number_under_quite_another_name_waits(desk: Desk) -> None:
    desk.taken([LOAN])
    other = changed(LOAN, name="Trần Quốc Hùng", born="02/03/1961", sex="Nam", si="")
    counts = counts_of(desk.taken([other]))
    assert counts.ambiguous == 1
    assert PendingRow.objects.get().reason == "other_name"


def test_a_row_without_numbers_is_who_has_its_name_birth_and_commune(desk: Desk) -> None:
    desk.taken([LOAN])
    bare = changed(LOAN, personal_id="", si="", starts="28/01/2027", through="27/01/2028")
    counts = counts_of(desk.taken([bare]))
    assert (counts.changed, counts.new, counts.ambiguous) == (1, 0, 0)


def test_one_si_number_for_two_new_people_waits(desk: Desk) -> None:
    twice = changed(LOAN, personal_id="001193777777")
    counts = counts_of(desk.taken([LOAN, twice]))
    assert counts.ambiguous == 2
    assert not Person.objects.exists()


def test_a_row_that_was_looked_at_before_is_not_asked_again(desk: Desk) -> None:
    desk.taken([LOAN, MAI])
    crossed = changed(LOAN, si="0101086999")
    desk.taken([crossed])
    row = PendingRow.objects.get()
    row.state, row.person, row.decided_at = PendingState.SAME, person("001193009540"), AT
    row.save()
    counts = counts_of(desk.checked([crossed, TOAN]))
    assert (counts.ambiguous, counts.unchanged, counts.new) == (0, 1, 1)


def test_the_same_doubt_is_kept_once(desk: Desk) -> None:
    desk.taken([LOAN, MAI])
    crossed = changed(LOAN, si="0101086999")
    desk.taken([crossed])
    desk.taken([crossed, TOAN])
    assert PendingRow.objects.count() == 1


def test_a_row_that_waits_is_nobody_new_meanwhile(desk: Desk) -> None:
    known = desk.taken([LOAN])
    namesake = changed(LOAN, personal_id="", si="", phone="", household="", born="05/09/1993")
    assert counts_of(desk.taken([namesake, MAI])).ambiguous == 1
    undo_list(actor=SYSTEM, batch_id=known.pk, at=AT)
    counts = counts_of(desk.checked([namesake, TOAN]))
    assert (counts.ambiguous, counts.new) == (1, 1)


def test_a_number_of_a_merged_record_leads_to_who_was_kept(desk: Desk) -> None:
    heads = ("person_id", "full_name", "birth_on", "sex", "personal_id")
    rows = [
        ("P1", "Bạch Thị Loan", "1993-04-01", "F", "001193009540"),
        ("P2", "Bạch Thị Loan", "1993-01-04", "F", "001193001234"),
    ]
    desk.taken(rows, kind=ListKind.PERSONS, heads=heads)
    loan, gone = person("001193009540"), person("001193001234")
    merge_persons(
        actor=SYSTEM,
        kept_id=loan.pk,
        gone_id=gone.pk,
        kept_version=loan.version,
        reason="Một người",
        at=AT,
    )
    again = changed(LOAN, personal_id="001193001234", si="")
    assert counts_of(desk.taken([again])).changed == 1
    assert Participation.objects.get().person_id == loan.pk


def test_a_household_without_a_code_gets_it_from_the_list_of_those_who_live_there(
    desk: Desk,
) -> None:
    heads = ("person_id", "full_name", "birth_on", "sex", "personal_id", "household_id", "relation")
    rows = [
        ("P1", "Bạch Thị Loan", "1993-04-01", "F", "001193009540", "K1", "head"),
        ("P2", "Nguyễn Văn Toàn", "1972-09-11", "M", "001072263582", "K1", "spouse"),
        ("P3", "Nguyễn An", "2015-09-11", "M", "001215263582", "K1", "child"),
    ]
    desk.taken(rows, kind=ListKind.PERSONS, heads=heads)
    desk.taken([LOAN, TOAN])
    household = Household.objects.get()
    assert household.code == "H01"
    assert Person.objects.filter(household=household).count() == 3
    again = desk.checked(
        [*rows, ("P4", "Bé", "2025-01-01", "F", "", "K1", "child")],
        kind=ListKind.PERSONS,
        heads=heads,
    )
    counts = counts_of(again)
    assert (counts.unchanged, counts.new) == (3, 1)


def test_one_head_a_household_whoever_else_says_so(desk: Desk) -> None:
    desk.taken([LOAN])
    desk.taken([changed(TOAN, relation="Chủ hộ"), changed(LOAN, phone="0911111111")])
    heads = Person.objects.filter(relation="head", household__code="H01")
    assert [one.full_name for one in heads] == ["Bạch Thị Loan"]


def test_a_household_changes_its_head_in_one_step(desk: Desk) -> None:
    desk.taken([LOAN, TOAN, MAI])
    rows = [
        changed(LOAN, relation="Vợ"),
        changed(TOAN, relation="Chủ hộ"),
        changed(MAI, household="H01", relation="Con"),
        changed(LOAN, household="H02", name="Lê An", personal_id="001090111111", si="", sex="Nam"),
    ]
    batch = desk.taken(rows)
    heads = Person.objects.filter(relation="head").order_by("household__code")
    assert [one.full_name for one in heads] == ["Nguyễn Văn Toàn", "Lê An"]
    again = counts_of(desk.checked(rows))
    assert (again.new, again.changed, again.unchanged) == (0, 0, 4)
    undo_list(actor=SYSTEM, batch_id=batch.pk, at=AT)
    assert [one.full_name for one in heads.all()] == ["Bạch Thị Loan", "Đỗ Thị Mai"]


RECEIPTS = (
    *("person_id", "scheme", "book", "number", "paid_on", "covers_from", "covers_until"),
    *("gross_amount", "pay_amount", "state_support_amount"),
)
PAID = (
    *("P1", "bhxh_tn", "BL1", "0000351", "2026-01-04", "2026-01-01", "2026-07-01"),
    *("1980000", "1584000", "396000"),
)


def with_a_payer(desk: Desk) -> None:
    """One person with a voluntary spell, by the keys of a whole register."""
    people = (
        "person_id",
        "full_name",
        "birth_on",
        "sex",
        "personal_id",
        "household_id",
        "relation",
    )
    desk.taken(
        [("P1", "Bạch Thị Loan", "1993-04-01", "F", "001193009540", "K1", "head")],
        kind=ListKind.PERSONS,
        heads=people,
    )
    spells = ("person_id", "scheme", "valid_from", "valid_until", "method", "income_amount")
    desk.taken(
        [("P1", "bhxh_tn", "2026-01-01", "2026-07-01", "6", "1500000")],
        kind=ListKind.PARTICIPATION,
        heads=spells,
    )


def receipt_counts(desk: Desk, *rows: tuple[str, ...]) -> ListCounts:
    return counts_of(desk.taken(rows, kind=ListKind.RECEIPTS, heads=RECEIPTS))


def test_files_of_a_whole_register_go_in_by_their_keys(desk: Desk) -> None:
    with_a_payer(desk)
    assert receipt_counts(desk, PAID).new == 1
    receipt = Receipt.objects.get()
    assert (receipt.total_amount, receipt.participation.scheme) == (1_980_000, "bhxh_tn")
    again = desk.checked([PAID, PAID], kind=ListKind.RECEIPTS, heads=RECEIPTS)
    assert counts_of(again).unchanged == 2


@pytest.mark.parametrize("is_numbered_first", [True, False])
def test_one_payment_told_with_and_without_its_number_is_one_receipt(
    desk: Desk, is_numbered_first: bool
) -> None:
    with_a_payer(desk)
    bare = (*PAID[:2], "", "", *PAID[4:])
    first, second = (PAID, bare) if is_numbered_first else (bare, PAID)
    assert receipt_counts(desk, first).new == 1
    found = counts_of(desk.checked([second], kind=ListKind.RECEIPTS, heads=RECEIPTS))
    assert (found.new, found.unchanged) == ((0, 1) if is_numbered_first else (1, 0))
    if not is_numbered_first:
        receipt_counts(desk, second)
    receipt = Receipt.objects.get()
    assert (receipt.book, receipt.number) == ("BL1", "0000351")


def test_two_payments_of_one_day_for_two_periods_stay_two(desk: Desk) -> None:
    with_a_payer(desk)
    bare = (*PAID[:2], "", "", *PAID[4:])
    later = (*bare[:5], "2026-07-01", "2027-01-01", *bare[7:])
    receipt_counts(desk, PAID, later)
    assert Receipt.objects.count() == 2


def test_a_file_that_refers_to_people_needs_them_first(desk: Desk) -> None:
    spells = ("person_id", "scheme", "valid_from", "valid_until")
    with pytest.raises(Refused) as refused:
        desk.checked(
            [("P1", "bhxh_tn", "2026-01-01", "2026-07-01")],
            kind=ListKind.PARTICIPATION,
            heads=spells,
        )
    assert refused.value.findings[0].code == "list_persons_first"


def test_a_poor_list_keeps_who_is_listed(desk: Desk) -> None:
    heads = ("Mã hộ", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Quan hệ với chủ hộ")
    desk.taken(
        [("H9", "Bạch Thị Loan", "01/04/1993", "Nữ", "001193009540", "Chủ hộ")],
        kind=ListKind.POOR,
        heads=heads,
    )
    assert Listing.objects.get().person.full_name == "Bạch Thị Loan"


def test_undone_as_one_step_what_was_changed_since_stays_and_is_told(desk: Desk) -> None:
    desk.taken([LOAN])
    before = Person.objects.values().get()
    batch = desk.taken([changed(LOAN, phone="0911111111", through="27/01/2028"), TOAN, MAI])
    desk.taken([changed(MAI, phone="0933333333")])
    done = undo_list(actor=SYSTEM, batch_id=batch.pk, at=AT, reason="gửi nhầm")
    assert done.removed["person"] == 1
    assert done.left["person"] == 1
    assert set(Person.objects.values_list("full_name", flat=True)) == {
        "Bạch Thị Loan",
        "Đỗ Thị Mai",
    }
    after = Person.objects.filter(full_name="Bạch Thị Loan").values().get()
    moving = {"change_id", "version", "batch_row"}
    assert {k: v for k, v in after.items() if k not in moving} == {
        k: v for k, v in before.items() if k not in moving
    }
    loan = Person.objects.get(full_name="Bạch Thị Loan")
    assert Participation.objects.get(person=loan).covered_until == date(2027, 1, 28)
    assert [one.number for one in loan.phones.all()] == ["0388729432"]
    with pytest.raises(Refused):
        undo_list(actor=SYSTEM, batch_id=batch.pk, at=AT)


def test_who_was_approached_since_is_not_taken_back(desk: Desk) -> None:
    batch = desk.taken([LOAN, TOAN])
    loan = person(LOAN[5])
    worklist = Worklist.objects.create(
        name="Hộ có thẻ",
        aim=Aim.JOIN_SI,
        rule={},
        ranking={},
        on=TODAY,
        unit_id=desk.unit_id,
        made_at=AT,
    )
    Task.objects.create(worklist=worklist, person=loan, hold_key=f"p{loan.pk}")
    done = undo_list(actor=SYSTEM, batch_id=batch.pk, at=AT)
    assert (done.removed["person"], done.left["person"]) == (1, 1)
    assert Person.objects.get() == loan
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.create(worklist=worklist, person_id=loan.pk + 1000, hold_key="p0")


def test_who_a_row_may_have_meant_goes_with_the_list_that_brought_them(desk: Desk) -> None:
    batch = desk.taken([LOAN, MAI])
    desk.taken([changed(LOAN, si="0101086999")])
    assert Candidate.objects.count() == 2
    undo_list(actor=SYSTEM, batch_id=batch.pk, at=AT)
    assert not Person.objects.exists()
    assert not Candidate.objects.exists()
    assert PendingRow.objects.get().state == PendingState.WAITING


def test_undo_withdraws_rows_that_still_wait(desk: Desk) -> None:
    desk.taken([LOAN, MAI])
    batch = desk.taken([changed(LOAN, si="0101086999")])
    undo_list(actor=SYSTEM, batch_id=batch.pk, at=AT)
    assert PendingRow.objects.get().state == PendingState.WITHDRAWN


def test_states_of_a_list_go_one_way(desk: Desk) -> None:
    batch = desk.taken([LOAN])
    assert commit_list(actor=SYSTEM, batch_id=batch.pk, at=AT) == counts_of(batch)
    assert Change.objects.filter(batch=batch).count() == 1
    with pytest.raises(Refused):
        drop_list(actor=SYSTEM, batch_id=batch.pk, at=AT)
    given_up = desk.checked([TOAN])
    drop_list(actor=SYSTEM, batch_id=given_up.pk, at=AT)
    with pytest.raises(Refused):
        commit_list(actor=SYSTEM, batch_id=given_up.pk, at=AT)


def test_whose_lists_one_may_see_and_take(desk: Desk) -> None:
    batch = desk.checked([LOAN])
    stranger = as_actor(someone("la", Role.OBSERVER))
    with pytest.raises(NotAllowed):
        visible_lists(stranger)
    officer = as_actor(someone("can_bo", Role.OFFICER, unit_id=desk.unit_id))
    with pytest.raises(NotVisible):
        commit_list(actor=officer, batch_id=batch.pk, at=AT)
