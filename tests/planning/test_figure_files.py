"""Figures from files: taken over whole, compared, undone; every bad input named with its place."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from tests.figures.factories import make_unit
from tests.sheets.making import repacked, windows_1258, xlsx

from vandong.accounts.queries.scope import Actor
from vandong.documents.models import Batch, BatchState, SourceFile
from vandong.figures.models import Observation, PrintedFigure
from vandong.phrases import finding_sentence
from vandong.planning import staged_tables
from vandong.planning.figure_files import importing
from vandong.planning.figure_files.importing import import_figures
from vandong.planning.figure_files.options import ImportOptions
from vandong.planning.import_results import ImportResult
from vandong.planning.undoing import undo_batch, undo_outlook

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
HEAD = "unit,kind,parent,as_of,scheme,measure,channel,value,exactness,period_from,denominator"
GOOD = "24,province,,2023-05-31,bhxh_tn,stock,,44.134,,,"
ACTOR = Actor.system("test")


def keep_under(folder, settings):
    """The kept files of a test go with its folder."""
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": folder / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}


@pytest.fixture
def bac_giang(db, tmp_path, settings):
    keep_under(tmp_path, settings)
    return make_unit(valid_until="2025-07-01")


@pytest.fixture
def take(tmp_path):
    """Imports text or bytes as a file."""

    def _take(content: str | bytes, name: str = "so-lieu.csv", **asked) -> ImportResult:
        path = Path(tmp_path) / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return import_figures(
            actor=ACTOR, path=path, name=name, at=AT, options=ImportOptions(**asked)
        )

    return _take


def lines(*rows: str, head: str = HEAD) -> str:
    return "\n".join([head, *rows]) + "\n"


def told(result: ImportResult) -> list[tuple[int | None, str | None, str]]:
    """Place and code of each problem; every one has a sentence in both languages."""
    for one in result.problems:
        for lang in ("vi", "en"):
            assert one.code not in finding_sentence(one, lang)
    return [
        (one.spot.row if one.spot else None, one.spot.column if one.spot else None, one.code)
        for one in result.problems
    ]


def nothing_stored() -> bool:
    return not (
        Observation.objects.exists()
        or PrintedFigure.objects.exists()
        or Batch.objects.exists()
        or SourceFile.objects.exists()
    )


def test_stores_unchanged_supersedes_undoes(bac_giang, take):
    percent = '24,province,,2023-05-31,bhxh_tn,pct_of_plan,,"84,65",,,'
    first = take(lines(GOOD, percent))
    assert (first.row_count, first.accepted_count, first.problems) == (2, 2, ())
    printed = PrintedFigure.objects.get()
    assert (str(printed.value), printed.decimals) == ("84.650000", 2)
    again = take(lines(GOOD, percent))
    assert (again.unchanged_count, again.accepted_count, again.batch_id) == (2, 0, None)
    changed = take(lines(GOOD.replace("44.134", '"44,135"'), percent), "moi.csv")
    assert (changed.changed_count, changed.unchanged_count) == (1, 1)
    assert Observation.objects.get(live=True).value == 44135
    assert changed.batch_id
    assert undo_outlook(ACTOR, changed.batch_id).revived_count == 1
    done = undo_batch(actor=ACTOR, batch_id=changed.batch_id, at=AT)
    assert (done.taken_back_count, done.revived_count) == (1, 1)
    assert Observation.objects.get(live=True).value == 44134
    assert Observation.objects.count() == 2
    assert Batch.objects.get(pk=changed.batch_id).state == BatchState.UNDONE


def test_undoing_the_earlier_of_two_says_and_keeps_the_later(bac_giang, take):
    first = take(lines(GOOD))
    second = take(lines(GOOD.replace("44.134", "5")))
    assert first.batch_id
    assert second.batch_id
    done = undo_batch(actor=ACTOR, batch_id=first.batch_id, at=AT)
    assert (done.changed_since_count, done.revived_count) == (1, 0)
    assert Observation.objects.get(live=True).value == 5
    undo_batch(actor=ACTOR, batch_id=second.batch_id, at=AT)
    assert not Observation.objects.filter(live=True).exists()


BAD_LINES = [
    ("24,,,2023-05-31,bhxh_tn,stock,,1e308,,,", "value"),
    ("24,,,2023-05-31,bhxh_tn,stock,,-5,,,", "value"),
    ('24,,,2023-05-31,bhxh_tn,stock,,"84,65%",,,', "value"),
    ("24,,,2023-05-31,bhxh_tn,stock,,nhiều,,,", "value"),
    ("24,,,31/02/2023,bhxh_tn,stock,,5,,,", "as_of"),
    ("24,,,2023-05-31,bhxh_xx,stock,,5,,,", "scheme"),
    ("24,,,2023-05-31,bhxh_tn,stocks,,5,,,", "measure"),
    ("24,,,2023-05-31,bhxh_tn,gross_new,,5,,,", "period_from"),
    ("24,,,2023-05-31,bhxh_tn,stock,,5,,2023-01-01,", "period_from"),
    ("24,,,2023-05-31,bhxh_tn,population,,5,,,", "scheme"),
    ("24,,,2023-05-31,bhxh_tn,stock,,5,chừng,,", "exactness"),
    ("99,,,2023-05-31,bhxh_tn,stock,,5,,,", "unit"),
    ("Tỉnh Bắc Gianh,,,2023-05-31,bhxh_tn,stock,,5,,,", "unit"),
    ("24,,,2025-07-31,bhxh_tn,stock,,5,,,", "unit"),
    (",,,2023-05-31,bhxh_tn,stock,,5,,,", "unit"),
]


@pytest.mark.parametrize(("line", "column"), BAD_LINES)
def test_a_bad_cell_is_named_and_nothing_stored(bac_giang, take, line, column):
    result = take(lines(GOOD, line))
    assert [(row, where) for row, where, _ in told(result)] == [(3, column)]
    assert nothing_stored()


def test_all_problems_at_once_and_the_good_ones_if_asked(bac_giang, take):
    bad = [line for line, _ in BAD_LINES]
    result = take(lines(GOOD, *bad))
    assert [row for row, _, _ in told(result)] == list(range(3, 3 + len(bad)))
    assert nothing_stored()
    taken = take(lines(GOOD, *bad), accept_good=True)
    assert (taken.accepted_count, len(taken.problems)) == (1, len(bad))
    assert Observation.objects.get().value == 44134


def test_days_in_five_forms(bac_giang, take):
    days = ("2023-01-31", "28/02/2023", "31-3-2023", "30.4.2023", "45077")
    result = take(lines(*(f"24,,,{one},bhxh_tn,stock,,7,,," for one in days)))
    assert told(result) == []
    found = [
        str(one) for one in Observation.objects.order_by("as_of").values_list("as_of", flat=True)
    ]
    assert found == ["2023-01-31", "2023-02-28", "2023-03-31", "2023-04-30", "2023-05-31"]


def test_repeated_lines(bac_giang, take):
    assert told(take(lines(GOOD, GOOD))) == [(3, None, "duplicate_row")]
    other = GOOD.replace("44.134", "44.135")
    assert sorted(told(take(lines(GOOD, other)))) == [
        (2, None, "conflicting_row"),
        (3, None, "conflicting_row"),
    ]
    assert nothing_stored()


def test_wrong_head(bac_giang, take):
    result = take(lines(GOOD, head=HEAD.replace("value", "gia")))
    assert {code for _, _, code in told(result)} >= {"missing_column"}
    assert nothing_stored()


def test_vietnamese_heads_and_words_in_any_case(bac_giang, take):
    head = "ĐƠN VỊ,Đến ngày,Loại hình,Nội dung,Giá trị"
    result = take(lines("Tỉnh Bắc Giang,31/05/2023,BHXH tự nguyện,Stock,44.134", head=head))
    assert told(result) == []
    assert Observation.objects.get().unit == bac_giang


@pytest.mark.parametrize("encode", [lambda text: text.encode("utf-16"), windows_1258])
def test_other_encodings_lose_nothing(bac_giang, take, encode):
    """Either read for what it is, or refused by name; never taken garbled."""
    result = take(encode(lines(GOOD.replace("24,", "Tỉnh Bắc Giang,"))))
    if told(result):
        assert nothing_stored()
    else:
        assert Observation.objects.get().unit == bac_giang


def test_tcvn3_is_named(bac_giang, take):
    text = lines(
        GOOD.replace("24,", "TØnh B¾c Giang,"), "HuyÖn L¹ng Giang,,,2023-05-31,bhxh_tn,stock,,5,,,"
    )
    result = take(text)
    assert any("TCVN3" in finding_sentence(one, "vi") for one in (*result.problems, *result.notes))
    assert nothing_stored()


def test_formulas_without_value_and_merged_cells(bac_giang, take):
    def fill(sheet):
        sheet.append(HEAD.split(","))
        sheet.append(["24", None, None, "2023-05-31", "bhxh_tn", "stock", None, "=1+1"])
        sheet.append(["24", None, None, "2023-04-30", "bhxh_tn", "stock", None, 5])
        sheet.append([None, None, None, "2023-03-31", "bhxh_tn", "stock", None, 6])
        sheet.merge_cells("A3:A4")

    found = told(take(xlsx(fill), "so.xlsx"))
    assert {row for row, _, _ in found} <= {2, 3, 4}
    assert (2, "value") in {one[:2] for one in found}
    assert nothing_stored()


def test_zip_bomb_is_refused_unread(bac_giang, take):
    book = xlsx(lambda sheet: sheet.append(HEAD.split(",")))
    bomb = repacked(book, {"xl/worksheets/sheet1.xml": lambda same: same + b" " * 400_000_000})
    assert len(told(take(bomb, "bom.xlsx"))) == 1
    assert nothing_stored()


def test_300_megabytes_are_refused_by_their_size(bac_giang, tmp_path):
    path = tmp_path / "to.csv"
    with path.open("wb") as file:
        file.write(lines(GOOD).encode())
        file.truncate(300 << 20)
    result = import_figures(actor=ACTOR, path=path, name=path.name, at=AT)
    assert len(told(result)) == 1
    assert nothing_stored()


def test_a_failure_in_the_middle_leaves_nothing(bac_giang, take, monkeypatch):
    """The percentages fail after the counts were stored."""
    plain = staged_tables.take_over

    def failing(stage, *given):
        if stage.name == "staged_printed":
            raise OSError("disk full")
        plain(stage, *given)

    monkeypatch.setattr(importing, "take_over", failing)
    with pytest.raises(OSError, match="disk full"):
        take(lines(GOOD))
    assert nothing_stored()


def test_makes_a_unit_only_when_asked(bac_giang, take):
    line = "Cụm Điểm Một,cluster,24,2023-05-31,bhxh_tn,stock,,5,,,"
    assert [where for _, where, _ in told(take(lines(line)))] == ["unit"]
    assert take(lines(line), create_units=True).accepted_count == 1
    assert Observation.objects.get().unit.name == "Cụm Điểm Một"
    assert take(lines(line)).unchanged_count == 1


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_end_consistent(tmp_path, settings):
    keep_under(tmp_path, settings)
    make_unit(valid_until="2025-07-01")
    results: list[ImportResult] = []

    def work(value: int) -> None:
        path = tmp_path / f"{value}.csv"
        path.write_text(lines(GOOD.replace("44.134", str(value))))
        try:
            results.append(import_figures(actor=ACTOR, path=path, name=path.name, at=AT))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(value,)) for value in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((one.new_count, one.changed_count) for one in results) == [(0, 1), (0, 1), (1, 0)]
    assert Observation.objects.filter(live=True).count() == 1
    assert Observation.objects.count() == 3
