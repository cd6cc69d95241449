"""What must hold of every pension: monotone rates, the cap, the edge of 180 months, months and starts."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.benefit_cases import missing, stretch

from vandong.kernel.money import round_dong
from vandong.kernel.periods import Month
from vandong.law import ParameterMissing, law_book
from vandong.rules.average_income import Growth
from vandong.rules.counted_years import counted_years
from vandong.rules.pension import (
    Pension,
    PensionRequest,
    extra_years,
    pension,
    pension_of_average,
    pension_rate,
    projected_pension,
)
from vandong.rules.people import Sex
from vandong.rules.problems import RuleProblem
from vandong.rules.retirement_age import Birth, retirement_age
from vandong.rules.segments import Kind, Segment

BOOK = law_book()
ON = date(2026, 6, 1)
SEXES = st.sampled_from(list(Sex))
MONTHS = st.integers(180, 600)
INCOMES = st.integers(1_500_000, 46_800_000)


def asked(
    *segments: Segment,
    sex: Sex = Sex.FEMALE,
    birth: Birth = Birth.of_month(1969, 5),  # noqa: B008 frozen
    on: date = ON,
    retire_on: date | None = None,
    missing_paid_on: date | None = None,
) -> Pension:
    return pension(BOOK, PensionRequest(sex, birth, segments, on, retire_on, missing_paid_on))


def code_of(*segments: Segment, **more: object) -> str:
    with pytest.raises(RuleProblem) as caught:
        asked(*segments, **more)  # type: ignore[arg-type]
    return caught.value.code


@given(SEXES, MONTHS)
def test_the_rate_never_falls_with_a_month_more_and_never_passes_the_cap(
    sex: Sex, months: int
) -> None:
    rates = [
        pension_rate(BOOK, sex, counted_years(BOOK, number, ON).years, ON).rate
        for number in (months, months + 1)
    ]
    cap = BOOK.fact("pension_rate_cap", ON).value
    assert rates[0] <= rates[1] <= cap
    assert rates[0] >= Fraction(40, 100)


@given(MONTHS)
def test_a_woman_never_has_less_than_a_man_of_the_same_time(months: int) -> None:
    years = counted_years(BOOK, months, ON).years
    rates = [pension_rate(BOOK, sex, years, ON).rate for sex in (Sex.FEMALE, Sex.MALE)]
    assert rates[0] >= rates[1]


@given(st.integers(0, 900))
def test_counted_years_go_in_halves_and_lie_close_to_the_months(months: int) -> None:
    years = counted_years(BOOK, months, ON).years
    assert (years * 2).denominator == 1
    assert 0 <= years * 12 - months <= 5


@given(SEXES, st.integers(1, 60_000_000), st.integers(15, 45), st.integers(0, 11))
def test_the_amount_is_the_exact_product_rounded_once(
    sex: Sex, average: int, years: int, months: int
) -> None:
    found = pension_of_average(BOOK, sex, average, years=years, months=months, on=ON)
    assert found.monthly_amount == round_dong(found.rate * average)
    assert 0 <= found.monthly_amount <= average
    assert found.extra_amount >= 0


@given(INCOMES, INCOMES, SEXES)
def test_a_higher_income_never_lowers_the_pension(one: int, other: int, sex: Sex) -> None:
    low, high = sorted((one, other))
    made = [
        asked(stretch("2009-01", 204, 2_000_000), stretch("2026-01", 5, income), sex=sex)
        for income in (low, high)
    ]
    assert made[0].monthly_amount <= made[1].monthly_amount


def test_180_months_are_a_right_and_179_are_none() -> None:
    assert asked(stretch("2011-01", 180, 2_000_000)).paid_months == 180
    assert code_of(stretch("2011-01", 179, 2_000_000)) == "pension_months_short"


def test_missing_time_fills_up_to_180_months_and_no_further() -> None:
    ordinary = stretch("2016-01", 120, 3_000_000)
    assert asked(ordinary, missing(60, 5_000_000)).paid_months == 180
    assert code_of(ordinary, missing(59, 5_000_000)) == "pension_months_short"
    assert (
        code_of(stretch("2015-12", 121, 3_000_000), missing(60, 1)) == "missing_months_beyond_need"
    )
    assert code_of(stretch("2016-02", 119, 3_000_000), missing(61, 1)) == "missing_months_too_many"
    assert code_of(ordinary, missing(30, 1), missing(30, 1)) == "missing_time_twice"


def test_missing_time_paid_later_begins_the_month_after() -> None:
    paid = (stretch("2015-01", 120, 3_000_000), missing(60, 5_000_000))
    assert asked(*paid, missing_paid_on=date(2026, 4, 3)).pension_from == date(2026, 6, 1)
    late = asked(*paid, missing_paid_on=date(2026, 7, 31), on=date(2026, 11, 1))
    assert late.pension_from == date(2026, 8, 1)


def test_who_pays_on_after_the_age_begins_after_the_last_month() -> None:
    found = asked(stretch("2010-01", 200, 2_000_000), on=date(2026, 11, 1))
    assert found.pension_from == date(2026, 9, 1)
    assert found.worth_on == date(2026, 9, 1)


def test_15_years_before_july_2025_begin_on_that_day() -> None:
    """TT11 art 5: the age and 180 months were there before, nothing was paid after."""
    born = Birth.of_month(1965, 3)
    found = asked(stretch("2008-01", 190, 2_000_000), birth=born)
    assert found.pension_from == date(2025, 7, 1)
    assert found.worth_on == date(2025, 7, 1)
    later = asked(stretch("2010-08", 180, 2_000_000), birth=born)
    assert later.pension_from == date(2025, 8, 1)


def test_20_years_before_july_2025_had_their_right_then() -> None:
    made = asked(
        stretch("2005-01", 36, 3_000_000, Kind.COMPULSORY),
        stretch("2008-01", 206, 2_000_000),
        birth=Birth.of_month(1968, 9),
    )
    assert made.pension_from == date(2025, 6, 1)


def test_old_entrants_keep_the_former_age() -> None:
    """Law 41/2024, art 141.9: began before 1/1/2021, 20 years voluntary."""
    enough = stretch("2008-01", 240, 2_000_000)
    born = Birth.of_month(1973, 1)
    found = projected_pension(
        BOOK, PensionRequest(Sex.FEMALE, born, (enough,), ON), Growth(Fraction(0), Fraction(0))
    )
    assert found.retirement_age is not None
    assert (found.retirement_age.years, found.retirement_age.months) == (55, 0)
    assert found.pension_from == date(2028, 2, 1)
    short = stretch("2008-02", 239, 2_000_000)
    normal = projected_pension(
        BOOK, PensionRequest(Sex.FEMALE, born, (short,), ON), Growth(Fraction(0), Fraction(0))
    )
    assert normal.retirement_age is not None
    assert (normal.retirement_age.years, normal.retirement_age.months) == (58, 8)


def test_retire_on_takes_the_place_of_the_first_day() -> None:
    found = asked(stretch("2008-01", 216, 2_000_000), retire_on=date(2026, 9, 15))
    assert found.pension_from == date(2026, 10, 1)
    early = asked(stretch("2008-01", 216, 2_000_000), retire_on=date(2026, 1, 1))
    assert "pension_before_earliest" in {note.code for note in early.trace.notes}
    assert (
        code_of(stretch("2008-01", 220, 2_000_000), retire_on=date(2026, 3, 1))
        == "segment_after_day"
    )


@pytest.mark.parametrize("year", [2027, 2030])
def test_a_year_without_a_table_is_refused(year: int) -> None:
    with pytest.raises(ParameterMissing) as caught:
        asked(stretch("2011-01", 180, 2_000_000), retire_on=date(year, 1, 1))
    assert caught.value.parameter == "income_coefficient_voluntary"
    assert caught.value.reason == "never_published"


def test_months_of_a_year_after_the_table_are_refused_and_projected_only_when_asked() -> None:
    planned = (stretch("2020-01", 240, 3_000_000),)
    born = Birth.of_month(1980, 2)
    with pytest.raises(ParameterMissing):
        asked(*planned, birth=born)
    request = PensionRequest(Sex.FEMALE, born, planned, ON)
    level = projected_pension(BOOK, request, Growth(Fraction(5, 100), Fraction(5, 100)))
    faster = projected_pension(BOOK, request, Growth(Fraction(6, 100), Fraction(5, 100)))
    slower = projected_pension(BOOK, request, Growth(Fraction(0), Fraction(5, 100)))
    assert slower.monthly_amount < level.monthly_amount < faster.monthly_amount
    codes = {note.code for note in level.trace.notes}
    assert {"projected_in_todays_money", "projected_law_may_change"} <= codes
    past = sum(
        (
            BOOK.fact("income_coefficient_voluntary", ON, str(year)).value
            for year in range(2020, 2027)
        ),
        Fraction(0),
    )
    assert level.average == (past * 12 + (240 - 84)) * 3_000_000 / 240


def test_mixed_time_weighs_the_compulsory_average() -> None:
    """Decree 159/2025, art 11.4."""
    found = asked(
        stretch("2005-01", 60, 4_000_000, Kind.COMPULSORY), stretch("2016-01", 120, 3_000_000)
    )
    assert found.average == Fraction(4_000_000 * 60 + 415_440_000, 180)


def test_the_least_pension_is_only_for_20_years_of_compulsory_time_before_july_2025() -> None:
    """Decree 159/2025, art 11.3."""
    low = asked(
        stretch("2000-01", 240, 1_000_000, Kind.COMPULSORY), stretch("2024-01", 12, 1_500_000)
    )
    assert low.monthly_amount == 2_340_000
    short = asked(
        stretch("2000-01", 239, 1_000_000, Kind.COMPULSORY), stretch("2024-01", 12, 1_500_000)
    )
    assert short.monthly_amount < 2_340_000
    voluntary = asked(stretch("2008-01", 216, 1_500_000))
    assert voluntary.monthly_amount < 2_340_000


def test_years_after_the_age_are_worth_two_averages() -> None:
    """Law 41/2024, art 100.2: 30 years are over before the age, 2 more after it."""
    found = extra_years(BOOK, Sex.FEMALE, months=384, months_after_age=12, on=ON)
    assert (found.until_age, found.after_age, found.averages) == (1, 1, Fraction(5, 2))
    before = extra_years(BOOK, Sex.FEMALE, months=384, months_after_age=12, on=date(2025, 6, 30))
    assert before.averages == 1


@pytest.mark.parametrize("sex", list(Sex))
def test_every_birth_month_has_an_age_and_the_start_never_goes_back(sex: Sex) -> None:
    born, last = Month(1955, 1), date(1900, 1, 1)
    while born < Month(1985, 1):
        found = retirement_age(BOOK, sex, Birth(born.first_day), ON)
        assert found.pension_from == born.shifted(found.age_months + 1).first_day
        assert found.pension_from >= last
        last, born = found.pension_from, born.shifted(1)


def test_the_day_of_the_month_changes_nothing() -> None:
    starts = {
        retirement_age(BOOK, Sex.FEMALE, Birth(date(1969, 5, day)), ON).pension_from
        for day in (1, 15, 31)
    }
    assert starts == {date(2026, 6, 1)}


def test_wrong_segments_are_refused() -> None:
    assert code_of() == "no_segments"
    good = stretch("2008-01", 216, 2_000_000)
    assert code_of(good, stretch("2020-01", 3, 2_000_000)) == "segments_overlap"
    assert code_of(stretch("2008-01", 0, 2_000_000)) == "segment_months_wrong"
    assert code_of(stretch("2008-01", 216, 0)) == "segment_income_wrong"
    assert code_of(stretch("2008-01", 216, 50_000_000)) == "segment_income_above_cap"
    assert code_of(stretch("2016-01", 120, 3_000)) == "segment_income_below_floor"
    assert code_of(stretch("2022-01", 120, 699_999)) == "segment_income_below_floor"
    assert asked(good, stretch("2026-01", 5, 700_000 + 800_000)).paid_months == 221
    assert code_of(good, birth=Birth.of_month(2008, 2)) == "segment_before_birth"
    assert code_of(good, birth=Birth.of_month(2027, 2)) == "birth_after_day"


@pytest.mark.parametrize(
    ("years", "months", "code"),
    [(-1, 0, "negative_time"), (15, -1, "negative_time"), (15, 12, "months_not_below_year")],
)
def test_wrong_time_is_refused(years: int, months: int, code: str) -> None:
    with pytest.raises(RuleProblem) as caught:
        pension_of_average(BOOK, Sex.MALE, 1, years=years, months=months, on=ON)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("retire_on", "least"), [(date(2026, 6, 1), 2_340_000), (date(2026, 7, 1), 2_530_000)]
)
def test_the_least_pension_follows_the_reference_level_of_its_first_day(
    retire_on: date, least: int
) -> None:
    paid = (stretch("2000-01", 240, 1_000_000, Kind.COMPULSORY), stretch("2024-01", 1, 1_500_000))
    assert asked(*paid, retire_on=retire_on).monthly_amount == least


@pytest.mark.parametrize(("first", "years"), [("2020-12", 55), ("2021-01", 60)])
def test_the_former_age_depends_on_the_month_of_joining(first: str, years: int) -> None:
    request = PensionRequest(
        Sex.FEMALE, Birth.of_month(1990, 1), (stretch(first, 240, 3_000_000),), ON
    )
    found = projected_pension(BOOK, request, Growth(Fraction(0), Fraction(0)))
    assert found.retirement_age is not None
    assert found.retirement_age.years == years


def test_who_joined_from_july_2025_has_no_least_pension() -> None:
    """The row of the day of joining decides, whatever the months are."""
    assert BOOK.has("pension_minimum_levels", date(2025, 6, 30))
    assert not BOOK.has("pension_minimum_levels", date(2025, 7, 1))
    assert not BOOK.has("lump_sum_wait_months", date(2025, 7, 1))


@given(st.integers(0, 40), st.integers(0, 2000), st.integers(0, 2000))
def test_growth_is_a_factor_of_thirty_decimals(years: int, income: int, prices: int) -> None:
    growth = Growth(Fraction(income, 10_000), Fraction(prices, 10_000))
    exact = ((1 + growth.income_rate) / (1 + growth.price_rate)) ** (years + 1)
    assert abs(growth.factor(years + 1) - exact) <= Fraction(1, 10**30)
