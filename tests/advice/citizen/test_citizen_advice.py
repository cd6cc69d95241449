"""What a person is told: exact where the law is exact, refused where it is silent, honest throughout."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from vandong.advice.citizen import MUST_SAY, CitizenAdvice, NotWorkedOut, Offer, traces_of
from vandong.advice.citizen.old_age import OldAge
from vandong.advice.citizen.paying import Change
from vandong.kernel.periods import Month
from vandong.law import Confidence
from vandong.rules.contribution import Contribution, MethodKind
from vandong.rules.eligibility import Eligibility, Verdict
from vandong.rules.household_card import CardQuote, FormVerdict
from vandong.rules.monthly_allowance import MonthlyAllowance
from vandong.rules.pension import Pension
from vandong.rules.social_pension import SocialPension

Advised = Callable[..., CitizenAdvice]


def offer(advice: CitizenAdvice) -> Offer:
    assert isinstance(advice.offer, Offer)
    return advice.offer


def test_the_example_of_the_picture(advised: Advised) -> None:
    """330.000 less 20 % of 330.000; 22 years count: 45 + 7 × 2 = 59 % of 1.500.000."""
    made = offer(advised())
    assert (made.paying.pay_amount, made.paying.later_amount) == (264_000, 330_000)
    assert made.paying.day.amount == round(264_000 * 12 / 365)
    old = made.old_age
    assert not isinstance(old, NotWorkedOut)
    assert old.pension.monthly_amount == 885_000
    assert (old.begins, old.begins_age) == (date(2048, 6, 1), 60)
    assert old.pension.paid_months == 259
    assert old.paid_in.total_amount == 120 * 264_000 + 139 * 330_000
    assert old.payback_months == -(-old.paid_in.total_amount // 885_000)


def test_every_way_agrees_with_the_tables(advised: Advised) -> None:
    """Section 8.4 of the law notes: n = 2 … 5 years ahead, net of support."""
    ways = {way.method: way.quote for way in offer(advised()).paying.ways}
    amounts = [quote.pay_amount for quote in ways.values() if isinstance(quote, Contribution)]
    assert amounts == [
        *(264_000 * months for months in (1, 3, 6, 12)),
        *(6_060_801, 8_883_443, 11_574_290, 14_138_148),
    ]


def test_the_change_of_2027_tells_both_amounts_and_is_not_verified(advised: Advised) -> None:
    made = offer(advised())
    change = made.paying.change
    assert isinstance(change, Change)
    assert (change.on, change.month.pay_amount) == (date(2027, 1, 1), 387_200)
    assert change.line.confidence is not Confidence.OFFICIAL
    assert isinstance(made.pension_after_change, Pension)
    assert made.pension_after_change.monthly_amount == 1_298_000


def test_an_income_above_the_new_floor_keeps_its_pension_but_not_its_payment(
    advised: Advised,
) -> None:
    made = offer(advised(muc="thu-nhap", tien="5.000.000"))
    change = made.paying.change
    assert isinstance(change, Change)
    assert change.month.pay_amount == 1_100_000 - 96_800
    assert made.pension_after_change is None


def test_money_a_month_and_a_day_reach_the_highest_income_within(advised: Advised) -> None:
    made = offer(advised(muc="thang", tien="500.000"))
    assert made.paying.income == 2_550_000
    assert made.paying.pay_amount <= 500_000 < made.paying.pay_amount + 11_000
    by_day = offer(advised(muc="ngay", tien="16.439"))
    assert by_day.paying.income == 2_550_000


@pytest.mark.parametrize(
    ("groups", "pay"),
    [(["ho-ngheo"], 165_000), (["can-ngheo", "dan-toc"], 198_000), (["xa-dao"], 165_000)],
)
def test_the_highest_group_counts(advised: Advised, groups: list[str], pay: int) -> None:
    assert offer(advised(nhom=groups)).paying.pay_amount == pay


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"viec": "hop-dong"}, Verdict.COMPULSORY),
        ({"viec": "ho-kd-ke-khai"}, Verdict.COMPULSORY),
        ({"viec": "ho-kd"}, Verdict.UNCLEAR),
        ({"viec": "khong-ro"}, Verdict.UNCLEAR),
        ({"viec": "ban-thoi-gian"}, Verdict.UNCLEAR),
        ({"dang_dong": "khong-ro"}, Verdict.UNCLEAR),
        ({"dang_dong": "bat-buoc"}, Verdict.COMPULSORY),
        ({"viec": "luong-huu"}, Verdict.PENSIONER),
        ({"viec": "nuoc-ngoai"}, Verdict.NOT_CITIZEN),
        ({"nam_sinh": "2015"}, Verdict.TOO_YOUNG),
    ],
)
def test_who_may_not_join_or_is_unclear_gets_no_quote(
    advised: Advised, changed: dict[str, str], verdict: Verdict
) -> None:
    made = advised(**changed)
    assert isinstance(made.standing, Eligibility)
    assert (made.standing.verdict, made.offer) == (verdict, None)
    assert isinstance(made.nothing, SocialPension)


@pytest.mark.parametrize(
    "changed",
    [
        {"viec": "tam-hoan"},
        {"viec": ["giup-viec", "hop-dong"]},
        {
            "dang_dong": "tu-nguyen",
            "tn_nam": "1",
            "tn_muc": "1500000",
            "bat_dau": "01/2025",
        },
    ],
)
def test_who_may_join_gets_a_quote(advised: Advised, changed: dict[str, str | list[str]]) -> None:
    assert offer(advised(**changed)).paying.pay_amount == 264_000


def test_the_five_things_are_always_said(advised: Advised) -> None:
    made = offer(advised())
    assert len(MUST_SAY) == 5
    for code, said in zip(MUST_SAY, made.must_say, strict=True):
        assert said.code.startswith(code)


def test_who_joined_before_july_2025_may_withdraw_after_a_wait_that_restarts(
    advised: Advised,
) -> None:
    made = offer(advised(dang_dong="tu-nguyen", tn_nam="2", tn_muc="1.500.000", bat_dau="01/2024"))
    out = made.withdrawal
    assert out is not None
    assert not isinstance(out, NotWorkedOut)
    assert out.by_waiting
    assert out.wait_ends is not None
    assert out.wait_ends.first_day == date(2032, 11, 1)  # paid until 10/2031, then 12 months
    assert "lump_sum_wait_restarts" in {note.code for note in out.trace.notes}


def test_who_joins_now_has_no_withdrawal_for_waiting_and_gets_less_than_was_paid(
    advised: Advised,
) -> None:
    out = offer(advised()).withdrawal
    assert out is not None
    assert not isinstance(out, NotWorkedOut)
    assert not out.by_waiting
    assert (out.gross_amount, out.support_deducted_amount) == (15_000_000, 60 * 66_000)
    assert (out.pay_amount, out.own_amount) == (11_040_000, 60 * 264_000)


def test_stopping_keeps_the_months_and_tells_the_ways_from_there(advised: Advised) -> None:
    stop = offer(advised()).stopping
    assert stop is not None
    assert not isinstance(stop, NotWorkedOut)
    assert (stop.kept_months, stop.short_months) == (60, 120)
    assert stop.pension is None  # 120 months are more than may be paid at once
    assert isinstance(stop.allowance, MonthlyAllowance)
    later = offer(advised(dung_sau="12")).stopping
    assert later is not None
    assert not isinstance(later, NotWorkedOut)
    assert isinstance(later.missing, Contribution)
    assert later.missing.months == 36
    assert isinstance(later.pension, Pension)


def test_a_short_time_until_the_age_is_closed_by_missing_time(advised: Advised) -> None:
    """A man of 58 with 8 years paid: 62 in 2030, the rest at once."""
    made = offer(
        advised(gioi="nam", nam_sinh="1968", thang_sinh="3", tn_nam="8", tn_muc="1500000",
                bat_dau="01/2018")
    )  # fmt: skip
    assert made.plan.months + 96 + made.plan.missing == 180
    assert 0 < made.plan.missing <= 60
    old = made.old_age
    assert not isinstance(old, NotWorkedOut)
    assert isinstance(old.paid_in.missing, Contribution)
    assert old.paid_in.missing.method.kind is MethodKind.MISSING
    assert old.pension.rate == Fraction(40, 100)


def test_compulsory_months_count_and_are_mixed_in(advised: Advised) -> None:
    made = offer(advised(bb_nam="6", bb_thang="5", bb_luong="4.000.000", bat_dau="02/2010"))
    old = made.old_age
    assert not isinstance(old, NotWorkedOut)
    assert old.pension.paid_months == 259 + 77
    assert old.pension.average > 1_500_000
    withdrawal = made.withdrawal
    assert withdrawal is not None
    assert not isinstance(withdrawal, NotWorkedOut)
    assert withdrawal.by_waiting


def test_what_the_law_does_not_tell_is_refused_and_the_rest_stands(advised: Advised) -> None:
    """On 1/3/2027 neither r nor the coefficients of the year are published: who paid before has no pension
    worked out."""
    made = offer(advised(ngay="2027-03-01", tn_nam="2", tn_muc="1500000", bat_dau="2024-01"))
    assert made.paying.pay_amount == 387_200
    ahead = [way.quote for way in made.paying.ways if way.method.kind is MethodKind.AHEAD]
    assert all(isinstance(quote, NotWorkedOut) for quote in ahead)
    assert isinstance(made.old_age, NotWorkedOut)
    assert made.old_age.finding.code == "parameter_missing"
    assert made.old_age.finding.values["parameter"] == "income_coefficient_voluntary"
    assert len(made.must_say) == 5


def test_who_never_paid_needs_no_coefficients_of_past_years(advised: Advised) -> None:
    """The money of the day needs no table: a new year does not take the estimate away."""
    made = offer(advised(ngay="2027-01-02"))
    assert isinstance(made.old_age, OldAge)
    assert made.old_age.pension.average == 2_200_000


def test_what_is_paid_ahead_is_not_paid_again(advised: Advised) -> None:
    """24 months until 12/2027: the plan begins after them, their support is used, nothing is due before."""
    paid = {"tn_nam": "2", "tn_thang": "0", "tn_muc": "1500000", "bat_dau": "01/2026"}
    made = offer(advised(dang_dong="tu-nguyen", dong_den="12/2027", **paid))
    assert made.plan.first == Month(2028, 1)
    assert made.history.months == made.history.months_supported == 24
    assert made.history.own_amount == 24 * 264_000
    assert made.paying.support_ends == Month(2036, 1)
    fresh = offer(advised(thang_sinh="5", nam_sinh="1988"))
    assert made.plan.total == fresh.plan.total + 10


def test_time_before_2014_counts_although_its_money_is_not_known(advised: Advised) -> None:
    """The law book knows the rate of contribution from 2014 on: a person who paid before is answered, the sum
    is marked, and nothing is said of when it has come back."""
    paid = {"tn_nam": "18", "tn_muc": "1500000", "bat_dau": "01/2008"}
    made = offer(advised(gioi="nam", nam_sinh="1966", dang_dong="tu-nguyen", **paid))
    assert made.history.months == 18 * 12
    assert made.history.unknown_months == 72
    assert isinstance(made.old_age, OldAge)
    assert not made.old_age.paid_in.is_whole
    assert made.old_age.payback_months is None


def test_the_family_pays_in_order_and_other_groups_are_asked_first(advised: Advised) -> None:
    asked = {"nguoi": "3", "nhom_the": "ho-gia-dinh", "the": "lan-dau"}
    family = advised(**asked).family
    assert family is not None
    assert not isinstance(family, NotWorkedOut)
    assert isinstance(family.quote, CardQuote)
    assert family.quote.total_amount == 3_142_260
    assert family.quote.validity is not None
    unasked = advised(nguoi="3").family
    assert unasked is not None
    assert not isinstance(unasked, NotWorkedOut)
    assert unasked.form.verdict is FormVerdict.ASK_FIRST
    assert unasked.quote is None


def test_savings_are_compared_like_with_like(advised: Advised) -> None:
    saved = offer(advised()).savings
    assert saved is not None
    assert not isinstance(saved, NotWorkedOut)
    assert saved.real_rate == Fraction(105, 103) - 1
    assert saved.found.paid_amount == 77_550_000
    assert saved.found.saved_amount < saved.found.needed_amount
    assert saved.found.saving_draw_amount < saved.found.pension_amount
    flat = offer(advised(lai="3")).savings  # as much as prices: nothing but the money itself
    assert flat is not None
    assert not isinstance(flat, NotWorkedOut)
    assert flat.found.saved_amount == 77_550_000
    last = saved.years[-1]
    assert last.age == saved.horizon_age
    assert last.drawn_amount < last.pension_amount


@pytest.mark.parametrize("income", [1_500_000, 3_000_000, 9_000_000])
def test_more_income_never_brings_less(advised: Advised, income: int) -> None:
    low = offer(advised(muc="thu-nhap", tien=str(income)))
    high = offer(advised(muc="thu-nhap", tien=str(income + 500_000)))
    assert low.paying.pay_amount < high.paying.pay_amount
    assert not isinstance(low.old_age, NotWorkedOut)
    assert not isinstance(high.old_age, NotWorkedOut)
    assert low.old_age.pension.monthly_amount < high.old_age.pension.monthly_amount


@pytest.mark.parametrize("sex", ["nu", "nam"])
@pytest.mark.parametrize("year", range(1945, 2012, 6))
def test_every_age_gets_an_answer_with_its_law(advised: Advised, sex: str, year: int) -> None:
    made = advised(gioi=sex, nam_sinh=str(year), muc="thu-nhap", tien="3000000")
    refused = [one for one in _refusals(made) if one.finding.code != "parameter_missing"]
    assert refused == []
    assert all(trace.steps or trace.notes for trace in traces_of(made) if trace.facts)


def _refusals(found: object) -> list[NotWorkedOut]:
    if isinstance(found, NotWorkedOut):
        return [found]
    if isinstance(found, tuple):
        return [refused for one in found for refused in _refusals(one)]
    names = getattr(found, "__dataclass_fields__", {})
    return [refused for name in names for refused in _refusals(getattr(found, name))]
