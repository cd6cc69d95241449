import pytest

from vandong.sheets import Row, find_header


def rows(*texts: str) -> list[Row]:
    return [
        Row(at, tuple(cell or None for cell in text.split("|")))
        for at, text in enumerate(texts, start=1)
    ]


def paths(found: list[Row], wanted: tuple[str, ...] = ()) -> tuple[list[str], int, int]:
    head = find_header(found, wanted)
    assert head is not None
    return [column.name for column in head.columns], head.last, head.data_from


def test_titles_above_are_passed_over() -> None:
    found = rows(
        "UBND TỈNH|||",
        "Kế hoạch năm 2023|||",
        "Đơn vị|Kế hoạch|Thực hiện|%",
        "Hiệp Hòa|5.200|4.100|78,8",
    )
    assert paths(found) == (["Đơn vị", "Kế hoạch", "Thực hiện", "%"], 3, 4)


def test_wanted_names_decide() -> None:
    found = rows("a|b|c", "x|y|z", "unit|kind|value", "00070|commune|5")
    assert paths(found, ("unit", "kind", "value")) == (["unit", "kind", "value"], 3, 4)


def test_wanted_names_through_two_rows() -> None:
    found = rows("Đơn vị|BHXH||BHYT|", "|Số người|Tăng|Số người|Tăng", "Hiệp Hòa|1|2|3|4")
    names, last, data = paths(found, ("BHXH / Số người", "BHYT / Tăng"))
    assert (names[1], names[4], last, data) == ("BHXH / Số người", "BHYT / Tăng", 2, 3)


def test_groups_spread_over_the_blanks_below_which_they_are_parted() -> None:
    found = rows("Đơn vị|BHXH||BHYT|", "|Số người|Tăng|Số người|Tăng", "Hiệp Hòa|1|2|3|4")
    assert paths(found)[0] == [
        "Đơn vị",
        "BHXH / Số người",
        "BHXH / Tăng",
        "BHYT / Số người",
        "BHYT / Tăng",
    ]


@pytest.mark.parametrize("line", ["A|B|1|2", "(1)|(2)|(3)|(4)=(2)+(3)", "1|2|3|4"])
def test_a_row_that_numbers_the_columns_is_no_data(line: str) -> None:
    found = rows("Đơn vị|Kế hoạch|Thực hiện|Còn lại", line, "Hiệp Hòa|5|4|1")
    assert paths(found)[2] == 3


@pytest.mark.parametrize("line", ["01|2|3|4", "1|2|3", "2|3|4|5", "1|2|4|8"])
def test_a_row_of_small_figures_is_data(line: str) -> None:
    found = rows("a|b|c|d"[: len(line.split("|")) * 2 - 1], line, "5|6|7|8")
    assert paths(found)[2] == 2


def test_years_may_stand_in_a_head() -> None:
    assert paths(rows("Đơn vị|2022|2023", "Hiệp Hòa|5200|6100"))[1] == 1


def test_nothing_is_no_head() -> None:
    assert find_header([]) is None
    assert find_header(rows("||")) is None
