from hypothesis import given, settings
from hypothesis import strategies as st

from vandong.kernel.numbers import parse_count
from vandong.phrases import finding_sentence
from vandong.sheets import SheetProblem, open_table
from vandong.sheets.cells import clean_text, number_text
from vandong.sheets.encodings import (
    eight_bit_encoding,
    from_tcvn3,
    from_vni,
    is_syllable,
    legacy_font,
)

STARTS = st.sampled_from(
    [
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x09\x02\x06\x00",
        b"a,b\n",
    ]
)


@settings(max_examples=200, deadline=None)
@given(STARTS, st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a"]))
def test_any_bytes_are_a_table_or_a_problem(start: bytes, rest: bytes, name: str) -> None:
    try:
        table = open_table(start + rest, name)
        for row in table.rows():
            assert len(row.cells) == len(table.header)
            for problem in row.problems:
                assert finding_sentence(problem)
    except SheetProblem as problem:
        assert finding_sentence(problem.finding())  # noqa: PT017
        assert finding_sentence(problem.finding(), "en")  # noqa: PT017


CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12
).filter(lambda cell: clean_text(cell)[0] == cell)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_was_written_is_read(cells: list[tuple[str, str]], encoding: str) -> None:
    quoted = [
        "unit,value",
        *(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells),
    ]
    try:
        table = open_table("\n".join(quoted).encode(encoding), "a.csv", wanted=("unit", "value"))
    except SheetProblem as problem:
        assert problem.code == "legacy_encoding"  # noqa: PT017
        return
    if [column.name for column in table.header] == ["unit", "value"] and table.header_rows == (
        1,
        1,
    ):
        assert [row.cells for row in table.rows()][: len(cells)] == cells


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_whole_numbers_of_a_spreadsheet_are_counts(value: int) -> None:
    assert parse_count(number_text(float(value))) == int(float(value))


@given(
    st.floats(min_value=0.001, max_value=999, allow_nan=False).filter(
        lambda value: not value.is_integer()
    )
)
def test_decimals_of_a_spreadsheet_never_become_thousands(value: float) -> None:
    written = number_text(value)
    assert float(written) == value
    assert len(written.rpartition(".")[2]) != 3 or "e" in written


def test_syllables() -> None:
    words = "Nguyễn Thị Hường nghiêng quyển giường khuỷu ngoằn Bắc xã Đống yêu iếc"
    for word in words.split():
        assert is_syllable(word), word
    for word in ("B¶o", "Baûo", "xx", "hoáà", "Straße", "naïve"):
        assert not is_syllable(word), word


def test_old_fonts_read_as_unicode() -> None:
    assert from_tcvn3("B¶o hiÓm x· héi tù nguyÖn") == "Bảo hiểm xã hội tự nguyện"
    assert from_vni("Baûo hieåm xaõ hoäi töï nguyeän") == "bảo hiểm xã hội tự nguyện"
    assert from_vni("Ngöôøi tænh Quaûng Trò") == "người tỉnh quảng trị"


def test_unicode_is_never_taken_for_an_old_font() -> None:
    assert legacy_font(["Bảo hiểm xã hội tự nguyện", "Nguyễn Thị Hòa", "à ù ò ó"]) is None
    assert legacy_font(["Société générale, Zürich"]) is None
    assert legacy_font(["plain ascii"]) is None
    assert eight_bit_encoding(b"plain ascii") is None
