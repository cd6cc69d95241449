"""What was paid and what is planned, as the segments the rules take."""

from dataclasses import dataclass

from vandong.advice.citizen.answers import Answers
from vandong.kernel.money import round_dong
from vandong.kernel.periods import Month
from vandong.law import Fact, LawBook
from vandong.rules.amount_paid import amount_paid, state_support
from vandong.rules.contribution.support import best_rate
from vandong.rules.people import SupportGroup
from vandong.rules.retirement_age import RetirementAge, retirement_age
from vandong.rules.segments import Kind, Segment, month_count, paid_time
from vandong.rules.trace import Step, Trace


@dataclass(frozen=True, slots=True)
class History:
    """The time paid before. Own money is known of voluntary months only: `own_amount` and `support_amount`
    are exact sums rounded once, by the law of each month."""

    segments: tuple[Segment, ...]
    months: int
    months_supported: int
    own_amount: int
    support_amount: int
    trace: Trace


@dataclass(frozen=True, slots=True)
class Plan:
    """Paying every month from `first` on: `months` of them, then `missing` months at once, so that `total`
    months stand when the pension begins, as early as the law allows."""

    first: Month
    months: int
    missing: int
    total: int
    needed: int
    age: RetirementAge
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
    months_supported, own, support, trace = _own(book, answers, tuple(segments))
    return History(tuple(segments), paid.months, months_supported, own, support, trace)


def _own(
    book: LawBook, answers: Answers, segments: tuple[Segment, ...]
) -> tuple[int, int, int, Trace]:
    voluntary = tuple(one for one in segments if one.kind is Kind.VOLUNTARY)
    if not voluntary:
        return answers.months_supported or 0, 0, 0, Trace()
    paid = paid_time(book, voluntary)
    whole, support = amount_paid(book, paid), state_support(book, paid, group_of(book, answers))
    own = max(0, round_dong(whole.amount - support.amount))
    told = answers.months_supported
    step = Step("advice_paid_before", {"months": paid.count(), "amount": own})
    trace = Trace((whole.step, support.step, step))
    known = support.months if told is None else told
    return known, own, round_dong(support.amount), trace


def group_of(book: LawBook, answers: Answers) -> SupportGroup:
    """The group whose support is the highest on the day. Raises ParameterMissing."""
    return SupportGroup(best_rate(book, answers.groups, answers.on).key)


def plan(book: LawBook, answers: Answers, before: History) -> Plan:
    """Monthly payments from this month to the month of the retirement age; what is then short is paid at once
    (Law 41/2024/QH15, art 36.2 e), and what that cannot cover is paid monthly beyond the age. Raises
    ParameterMissing."""
    age = retirement_age(book, answers.sex, answers.birth, answers.on)
    needed = book.fact("pension_months_needed", answers.on)
    most = book.fact("missing_months", answers.on, "most")
    first = Month.of(answers.on)
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
