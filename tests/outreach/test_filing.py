"""Forms filled from what is known, and read back by our own intake without a mapping."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.administration.people import AT, TODAY
from tests.outreach.conftest import Drive
from tests.outreach.test_payments import CARD, THREE, pay
from tests.outreach.test_proving import agreed
from tests.registry.conftest import BORN, a_person

from vandong.accounts.queries.scope import NotAllowed
from vandong.administration.refusals import Refused
from vandong.audit.models import AuditEvent
from vandong.contacts.models import Aim, Claim
from vandong.intake.checking import CheckContext, CheckedList, FoundUnit, check_list
from vandong.intake.kinds import ListKind
from vandong.intake.mapping import recognised
from vandong.intake.reading import read_list
from vandong.outreach.filing import Form, claims_to_file, filed_form
from vandong.outreach.segments.exporting import Exported

pytestmark = pytest.mark.django_db
REASON = "Nộp hồ sơ tháng 3 cho BHXH cơ sở"


def filed(drive: Drive, form: Form) -> Exported:
    return filed_form(actor=drive.ground.officer, form=form, reason=REASON, on=TODAY, at=AT)


def cells(done: Exported) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(BytesIO(done.content))
    return book.get_sheet_by_index(0).to_python()


def read_back(done: Exported, kind: str, folder: Path) -> CheckedList:
    """As our own intake reads the file, without a mapping by hand."""
    place = folder / f"{kind}.xlsx"
    place.write_bytes(done.content)
    raw = read_list(place, place.name)
    mapping = recognised(ListKind(kind), raw.heads)
    assert (mapping.missing, mapping.ambiguous) == ((), ())
    here = FoundUnit(1, 1)
    context = CheckContext(
        ListKind(kind), date(2026, 11, 23), here, None, lambda texts: dict.fromkeys(texts, here)
    )
    return check_list(raw, mapping, context)


def claim_of(drive: Drive, aim: Aim, name: str, **known: object) -> Claim:
    person = a_person(drive.ground.here, name, **BORN, **known)
    return Claim.objects.create(
        person=person, aim=aim, claimed_on=TODAY, claimed_at=AT, unit=drive.ground.here
    )


def test_d05_comes_back_through_our_own_intake(drive: Drive, tmp_path: Path) -> None:
    paid = claim_of(
        drive, Aim.JOIN_SI, "Tống Thị Lan", si_number="0110130531", phones=("0912345678",)
    )
    pay(drive.ground.officer, paid)
    claim_of(drive, Aim.RENEW_SI, "Công Văn Bình", si_number="0110130532")
    done = filed(drive, Form.D05)
    assert done.count == 2
    found = read_back(done, "d05", tmp_path)
    [first] = found.frame.iter_rows(named=True)
    assert first["full_name"] == "Tống Thị Lan"
    unpaid = [(row[0], row[2]) for row in found.problems.rows()]
    assert unpaid == [(8, "list_cover_missing")], "who has not paid yet has no months to declare"
    assert first["si_number"] == "0110130531"
    assert (first["income_amount"], first["total_amount"]) == (1_500_000, 990_000)
    assert (first["participant_amount"], first["state_amount"]) == (792_000, 198_000)
    assert (first["receipt_number"], first["collected_on"]) == ("0000123", TODAY)
    assert first["covered_from"] == THREE.covered_from


def test_d03_carries_the_card(drive: Drive, tmp_path: Path) -> None:
    claim = claim_of(drive, Aim.JOIN_CARD, "Lê Thị Hoa", si_number="0110130533", sex="F")
    pay(drive.ground.officer, claim, replace(CARD, order=2))
    [row] = read_back(filed(drive, Form.D03), "d03", tmp_path).frame.iter_rows(named=True)
    assert (row["full_name"], row["sex"], row["total_amount"]) == ("Lê Thị Hoa", "F", 884_520)
    assert (row["covered_from"], row["collected_on"]) == (CARD.covered_from, TODAY)


def test_tk1_is_a_line_a_joiner(drive: Drive) -> None:
    claim_of(drive, Aim.JOIN_SI, "Tống Thị Lan", sex="F", ethnicity="Tày", address="Thôn Đồng")
    claim_of(drive, Aim.RENEW_SI, "Công Văn Bình")
    done = filed(drive, Form.TK1)
    line = next(row for row in cells(done) if "Tống Thị Lan" in row)
    assert [line[at] for at in (0, 2, 3, 4, 7)] == ["1", "Nữ", "17/05/1980", "Tày", "Thôn Đồng"]
    assert "chưa thu tiền" in str(line[-1])
    assert done.count == 1


def test_it_is_counted_as_an_export_and_asks_why(drive: Drive) -> None:
    with pytest.raises(Refused, match="export_nobody"):
        filed(drive, Form.D05)
    agreed(drive)
    with pytest.raises(Refused, match="export_reason_missing"):
        filed_form(actor=drive.ground.officer, form=Form.D05, reason="", on=TODAY, at=AT)
    done = filed(drive, Form.D05)
    event = AuditEvent.objects.get(pk=done.number)
    assert (event.action, event.reason) == ("people.exported.viewed", REASON)
    with pytest.raises(NotAllowed):
        claims_to_file(drive.ground.collector, Form.D05, TODAY)
