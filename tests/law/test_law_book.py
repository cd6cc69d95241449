"""Values are found by day, on both sides of each change; what is not known is refused, never guessed."""

from datetime import date
from fractions import Fraction

import pytest

from vandong.law import LawBook, ParameterMissing
from vandong.law.loading import read_book, read_parameters

TEXT = """
floor:
  vi: Chuẩn nghèo
  en: Poverty line
  unit: dong
  values:
    - {from: 2022-01-01, value: 1_500_000, document: NĐ 07/2021/NĐ-CP, article: 3, confidence: official}
    - from: 2027-01-01
      value: 2_200_000
      document: NĐ 351/2025/NĐ-CP
      article: 3
      confidence: secondary
      check: {by: BHXH tỉnh, on: 2026-12-15}
interest:
  vi: Lãi
  en: Interest
  unit: rate
  yearly: true
  values:
    - {from: 2025-01-01, ended: never_published, document: TB, article: 1, confidence: official}
    - {from: 2026-01-01, value: "0.0031", document: TB, article: 1, confidence: official}
    - {from: 2027-01-01, ended: never_published, document: TB, article: 1, confidence: official}
support:
  vi: Hỗ trợ
  en: Support
  unit: rate
  values:
    - {from: 2018-01-01, rows: {poor: "0.3", other: "0.1"}, document: A, article: 1, confidence: official}
    - {from: 2025-07-01, ended: repealed, document: B, article: 1, confidence: official}
ages:
  vi: Tuổi
  en: Ages
  unit: months
  values:
    - {from: 2021-01-01, rows: {"1966-01": 664, "1966-09": 668}, document: A, article: 1, confidence: official}
"""


@pytest.fixture(scope="module")
def book() -> LawBook:
    return read_book({"law.yaml": TEXT})


@pytest.mark.parametrize(
    ("on", "value"),
    [("2022-01-01", 1_500_000), ("2026-12-31", 1_500_000), ("2027-01-01", 2_200_000)],
)
def test_both_sides_of_a_change(book: LawBook, on: str, value: int) -> None:
    assert book.fact("floor", date.fromisoformat(on)).whole == value


def test_a_fact_says_all_that_must_be_said(book: LawBook) -> None:
    fact = book.fact("floor", date(2026, 11, 22))
    assert (fact.name, fact.unit, fact.value) == ("floor", "dong", Fraction(1_500_000))
    assert (fact.valid_from, fact.valid_until) == (date(2022, 1, 1), date(2027, 1, 1))
    assert (fact.citation.document, fact.citation.article) == ("NĐ 07/2021/NĐ-CP", "3")
    assert fact.confidence.is_verified
    later = book.fact("floor", date(2027, 1, 1))
    assert later.valid_until is None
    assert not later.confidence.is_verified
    assert later.check is not None
    assert (later.check.by, later.check.on) == ("BHXH tỉnh", date(2026, 12, 15))


@pytest.mark.parametrize(
    ("parameter", "on", "key", "reason"),
    [
        ("floor", date(2021, 12, 31), "", "before_first"),
        ("interest", date(2025, 12, 31), "", "never_published"),
        ("interest", date(2027, 1, 1), "", "never_published"),
        ("support", date(2025, 7, 1), "poor", "ended"),
        ("support", date(2025, 6, 30), "rich", "unknown_row"),
        ("support", date(2025, 6, 30), "", "unknown_row"),
        ("florr", date(2026, 1, 1), "", "unknown_parameter"),
    ],
)
def test_what_is_not_known_is_refused_with_name_and_day(
    book: LawBook, parameter: str, on: date, key: str, reason: str
) -> None:
    with pytest.raises(ParameterMissing) as missing:
        book.fact(parameter, on, key)
    problem = missing.value
    assert (problem.parameter, problem.on, problem.key, problem.reason) == (
        parameter,
        on,
        key,
        reason,
    )
    assert parameter in str(problem)
    assert on.isoformat() in str(problem)
    assert not book.has(parameter, on, key)


def test_bands_go_by_the_greatest_row_not_after(book: LawBook) -> None:
    on = date(2026, 1, 1)
    found = {
        at: book.banded("ages", on, at).whole for at in ("1966-01", "1966-08", "1966-09", "1990-01")
    }
    assert found == {"1966-01": 664, "1966-08": 664, "1966-09": 668, "1990-01": 668}
    with pytest.raises(ParameterMissing, match="unknown_row"):
        book.banded("ages", on, "1965-12")


def test_rows_of_a_day(book: LawBook) -> None:
    assert book.keys("support", date(2018, 1, 1)) == ("poor", "other")
    with pytest.raises(ParameterMissing):
        book.keys("support", date(2026, 1, 1))


def test_the_same_content_has_the_same_fingerprint(book: LawBook) -> None:
    again = read_book({"law.yaml": TEXT})
    assert again.fingerprint == book.fingerprint
    parts = [f"{part}:{rest}" for part, rest in _parts(TEXT)]
    shuffled = read_book({str(n): text for n, text in enumerate(reversed(parts))})
    assert shuffled.fingerprint == book.fingerprint
    assert len(book.fingerprint) == 16


def _parts(text: str) -> list[tuple[str, str]]:
    lines, parts = text.strip("\n").splitlines(), []
    for line in lines:
        if line[0] != " ":
            parts.append((line.rstrip(":"), "\n"))
        else:
            parts[-1] = (parts[-1][0], parts[-1][1] + line + "\n")
    return parts


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("1_500_000", "1_500_001"),
        ("2022-01-01", "2022-01-02"),
        ("351/2025", "352/2025"),
        ("article: 3, conf", "article: 4, conf"),
        ("confidence: secondary", "confidence: unverified"),
        ("ended: repealed", "ended: never_published"),
        ("unit: dong", "unit: number"),
        ("poor:", "poorer:"),
        ("article: 3, ", "article: 3, clause: 1, "),
        ("article: 3, ", "article: 3, signed_on: 2021-01-27, "),
    ],
)
def test_any_change_of_the_law_changes_the_fingerprint(
    book: LawBook, was: str, becomes: str
) -> None:
    assert was in TEXT
    changed = read_book({"law.yaml": TEXT.replace(was, becomes, 1)})
    assert changed.fingerprint != book.fingerprint


@pytest.mark.parametrize(
    ("was", "becomes"), [("Chuẩn nghèo", "Chuẩn hộ nghèo"), ("BHXH tỉnh", "VSS")]
)
def test_wording_changes_no_fingerprint(book: LawBook, was: str, becomes: str) -> None:
    assert read_book({"law.yaml": TEXT.replace(was, becomes)}).fingerprint == book.fingerprint


def test_a_resolution_is_added_in_a_new_book(book: LawBook) -> None:
    text = TEXT[TEXT.index("support:") : TEXT.index("ages:")].replace("support:", "local.24:")
    richer = book.with_parameters(read_parameters(text, "resolution"))
    assert richer.has("local.24", date(2018, 1, 1), "poor")
    assert not book.has("local.24", date(2018, 1, 1), "poor")
    assert richer.fingerprint != book.fingerprint
