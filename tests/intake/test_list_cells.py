"""Every form of every field, against the golden cases; keys of names against the register's own."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.making_lists import checked, codes

from vandong.administration.people import name_keys
from vandong.intake.checking.names import KEYS, name_columns
from vandong.intake.checking.numbers import judge_phone

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/lists/cells.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']}-{case['head']}")
def test_forms_of_cells(case: dict[str, Any]) -> None:
    """Each row has one cell to look at; its name is made so that no row repeats another."""
    more = case.get("with", {})
    is_name = case["head"] == "full_name"
    heads = [*([] if is_name else ["Họ và tên"]), case["head"], *more]
    letters = "bcdghklmnpqrstvx"
    rows = [
        [
            *([] if is_name else [f"Nguyễn Lan {letters[at % 16]}{'a' * (at // 16 + 1)}"]),
            one["cell"],
            *more.values(),
        ]
        for at, one in enumerate(case["cells"])
    ]
    if case["kind"] == "persons":
        heads, rows = [*heads, "person_id"], [[*row, f"P{at}"] for at, row in enumerate(rows)]
    found = checked(case["kind"], heads, rows)
    kept = {row["row"]: row for row in found.frame.iter_rows(named=True)}
    for number, one in enumerate(case["cells"], start=2):
        said = (codes(found.problems, number), codes(found.notes, number))
        assert said == (one.get("problems", []), sorted(one.get("notes", []))), one
        assert (number in kept) == ("problems" not in one), one
        for name, value in one.get("kept", {}).items():
            assert kept[number][name] == value, (one, name, kept[number][name])


_NAMES = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạÁĐ '-’ðÐ\u0301\u0300 \u00a01", max_size=30),
    st.lists(
        st.sampled_from(["Nguyễn", "Thuỷ", "Thủy", "Hoà", "ĐỖ", "H'Hen", "Ly-Na", "Ωσς"]),
        max_size=5,
    ).map(" ".join),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_NAMES, max_size=8))
def test_keys_of_names_are_those_of_the_register(names: list[str]) -> None:
    found = name_columns(pl.Series(names, dtype=pl.String))
    for at, name in enumerate(names):
        one = name_keys(name)
        assert {key: found[key][at] for key in KEYS} == {key: getattr(one, key) for key in KEYS}


_DIGITS = st.text(alphabet="0123456789", min_size=7, max_size=13)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        [
            ("Số CCCD", "personal_id"),
            ("Mã số BHXH", "si_number"),
            ("Số thẻ BHYT", "card_number"),
            ("Điện thoại", "phone"),
        ]
    ),
    st.lists(
        st.one_of(_DIGITS, _DIGITS.map("GD4{}".format), _DIGITS.map("01{}".format)),
        min_size=1,
        max_size=6,
        unique=True,
    ),
)
def test_numbers_by_columns_are_those_of_the_kernel(
    column: tuple[str, str], texts: list[str]
) -> None:
    """The quick way through whole columns and the rule for one number agree, in value and in words."""
    from vandong.kernel import identifiers

    head, name = column
    found = checked(
        "prospects",
        ["Họ và tên", head],
        [[f"Trần {'a' * at}b", text] for at, text in enumerate(texts)],
    )
    check = getattr(identifiers, {"card_number": "check_health_card"}.get(name, f"check_{name}"))
    kept = {row["row"]: row for row in found.frame.iter_rows(named=True)}
    for number, text in enumerate(texts, start=2):
        one = check(text)
        if name == "phone":
            assert kept[number]["phone"] == judge_phone(text).value
        elif set(text) == {"0"}:
            continue
        elif isinstance(one, identifiers.Refusal):
            assert codes(found.problems, number) == [one.code]
        elif number in kept:
            assert kept[number][name] == one.value
            notes = sorted(note.code for note in one.notes)
            if name == "card_number":
                notes = [code for code in notes if code != "personal_id_as_si_number"]
            assert codes(found.notes, number) == notes
