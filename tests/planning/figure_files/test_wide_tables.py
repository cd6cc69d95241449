"""Wide tables as offices send them: merged heads, titles, numbering, totals, notes; nothing retyped."""

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from tests.figures.factories import make_unit

from vandong.accounts.queries.scope import Actor
from vandong.administration.refusals import Refused
from vandong.figures.models import Observation, PrintedFigure
from vandong.planning.figure_files.guessing import guessed_mapping
from vandong.planning.figure_files.importing import import_figures
from vandong.planning.figure_files.mapping import (
    FigureMapping,
    MappedColumn,
    Role,
    SpanStart,
    WideChoice,
    read_mapping,
    signature_of,
)
from vandong.planning.figure_files.openers import WideOpener
from vandong.planning.figure_files.options import ImportOptions
from vandong.planning.figure_files.wide_files import day_in_titles
from vandong.planning.mapping_settings import known_mappings, mapping_for, save_mapping
from vandong.sheets import Column, open_table

AT = datetime(2023, 6, 5, 8, tzinfo=UTC)
ACTOR = Actor.system("test")
DAY = date(2023, 5, 31)
ROWS = (("Huyện Yên Thế", 2104, 61, 0.8123, 15000), ("Huyện Lục Ngạn", 5207, 118, 0.8111, 42000))


def table(total_stock: int = 7311, rows=ROWS) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        percent = book.add_format({"num_format": "0.00%"})
        sheet.merge_range("A1:G1", "BẢO HIỂM XÃ HỘI TỈNH BẮC GIANG")
        sheet.merge_range("A2:G2", "Kết quả đến ngày 31/5/2023")
        for cells, head in (("A4:A5", "STT"), ("B4:B5", "Đơn vị"), ("C4:E4", "BHXH tự nguyện")):
            sheet.merge_range(cells, head)
        sheet.merge_range("F4:F5", "BHYT hộ gia đình")
        sheet.merge_range("G4:G5", "Ghi chú")
        sheet.write_row("C5", ["Số người", "Tăng mới lũy kế", "Tỷ lệ đạt KH (%)"])
        sheet.write_row("A6", ["A", "B", "1", "2", "3", "4", "5"])
        for number, (name, stock, new, share, household) in enumerate(rows, 1):
            sheet.write_row(5 + number, 0, [number, name, stock, new])
            sheet.write_number(5 + number, 4, share, percent)
            sheet.write(5 + number, 5, household)
        last = 6 + len(rows)
        sheet.write(last, 1, "Tổng cộng")
        sheet.write_row(last, 2, [total_stock, 179])
        sheet.write(last + 2, 1, "Ghi chú: số liệu tạm tính")
        sheet.write(last + 3, 5, "Người lập biểu")
    return file.getvalue()


def mapping() -> FigureMapping:
    columns = (
        MappedColumn("STT"),
        MappedColumn("Đơn vị", Role.UNIT),
        MappedColumn("BHXH tự nguyện / Số người", Role.FIGURE, "bhxh_tn", "stock"),
        MappedColumn(
            "BHXH tự nguyện / Tăng mới lũy kế",
            Role.FIGURE,
            "bhxh_tn",
            "gross_new",
            span=SpanStart.YEAR,
        ),
        MappedColumn("BHXH tự nguyện / Tỷ lệ đạt KH (%)", Role.FIGURE, "bhxh_tn", "pct_of_plan"),
        MappedColumn("BHYT hộ gia đình", Role.FIGURE, "bhyt_hgd", "stock"),
        MappedColumn("Ghi chú"),
    )
    return FigureMapping("Biểu tháng", "", columns)


@pytest.fixture
def province(db, tmp_path, settings):
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    made = make_unit(valid_until="2025-07-01")
    for code, name in (("215", "Huyện Yên Thế"), ("219", "Huyện Lục Ngạn")):
        make_unit(name, code, "district", parent=made, valid_until="2025-07-01")
    return made


@pytest.fixture
def take(tmp_path):
    def _take(content: bytes, whole: str = "Tỉnh Bắc Giang", **asked):
        path = Path(tmp_path) / "bieu.xlsx"
        path.write_bytes(content)
        choice = WideChoice(mapping(), DAY, whole)
        return import_figures(
            actor=ACTOR,
            path=path,
            name="bieu.xlsx",
            at=AT,
            options=ImportOptions(**asked),
            opened=WideOpener(choice),
        )

    return _take


def stored() -> dict[tuple[str, str, str], int]:
    rows = Observation.objects.filter(live=True).select_related("unit")
    return {(row.unit.name, row.scheme, row.measure): row.value for row in rows}


def test_every_cell_becomes_a_figure_of_its_unit(province, take):
    result = take(table())
    assert result.problems == ()
    assert stored() == {
        ("Huyện Yên Thế", "bhxh_tn", "stock"): 2104,
        ("Huyện Yên Thế", "bhxh_tn", "gross_new"): 61,
        ("Huyện Yên Thế", "bhyt_hgd", "stock"): 15000,
        ("Huyện Lục Ngạn", "bhxh_tn", "stock"): 5207,
        ("Huyện Lục Ngạn", "bhxh_tn", "gross_new"): 118,
        ("Huyện Lục Ngạn", "bhyt_hgd", "stock"): 42000,
        ("Tỉnh Bắc Giang", "bhxh_tn", "stock"): 7311,
        ("Tỉnh Bắc Giang", "bhxh_tn", "gross_new"): 179,
    }
    flow = Observation.objects.filter(measure="gross_new").first()
    assert (flow.period_from, flow.as_of, flow.batch_row) == (date(2023, 1, 1), DAY, 7)
    printed = PrintedFigure.objects.get(unit__name="Huyện Yên Thế")
    assert (str(printed.value), printed.decimals) == ("81.230000", 2)
    assert take(table()).unchanged_count == result.row_count


def test_a_total_that_differs_is_told_and_kept_as_it_stands(province, take):
    result = take(table(total_stock=7320))
    told = [note for note in result.notes if note.code == "total_differs"]
    assert [(note.spot.row, note.spot.column) for note in told] == [
        (9, "BHXH tự nguyện / Số người")
    ]
    assert dict(told[0].values) == {"printed": 7320, "total": 7311, "difference": 9}
    assert stored()["Tỉnh Bắc Giang", "bhxh_tn", "stock"] == 7320


def test_without_the_whole_unit_the_total_is_only_compared(province, take):
    result = take(table(total_stock=7320), whole="")
    assert ("Tỉnh Bắc Giang", "bhxh_tn", "stock") not in stored()
    assert "total_differs" in [note.code for note in result.notes]


def test_a_bad_cell_is_named_by_row_and_column_of_the_sheet(province, take):
    rows = (("Huyện Yên Thế", "hai nghìn", 61, 0.8, 15000), ("Huyện Lục Ngan", 5207, 118, 0.8, -5))
    result = take(table(rows=rows))
    assert {(one.spot.row, one.spot.column, one.code) for one in result.problems} == {
        (7, "BHXH tự nguyện / Số người", "not_a_number"),
        (8, "Đơn vị", "unknown_unit"),
        (8, "BHYT hộ gia đình", "negative_count"),
    }
    assert not Observation.objects.exists()


def test_notes_signatures_and_dashes_are_no_figures(province, take):
    rows = (("Huyện Yên Thế", 2104, "-", 0.8, 15000),)
    result = take(table(rows=rows))
    assert result.problems == ()
    assert ("Huyện Yên Thế", "bhxh_tn", "gross_new") not in stored()
    [skipped] = [note for note in result.notes if note.code == "rows_without_figures"]
    assert dict(skipped.values) == {"count": 2, "first": 10}


def test_heads_are_guessed_by_their_words():
    header = open_table(table(), "bieu.xlsx").header
    guessed = guessed_mapping("Biểu", header)
    assert [(one.role, one.scheme, one.measure, one.span) for one in guessed.columns] == [
        (one.role, one.scheme, one.measure, one.span) for one in mapping().columns
    ]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("BHXH TN / Kế hoạch giao", (Role.SKIP, "", "")),
        ("BHXH bắt buộc / Số người", (Role.FIGURE, "bhxh_bb", "stock")),
        ("BHYT HGĐ / Tăng mới", (Role.FIGURE, "bhyt_hgd", "gross_new")),
        ("BHXH tự nguyện / Dừng đóng", (Role.FIGURE, "bhxh_tn", "lapsed")),
        ("BHXH tự nguyện / Tỷ lệ bao phủ LLLĐ", (Role.FIGURE, "bhxh_tn", "pct_coverage")),
        ("BHXH tự nguyện / Số thu (đồng)", (Role.FIGURE, "bhxh_tn", "revenue")),
        ("Dân số", (Role.FIGURE, "", "population")),
        ("Lực lượng lao động", (Role.FIGURE, "", "labour_force")),
        ("Xã, phường", (Role.UNIT, "", "")),
        ("Mã đơn vị", (Role.CODE, "", "")),
        ("STT", (Role.SKIP, "", "")),
        ("Ghi chú", (Role.SKIP, "", "")),
    ],
)
def test_guesses(head, expected):
    column = Column(1, "B", tuple(head.split(" / ")))
    [guess] = guessed_mapping("", [column]).columns
    assert (guess.role, guess.scheme, guess.measure) == expected


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Kết quả đến ngày 31/5/2023", date(2023, 5, 31)),
        ("(Tính đến 30.9.2024)", date(2024, 9, 30)),
        ("đến ngày 28 tháng 2 năm 2023", date(2023, 2, 28)),
        ("Báo cáo tháng 02/2024", date(2024, 2, 29)),
        ("BÁO CÁO THÁNG 12 NĂM 2025", date(2025, 12, 31)),
        ("Biểu số 1", None),
        ("ngày 31/02/2023", None),
    ],
)
def test_the_day_in_the_titles(title, day):
    assert day_in_titles((title,)) == day


def test_spans_begin_where_they_say():
    day = date(2024, 8, 31)
    assert [span.day(day) for span in SpanStart] == [
        None,
        date(2024, 8, 1),
        date(2024, 7, 1),
        date(2024, 1, 1),
    ]


def test_a_mapping_is_remembered_by_its_heads(db):
    header = open_table(table(), "bieu.xlsx").header
    kept = FigureMapping("Biểu tháng", signature_of(header), mapping().columns)
    save_mapping(actor=ACTOR, mapping=kept, at=AT)
    found = mapping_for(ACTOR, signature_of(open_table(table(7320), "khac.xlsx").header))
    assert found == kept
    assert read_mapping("Biểu tháng", kept.stored()) == kept
    save_mapping(actor=ACTOR, mapping=kept, at=AT)
    assert [one.name for one in known_mappings(ACTOR)] == ["Biểu tháng"]


def test_a_mapping_without_sense_is_refused_whole(db):
    faulty = FigureMapping(
        " ",
        "x",
        (
            MappedColumn("A", Role.FIGURE, "bhxh_tn", ""),
            MappedColumn("B", Role.FIGURE, "", "stock"),
            MappedColumn("C", Role.FIGURE, "bhyt", "pct_coverage"),
            MappedColumn("D", Role.FIGURE, "bhyt", "pct_of_plan", "post"),
        ),
    )
    with pytest.raises(Refused) as refused:
        save_mapping(actor=ACTOR, mapping=faulty, at=AT)
    assert {one.code for one in refused.value.findings} == {
        "mapping_name_missing",
        "mapping_without_unit",
        "mapping_measure_missing",
        "mapping_scheme_missing",
        "mapping_denominator_missing",
        "mapping_percent_channel",
    }
