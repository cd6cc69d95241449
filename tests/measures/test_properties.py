"""Rules that hold for every figure: what an interval promises, what a print stands for, what sums do."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from vandong.kernel.exactness import Exactness
from vandong.kernel.numbers import rounded
from vandong.kernel.periods import months_between
from vandong.measures.channels import channel_split
from vandong.measures.flows import FlowSpan, flow_sum
from vandong.measures.growth import growth_from_change, growth_from_prior
from vandong.measures.implied import implied_whole
from vandong.measures.pace import Light, base_day, light, pace_needed, time_elapsed
from vandong.measures.printed import PrintedRate, Verdict, recognised
from vandong.measures.quantity import Quantity, exact, stated, total
from vandong.measures.stock_identity import stock_identity

counts = st.integers(1, 10_000_000)
words = st.sampled_from(list(Exactness))
decimals = st.integers(0, 3)
DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31))


@st.composite
def quantities(draw: st.DrawFn) -> tuple[Quantity, Fraction]:
    """A printed count with one of the true values that it may stand for."""
    figure = stated(draw(counts), draw(words))
    true = draw(st.integers(int(figure.low), int(figure.high)))
    return figure, Fraction(true)


@given(quantities(), quantities())
def test_arithmetic_never_loses_the_true_value(
    one: tuple[Quantity, Fraction], other: tuple[Quantity, Fraction]
) -> None:
    (a, true_a), (b, true_b) = one, other
    for result, true in (
        (a + b, true_a + true_b),
        (a - b, true_a - true_b),
        (a * b, true_a * true_b),
        (-a, -true_a),
    ):
        assert result.low <= true <= result.high
        assert result.low <= result.nominal <= result.high
    if b.low > 0:
        assert (a / b).low <= true_a / true_b <= (a / b).high


@given(quantities(), quantities())
def test_growth_from_a_change_is_tight_and_keeps_the_true_rate(
    stock: tuple[Quantity, Fraction], change: tuple[Quantity, Fraction]
) -> None:
    (now, true_now), (apart, true_apart) = stock, change
    assume(now.low > apart.high)
    growth = growth_from_change(now, apart)
    assert growth.rate is not None
    assert growth.rate.low <= true_apart / (true_now - true_apart) <= growth.rate.high
    loose = apart / growth.prior
    assert loose.low <= growth.rate.low
    assert growth.rate.high <= loose.high


@given(counts, counts)
def test_the_two_ways_to_growth_agree(stock: int, prior: int) -> None:
    stated_growth = growth_from_prior(exact(stock), exact(prior))
    derived = growth_from_change(exact(stock), exact(stock - prior))
    assert (stated_growth.change, stated_growth.rate, stated_growth.prior) == (
        derived.change,
        derived.rate,
        derived.prior,
    )


@given(counts, counts, decimals)
def test_a_print_is_recognised_rounded_and_cut_off(part: int, whole: int, places: int) -> None:
    share = Fraction(part, whole)
    scale = 100 * 10**places
    by_rounding = PrintedRate(Fraction(rounded(share * scale), scale), places)
    by_cutting = PrintedRate(Fraction(int(share * scale), scale), places)
    assert recognised(exact(share), by_rounding) is Verdict.ROUNDED
    expected = {Verdict.ROUNDED} if by_cutting == by_rounding else {Verdict.TRUNCATED}
    assert recognised(exact(share), by_cutting) in expected
    further = PrintedRate(by_cutting.rate + 2 * by_cutting.unit, places)
    assert recognised(exact(share), further) is Verdict.NEITHER


@given(counts, counts, st.integers(1, 3))
def test_the_implied_whole_holds_the_true_whole(part: int, whole: int, places: int) -> None:
    scale = 100 * 10**places
    share = Fraction(part, whole)
    assume(share * scale >= 1)
    by_rounding = PrintedRate(Fraction(rounded(share * scale), scale), places)
    by_cutting = PrintedRate(Fraction(int(share * scale), scale), places)
    assert whole in implied_whole(exact(part), by_rounding).if_rounded
    assert whole in implied_whole(exact(part), by_cutting).if_truncated
    assert whole in implied_whole(exact(part), by_cutting).either


@given(st.lists(counts, min_size=1, max_size=4), st.integers(-3, 3))
def test_channels_close_exactly_when_they_add_up(parts: list[int], error: int) -> None:
    whole = sum(parts) + error
    assume(whole > 0)
    split = channel_split(exact(whole), {str(n): exact(part) for n, part in enumerate(parts)})
    assert split.closes is (error == 0)
    assert split.gap.nominal == error
    if split.closes:
        assert total(split.shares.values()).nominal == 1


@given(counts, st.dictionaries(st.sampled_from(["first_time", "returning", "moved_in"]), counts))
def test_the_identity_leaves_exactly_what_is_not_explained(
    before: int, flows: dict[str, int]
) -> None:
    stock = before + sum(flows.values()) - 40 + 7
    found = stock_identity(
        exact(before),
        exact(stock),
        {**{name: exact(value) for name, value in flows.items()}, "lapsed": exact(40)},
    )
    assert found.unexplained.nominal == 7
    assert not found.closes


def test_gross_new_and_its_parts_are_not_counted_twice() -> None:
    flows = {"gross_new": exact(45), "first_time": exact(40), "returning": exact(5)}
    assert stock_identity(exact(100), exact(145), flows).closes
    assert stock_identity(
        exact(100), exact(145), {"gross_new": exact(45), "first_time": exact(40)}
    ).closes


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30), counts), max_size=8))
def test_chosen_spans_never_overlap_and_cover_at_least_the_longest(
    rows: list[tuple[int, int, int]],
) -> None:
    first = date(2023, 1, 1)
    spans = [
        FlowSpan(first + timedelta(start), first + timedelta(start + length), exact(value))
        for start, length, value in rows
    ]
    end = first + timedelta(100)
    best = flow_sum(spans, first, end)
    chosen = best.spans
    assert all(a.until < b.period_from for a, b in pairwise(chosen))
    assert best.total.nominal == sum(span.amount.nominal for span in chosen)
    assert 101 - best.missing_days >= max((span.days for span in spans), default=0)


def test_a_running_total_wins_over_its_months_and_is_counted_once() -> None:
    months = [
        FlowSpan(date(2023, 1, 1), date(2023, 1, 31), exact(10)),
        FlowSpan(date(2023, 2, 1), date(2023, 2, 28), exact(20)),
    ]
    running = FlowSpan(date(2023, 1, 1), date(2023, 2, 28), exact(30))
    best = flow_sum([*months, running], date(2023, 1, 1), date(2023, 3, 31))
    assert best.spans == (running,)
    assert (best.total.nominal, best.missing_days) == (30, 31)


@given(DAYS, DAYS, DAYS)
def test_time_elapsed_lies_from_0_to_1_and_never_runs_back(a: date, b: date, c: date) -> None:
    start, on, deadline = sorted((a, b, c))
    share = time_elapsed(start, on, deadline)
    assert 0 <= share <= 1
    assert time_elapsed(start, deadline, deadline) == 1


@given(DAYS, DAYS)
def test_the_base_of_a_plan_lies_before_the_day_asked(period_from: date, on: date) -> None:
    assume(period_from <= on)
    base = base_day(period_from, on)
    assert base < on or base == on - timedelta(1)
    assert base.year >= on.year - 1


@given(counts, st.integers(1, 40))
def test_the_needed_pace_closes_the_gap_in_time(left: int, months: int) -> None:
    pace = pace_needed(exact(left), Fraction(months))
    assert pace is not None
    assert pace.nominal * months == left


@given(counts, counts)
def test_the_light_follows_the_ratio(achieved: int, needed: int) -> None:
    ratio = Fraction(achieved, needed)
    expected = (
        Light.NEEDS_HELP
        if ratio < Fraction(1, 2)
        else Light.ATTENTION
        if ratio < 1
        else Light.ON_PACE
    )
    assert light(exact(achieved), exact(needed), exact(5)) is expected


def test_the_light_where_a_ratio_says_nothing() -> None:
    assert light(None, None, None) is None
    assert light(None, exact(5), exact(5)) is None
    assert light(exact(1), None, exact(5)) is Light.NEEDS_HELP
    assert light(exact(-3), exact(0), exact(0)) is Light.ON_PACE
    assert light(exact(5), exact(10), exact(5)) is Light.ATTENTION
    assert pace_needed(exact(5), Fraction(0)) is None
    assert pace_needed(exact(-5), Fraction(0)) == exact(0)


def test_months_are_whole_between_month_ends_and_days_otherwise() -> None:
    assert months_between(date(2023, 5, 31), date(2023, 10, 31)) == 5
    assert months_between(date(2023, 5, 30), date(2023, 10, 31)) == Fraction(154 * 12, 365)
