"""What a province adds is found by scheme, group and day; nothing known is nothing, not an error."""

from datetime import date
from fractions import Fraction

from vandong.law import LawBook
from vandong.law.loading import read_book
from vandong.rules.local_support import LocalShare, local_share

ENTRY = "document: Nghị quyết 1/2025/NQ-HĐND, article: 2, confidence: official"
PARAMETER = """
{code}:
  vi: Hỗ trợ {code}
  en: Support {code}
  unit: {unit}
  values:
    - {{from: 2026-01-01, value: "{value}", {entry}}}
    - {{from: 2027-01-01, ended: repealed, {entry}}}
"""
LINES = (
    ("local_support_rate.01.bhxh_tn.other", "rate", "0.2"),
    ("local_support_rate.01.bhxh_tn.poor", "rate", "0.3"),
    ("local_support_amount.01.bhxh_tn.island", "dong", "120000"),
    ("local_support_rate.01.bhyt_hgd.all", "rate", "0.1"),
)
BOOK = read_book(
    {
        "01.yaml": "".join(
            PARAMETER.format(code=code, unit=unit, value=value, entry=ENTRY)
            for code, unit, value in LINES
        )
    }
)


def share(
    *groups: str, scheme: str = "bhxh_tn", on: str = "2026-06-30", **more: object
) -> LocalShare:
    given = {"province_code": "01", "base": Fraction(330_000), "book": BOOK} | more
    return local_share(scheme=scheme, groups=groups, on=date.fromisoformat(on), **given)  # type: ignore[arg-type]


def test_hanoi_adds_a_fifth_of_the_contribution_on_the_poverty_line() -> None:
    assert share("other").monthly(Fraction(330_000)) == 66_000
    assert [fact.name for fact in share("other").facts] == ["local_support_rate.01.bhxh_tn.other"]


def test_the_highest_of_several_groups() -> None:
    assert share("other", "poor").rate == Fraction(3, 10)
    assert share("poor", "island").amount == 120_000
    assert share("poor", "island", base=Fraction(484_000)).rate == Fraction(3, 10)


def test_everybody_where_no_group_has_its_own_line() -> None:
    assert share("student", scheme="bhyt_hgd").rate == Fraction(1, 10)
    assert share(scheme="bhyt_hgd").rate == Fraction(1, 10)


def test_nothing_before_after_elsewhere_and_for_others() -> None:
    nothing = LocalShare()
    assert share("other", on="2025-12-31") == nothing
    assert share("other", on="2027-01-01") == nothing
    assert share("other", province_code="24") == nothing
    assert share("near_poor") == nothing
    assert share("other", book=LawBook({})) == nothing
