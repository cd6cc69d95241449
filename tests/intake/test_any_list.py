"""Whatever a list holds: no crash, no row lost, the second time nothing new, taken back without a trace."""

from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.administration.people import AT, SYSTEM, TODAY
from tests.intake.taking_lists import HOUSEHOLD_HEADS, Desk, counts_of

from vandong.administration.refusals import Refused
from vandong.documents.models import BatchState
from vandong.intake.kinds import ListKind
from vandong.intake.lists import check_received, receive_list, undo_list
from vandong.intake.shapes import ListUpload
from vandong.registry.models import Household, Participation, Person, PersonPhone

pytestmark = pytest.mark.django_db

NAMES = ("Bạch Thị Loan", "Nguyễn Văn Toàn", "nguyen van toan", "TOÀN NGUYỄN VĂN", "", "Loan", "☃")
DAYS = (
    "01/04/1993",
    "1993",
    "31/02/1993",
    "34060",
    "11-9-72",
    "",
    "01/2026",
    "27/01/2027",
    "2026-12-31",
)
NUMBERS = (
    "001193009540",
    "1193009540",
    "001072263582",
    "012345678",
    "0124286402",
    "124286402",
    "abc",
    "",
)
CELLS = (
    st.sampled_from(("H01", "H02", "", "H01 ")),
    st.sampled_from(NAMES),
    st.sampled_from(DAYS),
    st.sampled_from(("Nữ", "Nam", "", "x", "1")),
    st.sampled_from(("Chủ hộ", "Vợ", "Con", "", "?")),
    st.sampled_from(NUMBERS),
    st.sampled_from(NUMBERS),
    st.sampled_from(("0388729432", "1688729432", "", "0388729432; 0911111111", "số")),
    st.sampled_from(DAYS),
    st.sampled_from((*DAYS, "27/01/2028", "0", "vô hạn")),
)
LISTS = st.lists(st.tuples(*CELLS), min_size=1, max_size=8)
STRANGE = st.lists(
    st.tuples(*[st.text(max_size=12)] * len(HOUSEHOLD_HEADS)), min_size=1, max_size=4
)


@given(first=LISTS | STRANGE, second=LISTS)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_comes_in_is_counted_and_goes_out_again(
    desk: Desk, first: list[tuple[str, ...]], second: list[tuple[str, ...]]
) -> None:
    before = transaction.savepoint()
    _both_taken_and_taken_back(desk, first, second)
    transaction.savepoint_rollback(before)


def _both_taken_and_taken_back(
    desk: Desk, first: list[tuple[str, ...]], second: list[tuple[str, ...]]
) -> None:
    taken = []
    for rows in (first, second):
        batch = desk.checked(_in_files(rows))
        counts = counts_of(batch)
        if batch.state == BatchState.CHECKED and counts.new + counts.changed + counts.ambiguous:
            taken.append(desk.taken(_in_files(rows)))
            counts_of(taken[-1])
            again = counts_of(desk.checked(_in_files(rows)))
            assert (again.new, again.changed) == (0, 0)
    _overlaps_nowhere()
    for batch in reversed(taken):
        undo_list(actor=SYSTEM, batch_id=batch.pk, at=AT)
    for model in (Person, Household, Participation, PersonPhone):
        assert not model.objects.exists()


def _in_files(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Cells that a csv file can carry."""
    return [tuple(cell.replace("\0", "").replace("\ud800", "") for cell in row) for row in rows]


def _overlaps_nowhere() -> None:
    """Never two spells of one scheme on one day."""
    ends: dict[tuple[int, str], object] = {}
    for spell in Participation.objects.order_by("person_id", "scheme", "covered_from"):
        key = (spell.person_id, spell.scheme)
        assert key not in ends or ends[key] <= spell.covered_from  # type: ignore[operator]
        until = [day for day in (spell.covered_until, spell.ended_on) if day]
        ends[key] = min(until)


NASTY = (
    b"",
    b"\xff\xfe\x00",
    b"PK\x03\x04 this is no workbook",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    b"a;b;c\n1;2",
    "Họ và tên\n".encode(),
    "Họ và tên,Họ và tên,Mã hộ\nA,B,C\n".encode(),
    ("Họ và tên," * 300 + "\n" + "x," * 300).encode(),
    '"Họ và tên","Mã hộ\n'.encode(),
    "Họ và tên\tMã hộ\nLoan\tH1\n".encode("utf-16"),
    b"<html><table><tr><td>Ho va ten</td></tr></table></html>",
)


@pytest.mark.parametrize("content", NASTY, ids=range(len(NASTY)))
@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".xls"])
def test_a_file_that_is_no_list_is_told_not_crashed_on(
    desk: Desk, tmp_path: Path, content: bytes, suffix: str
) -> None:
    path = tmp_path / f"la{suffix}"
    path.write_bytes(content)
    upload = ListUpload(ListKind.BHYT_HGD, path, path.name, TODAY, unit_id=desk.unit_id)
    if not content:
        with pytest.raises(Refused, match="file_empty"):
            receive_list(actor=SYSTEM, upload=upload, at=AT, enqueues=False)
        return
    batch = receive_list(actor=SYSTEM, upload=upload, at=AT, enqueues=False)
    counts = check_received(actor=SYSTEM, batch_id=batch.pk, book=None, at=AT)  # type: ignore[arg-type]
    batch.refresh_from_db()
    assert batch.state in {BatchState.CHECKED, BatchState.MAPPING}
    assert counts.new + counts.changed == 0 or not batch.options.get("unreadable")
    assert not Person.objects.exists()
