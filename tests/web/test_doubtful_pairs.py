"""How a doubtful row is told beside the people it may mean."""

import pytest

from vandong.web.matching.pairs import _verdict, chance_in_words


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.9999, "Gần như chắc chắn, 99%"),
        (0.949, "Nhiều khả năng, 95%"),
        (0.74, "Nhiều khả năng, 74%"),
        (0.5, "Có thể, 50%"),
        (0.0877, "Ít khả năng, 9%"),
        (0.0001, "Ít khả năng, 1%"),
        (None, ""),
    ],
)
def test_a_probability_is_said_in_words(probability: float | None, words: str) -> None:
    assert chance_in_words(probability, "vi") == words


@pytest.mark.parametrize(
    ("said", "known", "verdict"),
    [
        ("1976", "13/02/1976", ""),
        ("13/02/1976", "1976", ""),
        ("1976", "1976", ""),
        ("1976", "13/02/1977", "differs"),
        ("13/02/1976", "13/02/1976", "same"),
        ("13/02/1976", "", ""),
    ],
)
def test_a_year_alone_differs_from_other_years_only(said: str, known: str, verdict: str) -> None:
    assert _verdict("birth", said, known) == verdict
