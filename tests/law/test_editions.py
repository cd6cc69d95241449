"""A kept edition of the law gives back the same book."""

from datetime import date

from vandong.law import law_book
from vandong.law.editions import edition_text, read_edition


def test_an_edition_gives_back_the_same_book() -> None:
    book = law_book()
    again = read_edition(edition_text(book))
    assert again.parameters == book.parameters
    assert again.fingerprint == book.fingerprint


def test_facts_of_an_edition_are_those_of_the_book() -> None:
    book, on = law_book(), date(2026, 11, 22)
    again = read_edition(edition_text(book))
    assert again.fact("state_support_rate", on, "poor") == book.fact(
        "state_support_rate", on, "poor"
    )
    assert again.fact("base_salary", on).whole == 2_530_000
