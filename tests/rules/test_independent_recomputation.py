"""The rules against arithmetic written a second time, from the text of the law alone.

Nothing here is taken from the rules but their requests: rates, tables and formulas are typed again as the law
prints them, and worked out in plain decimals.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.benefit_cases import missing, stretch

from vandong.kernel.periods import Month
from vandong.law import law_book
from vandong.rules.contribution import ContributionRequest, parse_method, voluntary_contribution
from vandong.rules.contribution.refunds import RefundRequest, refund
from vandong.rules.household_card import CardRequest, household_card_quote
from vandong.rules.lump_sum import Case, LumpSumRequest, lump_sum
from vandong.rules.pension import PensionRequest, pension
from vandong.rules.people import Sex, SupportGroup
from vandong.rules.retirement_age import Birth
from vandong.rules.segments import Segment

BOOK = law_book()
# Decree 159/2025 art 5.1 and Decree 134/2015 art 14, of 22 % of the poverty line.
NEW = {"poor": "0.5", "island": "0.5", "near_poor": "0.4", "ethnic_minority": "0.3", "other": "0.2"}
OLD = {
    "poor": "0.3",
    "near_poor": "0.25",
    "ethnic_minority": "0.1",
    "island": "0.1",
    "other": "0.1",
}
# Official letter 340/BHXH-CSXH, 2008 to 2026.
COEFFICIENTS = dict(
    zip(
        range(2008, 2027),
        [
            "2.29",
            "2.14",
            "1.96",
            "1.65",
            "1.51",
            "1.42",
            "1.36",
            "1.36",
            "1.32",
            "1.28",
            "1.23",
            "1.20",
            "1.16",
            "1.14",
            "1.11",
            "1.07",
            "1.03",
            "1.00",
            "1.00",
        ],
        strict=True,
    )
)
INCOMES = st.integers(30, 900).map(lambda step: step * 50_000)
GROUPS = st.sampled_from(sorted(NEW))
EXAMPLES = settings(max_examples=150, deadline=None)


def dong(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def quote(income: int, method: str, group: str, on: date, supported: int = 0) -> tuple[int, int]:
    """The rule: whole contribution and the State's part."""
    found = voluntary_contribution(
        BOOK,
        ContributionRequest(
            income,
            parse_method(BOOK, method, on),
            on,
            (SupportGroup(group),),
            months_supported=supported,
        ),
    )
    return found.gross_amount, found.state_support_amount


@EXAMPLES
@given(INCOMES, st.sampled_from([1, 3, 6, 12]), GROUPS, st.booleans(), st.integers(0, 120))
def test_paid_by_months(income: int, months: int, group: str, new: bool, supported: int) -> None:
    on = date(2026, 3, 1) if new else date(2025, 3, 1)
    rate = Decimal((NEW if new else OLD)[group])
    counted = max(0, min(months, 120 - supported))
    expected = (
        dong(Decimal(income) * months * 22 / 100),
        dong(rate * counted * 1_500_000 * 22 / 100),
    )
    assert quote(income, str(months), group, on, supported) == expected


@EXAMPLES
@given(INCOMES, st.integers(2, 5), GROUPS, st.integers(0, 120))
def test_paid_years_ahead(income: int, years: int, group: str, supported: int) -> None:
    with localcontext() as context:
        context.prec = 60
        r = Decimal("0.0031")
        month = Decimal(income) * 22 / 100
        gross = sum((month / (1 + r) ** power for power in range(12 * years)), Decimal(0))
        counted = max(0, min(12 * years, 120 - supported))
        support = Decimal(NEW[group]) * counted * 330_000
        expected = dong(gross), dong(support)
    assert quote(income, f"ahead:{years}", group, date(2026, 3, 1), supported) == expected


@EXAMPLES
@given(INCOMES, st.integers(1, 60), st.booleans())
def test_missing_time(income: int, months: int, old: bool) -> None:
    with localcontext() as context:
        context.prec = 60
        r = Decimal("0.004833") if old else Decimal("0.0031")
        month = Decimal(income) * 22 / 100
        gross = sum((month * (1 + r) ** power for power in range(1, months + 1)), Decimal(0))
    on = date(2020, 3, 1) if old else date(2026, 3, 1)
    income_allowed = income <= (29_800_000 if old else 46_800_000)
    if income_allowed:
        assert quote(income, f"missing:{months}", "other", on)[0] == dong(gross)


@EXAMPLES
@given(INCOMES, st.sampled_from(["3", "6", "12", "ahead:2", "ahead:5"]), GROUPS, st.data())
def test_refund_of_the_months_left(
    income: int, method: str, group: str, data: st.DataObject
) -> None:
    months = 12 * int(method[-1]) if method.startswith("ahead") else int(method)
    left = data.draw(st.integers(1, months))
    on = date(2026, 3, 1)
    payment = ContributionRequest(
        income, parse_method(BOOK, method, on), on, (SupportGroup(group),)
    )
    found = refund(BOOK, RefundRequest(payment, left))
    with localcontext() as context:
        context.prec = 60
        r = Decimal("0.0031") if method.startswith("ahead") else Decimal(0)
        month = Decimal(income) * 22 / 100
        whole = sum(
            (month / (1 + r) ** power for power in range(months - left, months)), Decimal(0)
        )
        expected = dong(whole - Decimal(NEW[group]) * left * 330_000)
    assert abs(found.refund_amount - expected) <= 1


def rate_of(sex: str, months: int) -> Decimal:
    years, odd = divmod(months, 12)
    counted = years + (Decimal(1) if odd > 6 else Decimal("0.5") if odd else 0)
    if sex == "F":
        return min(Decimal(75), 45 + 2 * (counted - 15))
    if counted < 20:
        return 40 + (counted - 15)
    return min(Decimal(75), 45 + 2 * (counted - 20))


@EXAMPLES
@given(
    st.sampled_from("FM"), INCOMES.filter(lambda one: one <= 8_000_000), INCOMES, st.integers(0, 60)
)
def test_pension_of_two_stretches(sex: str, early: int, late: int, lacking: int) -> None:
    """From 7/2008 on; women born 5/1969 and men 5/1964 reach their age in 2026 at the latest."""
    paid = 215 - lacking
    segments: list[Segment] = [stretch("2008-07", 30, early)]
    rest = min(paid, 215) - 30
    segments.append(stretch("2011-01", rest, min(late, 16_000_000)))
    short = max(0, 180 - sum(one.months for one in segments))
    if short:
        segments.append(missing(short, 5_000_000))
    months = 30 + rest + short
    total = Decimal(0)
    for number in range(30 + rest):
        first = Month(2008, 7) if number < 30 else Month(2011, 1)
        year = first.shifted(number if number < 30 else number - 30).year
        income = early if number < 30 else min(late, 16_000_000)
        total += Decimal(income) * Decimal(COEFFICIENTS[year])
    total += Decimal(5_000_000) * short
    asked = PensionRequest(
        Sex(sex),
        Birth.of_month(1969, 5) if sex == "F" else Birth.of_month(1964, 5),
        tuple(segments),
        date(2026, 7, 1),
        retire_on=date(2026, 7, 1),
    )
    with localcontext() as context:
        context.prec = 60
        expected = dong(total * rate_of(sex, months) / (100 * months))
    assert pension(BOOK, asked).monthly_amount == expected


@EXAMPLES
@given(
    st.integers(12, 110),
    INCOMES.filter(lambda one: one <= 12_000_000),
    GROUPS,
    st.sampled_from("ac"),
)
def test_withdrawal_across_the_start_of_2014(
    months: int, income: int, group: str, case: str
) -> None:
    """From 7/2012 on: part of the months before 2014, support from 2018 and anew from 7/2025."""
    found = lump_sum(
        BOOK,
        LumpSumRequest(
            (stretch("2012-07", months, income),), date(2026, 7, 1), Case(case), SupportGroup(group)
        ),
    )
    before, odd = divmod(min(18, months), 12)
    later = months - 12 * before
    years, rest = divmod(later, 12)
    half = Decimal(1) if rest > 6 else Decimal("0.5") if rest else Decimal(0)
    averages = Decimal("1.5") * before + 2 * (years + half)
    first, total, support = Month(2012, 7), Decimal(0), Decimal(0)
    for number in range(months):
        month = first.shifted(number)
        total += Decimal(income) * Decimal(COEFFICIENTS[month.year])
        if month >= Month(2018, 1):
            line = 700_000 if month.year < 2022 else 1_500_000
            support += Decimal(OLD[group]) * line * 22 / 100
    assert odd == min(18, months) - 12 * before
    with localcontext() as context:
        context.prec = 60
        gross = dong(averages * total / months)
    deducted = dong(support) if case == "a" else 0
    assert (found.gross_amount, found.support_deducted_amount) == (gross, deducted)
    assert found.pay_amount == max(0, gross - deducted)


@EXAMPLES
@given(
    st.integers(1, 9),
    st.integers(0, 4),
    st.sampled_from([3, 6, 12]),
    st.sampled_from(
        [
            (date(2025, 7, 2), 2_340_000),
            (date(2026, 6, 30), 2_340_000),
            (date(2026, 7, 1), 2_530_000),
        ]
    ),
)
def test_household_cards(members: int, already: int, months: int, day: tuple[date, int]) -> None:
    on, base = day
    steps = ["1", "0.7", "0.6", "0.5", *["0.4"] * 12]
    expected = [
        dong(Decimal(base) * 45 / 1000 * Decimal(steps[already + number]) * months)
        for number in range(members)
    ]
    found = household_card_quote(
        BOOK, CardRequest(members=members, months=months, on=on, already=already)
    )
    assert [one.amount for one in found.members] == expected
    assert found.total_amount == sum(expected)
