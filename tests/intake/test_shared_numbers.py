"""Rows that share a number, against a plain walk over the rows."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from vandong.intake.shared_numbers import shared_rows

NUMBERS = ("personal_id", "si_number", "card_number")
some = st.sampled_from(("", "", "1", "2", "3"))
rows = st.lists(st.tuples(some, some, some), max_size=12)


def keys(told: list[tuple[str, str, str]]) -> dict[int, int]:
    frame = pl.DataFrame(told, schema=dict.fromkeys(NUMBERS, pl.String), orient="row")
    found = shared_rows(frame.with_row_index("row", offset=1).with_columns(pl.col("row").cast(int)))
    return dict(found.select("row", "person_key").iter_rows())


def test_rows_of_one_number_have_the_key_of_the_first() -> None:
    told = [
        ("1", "", ""),
        ("", "7", ""),
        ("1", "7", ""),
        ("", "", "5"),
        ("9", "", ""),
        ("", "", "5"),
    ]
    assert keys(told) == {1: 1, 2: 1, 3: 1, 4: 4, 6: 4}


def test_a_card_leads_nobody_who_has_a_number() -> None:
    assert keys([("1", "", "5"), ("", "", "5"), ("2", "", "5")]) == {}


@settings(max_examples=200, deadline=None)
@given(rows)
def test_exactly_the_rows_that_share_are_there(told: list[tuple[str, str, str]]) -> None:
    found = keys(told)
    for number, (personal_id, si_number, card) in enumerate(told, start=1):
        others = [one for place, one in enumerate(told, start=1) if place != number]
        shares = (
            (personal_id and any(one[0] == personal_id for one in others))
            or (si_number and any(one[1] == si_number for one in others))
            or (card and not personal_id and not si_number and ("", "", card) in others)
        )
        assert (number in found) == bool(shares)
        assert found.get(number, number) <= number


@settings(max_examples=200, deadline=None)
@given(rows)
def test_one_personal_id_is_one_key(told: list[tuple[str, str, str]]) -> None:
    found = keys(told)
    for column in ("1", "2", "3"):
        assert (
            len({found[at] for at, one in enumerate(told, 1) if one[0] == column and at in found})
            <= 1
        )
