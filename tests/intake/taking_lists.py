"""Lists written to a folder, taken in and looked at by tests."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.administration.people import AT, SYSTEM, TODAY

from vandong.accounts.queries.scope import Actor
from vandong.documents.models import Batch
from vandong.intake.kinds import ListKind
from vandong.intake.lists import check_received, commit_list, receive_list
from vandong.intake.shapes import ListCounts, ListUpload

HOUSEHOLD_HEADS = (
    *(
        "Mã hộ",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Quan hệ với chủ hộ",
        "Số CCCD",
        "Mã số BHXH",
    ),
    *("Điện thoại", "Từ ngày", "Đến ngày"),
)
LOAN = (
    *("H01", "Bạch Thị Loan", "01/04/1993", "Nữ", "Chủ hộ", "001193009540", "0124286402"),
    *("0388729432", "28/01/2026", "27/01/2027"),
)
TOAN = (
    *("H01", "Nguyễn Văn Toàn", "11/09/1972", "Nam", "Chồng", "001072263582", "0101086126"),
    *("", "02/02/2026", "01/02/2027"),
)
MAI = (
    *("H02", "Đỗ Thị Mai", "15/08/1990", "Nữ", "Chủ hộ", "001190001234", "0101086999"),
    *("0912345678", "01/01/2026", "31/12/2026"),
)


def changed(row: Sequence[str], **cells: str) -> tuple[str, ...]:
    """The row with other cells, named by position in words."""
    places = {
        "household": 0,
        "name": 1,
        "born": 2,
        "sex": 3,
        "relation": 4,
        "personal_id": 5,
        "si": 6,
        "phone": 7,
        "starts": 8,
        "through": 9,
    }
    told = list(row)
    for name, cell in cells.items():
        told[places[name]] = cell
    return tuple(told)


@dataclass
class Desk:
    """Takes lists of one commune in, one after the other."""

    folder: Path
    unit_id: int
    actor: Actor = SYSTEM
    number: int = 0

    def received(
        self,
        rows: Iterable[Sequence[str]],
        kind: ListKind = ListKind.BHYT_HGD,
        heads: Sequence[str] = HOUSEHOLD_HEADS,
        actor: Actor | None = None,
    ) -> Batch:
        self.number += 1
        path = self.folder / f"list-{self.number}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([heads, *rows])
        upload = ListUpload(kind, path, path.name, TODAY, unit_id=self.unit_id)
        return receive_list(actor=actor or self.actor, upload=upload, at=AT, enqueues=False)

    def checked(self, rows: Iterable[Sequence[str]], **how: object) -> Batch:
        batch = self.received(rows, **how)  # type: ignore[arg-type]
        self.check(batch)
        return batch

    def check(self, batch: Batch) -> None:
        check_received(actor=self.actor, batch_id=batch.pk, book=None, at=AT)  # type: ignore[arg-type]
        batch.refresh_from_db()

    def taken(self, rows: Iterable[Sequence[str]], **how: object) -> Batch:
        batch = self.checked(rows, **how)
        counts = commit_list(actor=self.actor, batch_id=batch.pk, at=AT)
        batch.refresh_from_db()
        assert counts == counts_of(batch)
        return batch


def counts_of(batch: Batch) -> ListCounts:
    """What a list's check or taking-over counted."""
    counts = ListCounts(**batch.options["counts"])
    parts = (counts.new, counts.changed, counts.unchanged, counts.ambiguous, counts.refused)
    assert counts.rows == sum(parts), "no row is lost"
    return counts
