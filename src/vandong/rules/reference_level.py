"""The reference level, on which caps, funeral benefit and others are built (Law 41/2024/QH15)."""

from datetime import date

from vandong.law import Fact, LawBook

BASE_SALARY = "base_salary"


def reference_level(book: LawBook, on: date) -> Fact:
    """The reference level on a day, in whole đồng: the base salary, as long as there is one
    (Law 41/2024/QH15, art 141.13); before 1/7/2025 the base salary was used directly. Raises
    ParameterMissing."""
    return book.fact(BASE_SALARY, on)
