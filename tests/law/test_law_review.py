"""What ends, is missing, changes or is to be checked is named with its day, and nothing else is."""

from datetime import date

import pytest

from vandong.law.loading import read_book
from vandong.law.review import Certainty, Concern, attention, gaps, standing, standings

CITED = "document: A, article: 1, confidence: official"
BOOK = read_book(
    {
        "law.yaml": f"""
line:
  vi: Chuẩn nghèo
  en: Poverty line
  unit: dong
  values:
    - {{from: 2022-01-01, value: 1500000, {CITED}}}
    - from: 2027-01-01
      value: 2200000
      document: B
      article: 3
      confidence: secondary
      check: {{by: BHXH tỉnh, on: 2026-12-15}}
interest:
  vi: Lãi
  en: Interest
  unit: rate
  yearly: true
  values:
    - {{from: 2025-01-01, ended: never_published, {CITED}}}
    - {{from: 2026-01-01, value: "0.0031", {CITED}}}
    - {{from: 2027-01-01, ended: never_published, {CITED}}}
arrears:
  vi: Truy đóng
  en: Arrears
  unit: rate
  values:
    - {{from: 2018-01-01, value: 1, document: C, article: 1, confidence: unverified,
        check: {{by: BHXH tỉnh, on: 2026-01-01}}}}
    - {{from: 2026-12-01, ended: repealed, {CITED}}}
"""
    }
)


def seen(on: str, until: str) -> list[tuple[str, str, str]]:
    found = attention(BOOK, date.fromisoformat(on), date.fromisoformat(until))
    return [(one.on.isoformat(), one.parameter.code, one.concern.value) for one in found]


def test_the_year_to_come() -> None:
    assert seen("2026-11-23", "2027-11-23") == [
        ("2026-01-01", "arrears", Concern.CHECK_DUE),
        ("2026-12-01", "arrears", Concern.ENDING),
        ("2026-12-15", "line", Concern.CHECK_DUE),
        ("2027-01-01", "interest", Concern.MISSING),
        ("2027-01-01", "line", Concern.CHANGING),
    ]


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("2026-12-14", "arrears"),
        ("2026-12-15", "line"),
        ("2026-12-31", "line"),
        ("2027-01-01", "line"),
    ],
)
def test_the_horizon_is_inclusive(until: str, last: str) -> None:
    assert seen("2026-11-23", until)[-1][1] == last
    assert (len(seen("2026-11-23", until)) == 5) is (until == "2027-01-01")


def test_what_is_past_needs_nobody_and_what_is_missing_stays() -> None:
    assert seen("2027-02-01", "2027-02-01") == [
        ("2026-12-15", "line", Concern.CHECK_DUE),
        ("2027-02-01", "interest", Concern.MISSING),
    ]


def test_gaps_are_spans_without_a_published_value() -> None:
    found = [(one.parameter.code, one.valid_from, one.until) for one in gaps(BOOK)]
    assert found == [
        ("interest", date(2025, 1, 1), date(2026, 1, 1)),
        ("interest", date(2027, 1, 1), None),
    ]


@pytest.mark.parametrize(
    ("on", "certainties"),
    [
        (date(2021, 12, 31), [Certainty.UNKNOWN, Certainty.UNKNOWN, Certainty.UNVERIFIED]),
        (date(2026, 11, 30), [Certainty.VERIFIED, Certainty.VERIFIED, Certainty.UNVERIFIED]),
        (date(2026, 12, 1), [Certainty.VERIFIED, Certainty.VERIFIED, Certainty.VERIFIED]),
        (date(2027, 1, 1), [Certainty.UNVERIFIED, Certainty.UNKNOWN, Certainty.VERIFIED]),
    ],
)
def test_three_words_for_certainty(on: date, certainties: list[Certainty]) -> None:
    assert [one.certainty for one in standings(BOOK, on)] == certainties


def test_before_its_first_day_a_parameter_says_from_when() -> None:
    found = standing(BOOK.parameters["line"], date(2021, 12, 31))
    assert (found.entry, found.until, found.has_value) == (None, date(2022, 1, 1), False)
