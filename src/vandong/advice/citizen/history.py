"""What was paid and what is planned, as the segments the rules take."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from vandong.advice.citizen.answers import Answers
from vandong.kernel.money import round_dong
from vandong.kernel.periods import Month
from vandong.law import Fact, LawBook
from vandong.rules.amount_paid import RATE, amount_paid, state_support
from vandong.rules.contribution.support import best_rate
from vandong.rules.contribution.support import state_support as support_of_month
from vandong.rules.people import SupportGroup
from vandong.rules.retirement_age import RetirementAge, retirement_age
from vandong.rules.segments import Kind, Segment, month_count, paid_time
from vandong.rules.trace import Step, Trace


@dataclass(frozen=True, slots=True)
class History:
    """The time paid before. Own money is known of voluntary months only: `own_amount` and `support_amount`
    are exact sums rounded once, by the law of each month, of months paid ahead by that of the day.
    `unknown_months` are voluntary months whose rate of contribution is not known: they count for the time,
    their money stands in no sum."""

    segments: tuple[Segment, ...]
    months: int
    months_supported: int
    own_amount: int
    support_amount: int
    trace: Trace
    unknown_months: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Paying every month from `first` on: `months` of them, then `missing` months at once, so that `total`
    months stand when the pension begins, as early as the law allows. `paid_until`: the last month paid ahead
    already."""

    first: Month
    months: int
    missing: int
    total: int
    needed: int
    age: RetirementAge
    paid_until: Month | None
    trace: Trace

    @property
    def last(self) -> Month | None:
        """The last month paid monthly; None when no month is left to pay."""
        return self.first.shifted(self.months - 1) if self.months else None

    def segments(
        self, before: History, income: int, *, months: int, missing: int
    ) -> tuple[Segment, ...]:
        """What was paid, then so many months of this plan."""
        more = [Segment(Kind.VOLUNTARY, self.first, months, income)] if months else []
        made_up = [Segment(Kind.MISSING, None, missing, income)] if missing else []
        return (*before.segments, *more, *made_up)


def history(book: LawBook, answers: Answers) -> History:
    """The time told, as if paid without a gap from the first month, compulsory months first.
    Raises ParameterMissing, RuleProblem."""
    paid, segments = answers.paid, []
    if paid.joined is None or not paid.months:
        return History((), 0, answers.months_supported or 0, 0, 0, Trace())
    if paid.compulsory_months:
        segments.append(
            Segment(Kind.COMPULSORY, paid.joined, paid.compulsory_months, paid.compulsory_income)
        )
    if paid.voluntary_months:
        first = paid.joined.shifted(paid.compulsory_months)
        segments.append(
            Segment(Kind.VOLUNTARY, first, paid.voluntary_months, paid.voluntary_income)
        )
    return _with_money(book, answers, tuple(segments))


def _with_money(book: LawBook, answers: Answers, segments: tuple[Segment, ...]) -> History:
    """The time with the money of its voluntary months."""
    months, told = answers.paid.months, answers.months_supported
    voluntary = tuple(one for one in segments if one.kind is Kind.VOLUNTARY)
    known = tuple(_known(book, voluntary))
    unknown = sum(one.months for one in voluntary) - sum(one.months for one in known)
    if not known:
        return History(segments, months, told or 0, 0, 0, Trace(), unknown)
    past = _before(known, Month.of(answers.on))
    own, support, used, steps = _past_money(book, answers, past)
    ahead = sum(one.months for one in known) - sum(one.months for one in past)
    paid_ahead, supported_ahead, months_ahead = _ahead_money(book, answers, ahead, used)
    own, support = own + paid_ahead - supported_ahead, support + supported_ahead
    count = sum(one.months for one in known)
    step = Step("advice_paid_before", {"months": count, "amount": max(0, round_dong(own))})
    return History(
        segments=segments,
        months=months,
        months_supported=used + months_ahead if told is None else told,
        own_amount=max(0, round_dong(own)),
        support_amount=round_dong(support),
        trace=Trace((*steps, step)),
        unknown_months=unknown,
    )


def _known(book: LawBook, segments: tuple[Segment, ...]) -> Iterator[Segment]:
    """The months whose rate of contribution the law book knows."""
    for one in segments:
        skipped = sum(not book.has(RATE, month.first_day) for month in one.each())
        if one.first is not None and skipped < one.months:
            yield replace(one, first=one.first.shifted(skipped), months=one.months - skipped)


def _before(segments: tuple[Segment, ...], month: Month) -> tuple[Segment, ...]:
    """What of them lies before a month."""
    cut = (replace(one, months=one.months_before(month)) for one in segments)
    return tuple(one for one in cut if one.months)


def _past_money(
    book: LawBook, answers: Answers, past: tuple[Segment, ...]
) -> tuple[Fraction, Fraction, int, tuple[Step, ...]]:
    """Own money, State support and supported months by the law of each month."""
    if not past:
        return Fraction(0), Fraction(0), 0, ()
    paid = paid_time(book, past)
    whole, support = amount_paid(book, paid), state_support(book, paid, group_of(book, answers))
    return whole.amount - support.amount, support.amount, support.months, (whole.step, support.step)


def _ahead_money(
    book: LawBook, answers: Answers, months: int, used: int
) -> tuple[Fraction, Fraction, int]:
    """Contribution and State support of months paid ahead, and how many of them were supported: by the law of
    the day, as nothing is worked out anew inside a period paid for (Decree 159/2025/NĐ-CP, art 5.5)."""
    if not months:
        return Fraction(0), Fraction(0), 0
    whole = book.fact(RATE, answers.on).value * answers.paid.voluntary_income * months
    found = support_of_month(book, answers.groups, used, answers.on)
    supported = min(months, found.months_left)
    return whole, found.monthly * supported, supported


def group_of(book: LawBook, answers: Answers) -> SupportGroup:
    """The group whose support is the highest on the day. Raises ParameterMissing."""
    return SupportGroup(best_rate(book, answers.groups, answers.on).key)


def plan(book: LawBook, answers: Answers, before: History) -> Plan:
    """Monthly payments from the first month not yet paid to the month of the retirement age; what is then
    short is paid at once (Law 41/2024/QH15, art 36.2 e), and what that cannot cover is paid monthly beyond the
    age. Raises ParameterMissing."""
    age = retirement_age(book, answers.sex, answers.birth, answers.on)
    needed = book.fact("pension_months_needed", answers.on)
    most = book.fact("missing_months", answers.on, "most")
    first = answers.first_unpaid
    months = max(0, month_count(first, age.reached) + 1)
    short = max(0, needed.whole - before.months - months)
    missing = min(short, most.whole)
    months += short - missing
    total = before.months + months + missing
    return Plan(
        first=first,
        months=months,
        missing=missing,
        total=total,
        needed=needed.whole,
        age=age,
        paid_until=answers.paid.paid_until,
        trace=age.trace + Trace(_plan_steps(first, months, missing, total, (needed, most))),
    )


def _plan_steps(
    first: Month, months: int, missing: int, total: int, facts: tuple[Fact, Fact]
) -> tuple[Step, ...]:
    values = {"months": months, "missing": missing, "total": total, "needed": facts[0].whole}
    steps = []
    if months:
        last = first.shifted(months - 1)
        dated = {**values, "first": first.first_day, "last": last.first_day}
        steps.append(Step("advice_plan_monthly", dated, facts[:1]))
    if missing:
        steps.append(Step("advice_plan_missing", values, facts))
    return (*steps, Step("advice_plan_total", values, facts[:1]))
