"""Law books in which sums land on half đồng: the law as shipped with a few values replaced."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from vandong.law import LawBook, law_book


def with_value(book: LawBook, parameter: str, value: Fraction | int, on: date) -> LawBook:
    """The book with another value in the entry of this parameter that holds on a day."""
    found = book.parameters[parameter]
    entry, _ = found.entry_at(on) or (None, None)
    assert entry is not None
    changed = replace(entry, rows={key: Fraction(value) for key in entry.rows}, ended="")
    entries = tuple(changed if one is entry else one for one in found.entries)
    return book.with_parameters([replace(found, entries=entries)])


ON = date(2026, 11, 22)
SHIPPED = law_book()
HALVES = with_value(
    with_value(SHIPPED, "monthly_interest_rate", Fraction(1, 4), ON),
    "poverty_line_rural",
    1_500_025,
    ON,
)
"""Interest of a quarter and an odd poverty line: interest and support come to half đồng."""
