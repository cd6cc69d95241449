"""What the person pays: the income their money reaches, each way of paying, a day's worth, what will change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vandong.advice.citizen.answers import Answers, Means
from vandong.advice.citizen.history import History
from vandong.advice.citizen.outcome import Outcome, worked
from vandong.kernel.money import round_dong
from vandong.kernel.periods import MONTHS_A_DAY, Month
from vandong.law import Fact, LawBook
from vandong.rules.contribution import (
    Contribution,
    ContributionRequest,
    IncomeLimits,
    Method,
    MethodKind,
    TopUp,
    income_limits,
    parse_method,
    voluntary_contribution,
)
from vandong.rules.contribution.support import StateSupport, state_support
from vandong.rules.local_support import local_share
from vandong.rules.problems import RuleProblem
from vandong.rules.trace import Step, Trace

SCHEME = "bhxh_tn"
LINE = "poverty_line_rural"


@dataclass(frozen=True, slots=True)
class WayOfPaying:
    """One way of paying and its quote."""

    method: Method
    quote: Outcome[Contribution]


@dataclass(frozen=True, slots=True)
class DayShare:
    """What a month costs by the day, while supported and after: a twelfth of 365 days."""

    amount: int
    later_amount: int
    trace: Trace


@dataclass(frozen=True, slots=True)
class Change:
    """The poverty line changes on `on`: a month then costs `month`; `income` is at least the new floor.
    `line` tells how sure that is."""

    on: date
    line: Fact
    income: int
    month: Contribution


@dataclass(frozen=True, slots=True)
class Paying:
    """`month` is a payment of one month by the law of the day; `ways` every way. `support_ends`: the first
    month without State support when paid without a gap, None when there is none or it never ends here."""

    income: int
    limits: IncomeLimits
    month: Contribution
    day: DayShare
    ways: tuple[WayOfPaying, ...]
    support_ends: Month | None
    change: Outcome[Change | None]

    @property
    def pay_amount(self) -> int:
        """What a month costs now."""
        return self.month.pay_amount

    @property
    def later_amount(self) -> int:
        """What a month costs after the support."""
        return self.month.month_unsupported.pay_amount


def request(
    book: LawBook,
    answers: Answers,
    *,
    income: int,
    method: Method,
    months_supported: int,
    on: date | None = None,
) -> ContributionRequest:
    """The question to the rule, with what the province adds. Raises ParameterMissing."""
    day = on or answers.on
    return ContributionRequest(
        income=income,
        method=method,
        on=day,
        groups=answers.groups,
        months_supported=months_supported,
        local=_local(book, answers, day),
    )


def chosen_income(book: LawBook, answers: Answers, months_supported: int) -> int:
    """The income chosen, or the highest whose own part stays within the money told: the floor and whole
    customary steps above it.

    Raises RuleProblem (income_below_floor, income_above_cap, advice_budget_below_lowest,
    advice_budget_above_highest; field `amount`), ParameterMissing.
    """
    limits = income_limits(book, answers.on)
    if answers.means is Means.LOWEST:
        return limits.floor_amount
    if answers.means is Means.INCOME:
        _check_income(limits, answers)
        return answers.amount
    budget = Fraction(answers.amount)
    if answers.means is Means.DAILY:
        budget /= MONTHS_A_DAY
    return _within(book, answers, limits, budget, months_supported)


def paying(book: LawBook, answers: Answers, before: History) -> Paying:
    """Everything about what is paid. Raises RuleProblem, ParameterMissing when a month cannot be worked out."""
    used = before.months_supported
    income = chosen_income(book, answers, used)
    monthly = request(
        book, answers, income=income, method=Method(MethodKind.MONTHLY), months_supported=used
    )
    month = voluntary_contribution(book, monthly)
    ways = tuple(_ways(book, answers, income, used))
    return Paying(
        income=income,
        limits=income_limits(book, answers.on),
        month=month,
        day=_day_share(month),
        ways=ways,
        support_ends=_support_ends(month, answers),
        change=worked(lambda: _change(book, answers, income, used)),
    )


def _check_income(limits: IncomeLimits, answers: Answers) -> None:
    values = {"income": answers.amount, "on": answers.on}
    if answers.amount < limits.floor_amount:
        floor = limits.floor_amount
        raise RuleProblem("income_below_floor", field="amount", floor=floor, **values)
    if answers.amount > limits.cap_amount:
        raise RuleProblem("income_above_cap", field="amount", cap=limits.cap_amount, **values)


def _within(
    book: LawBook, answers: Answers, limits: IncomeLimits, budget: Fraction, used: int
) -> int:
    found = state_support(book, answers.groups, used, answers.on)
    rate = book.fact("contribution_rate", answers.on).value
    support = _monthly_support(book, answers, found)
    for bound, code in (
        (limits.floor_amount, "advice_budget_below_lowest"),
        (limits.cap_amount, "advice_budget_above_highest"),
    ):
        price = max(Fraction(0), rate * bound - support)
        beyond = budget < price if bound == limits.floor_amount else budget > price
        if beyond:
            values = {"given": round_dong(budget), "day": round_dong(price * MONTHS_A_DAY)}
            raise RuleProblem(code, field="amount", amount=round_dong(price), **values)
    reached = min(limits.cap_amount, int((budget + support) / rate))
    step = limits.step_amount or 1
    return limits.floor_amount + (reached - limits.floor_amount) // step * step


def _monthly_support(book: LawBook, answers: Answers, found: StateSupport) -> Fraction:
    """What State and province pay of a month now."""
    state = found.monthly if found.months_left else Fraction(0)
    return state + _local(book, answers, answers.on).monthly(found.base)


def _local(book: LawBook, answers: Answers, on: date) -> TopUp:
    if not answers.province:
        return TopUp()
    base = book.fact("contribution_rate", on).value * book.fact(LINE, on).value
    groups = tuple(group.value for group in answers.groups) or ("other",)
    share = local_share(
        book, province_code=answers.province, scheme=SCHEME, groups=groups, base=base, on=on
    )
    return TopUp(share.rate, share.amount, share.facts)


def _ways(book: LawBook, answers: Answers, income: int, used: int) -> Iterator[WayOfPaying]:
    """Every way of the day but missing time, which belongs to the retirement age."""
    on = answers.on
    texts = [
        str(book.fact("method_months", on, key).whole) for key in book.keys("method_months", on)
    ]
    if book.has("years_ahead", on, "most"):
        fewest, most = (book.fact("years_ahead", on, key).whole for key in ("fewest", "most"))
        texts += [f"ahead:{years}" for years in range(fewest, most + 1)]
    for text in texts:
        method = parse_method(book, text, on)
        yield WayOfPaying(method, _quoted(book, answers, income, used, method))


def _quoted(
    book: LawBook, answers: Answers, income: int, used: int, method: Method
) -> Outcome[Contribution]:
    def quote() -> Contribution:
        asked = request(book, answers, income=income, method=method, months_supported=used)
        return voluntary_contribution(book, asked)

    return worked(quote)


def _day_share(month: Contribution) -> DayShare:
    now, later = month.pay_amount, month.month_unsupported.pay_amount
    a_day, a_day_later = (round_dong(amount * MONTHS_A_DAY) for amount in (now, later))
    step = Step("advice_day_share", {"month": now, "amount": a_day})
    return DayShare(a_day, a_day_later, Trace((step,)))


def _support_ends(month: Contribution, answers: Answers) -> Month | None:
    left = month.support_months_left + month.supported_months
    if not left or month.covers_from is None:
        return None
    return max(month.covers_from, answers.first_unpaid).shifted(left)


def _change(book: LawBook, answers: Answers, income: int, used: int) -> Change | None:
    """The next change of the poverty line, when one is known (Law 41/2024/QH15, art 31.2). Raises
    ParameterMissing."""
    line = book.fact(LINE, answers.on)
    if line.valid_until is None or not book.has(LINE, line.valid_until):
        return None
    day = line.valid_until
    limits = income_limits(book, day)
    raised = min(max(income, limits.floor_amount), limits.cap_amount)
    asked = request(
        book,
        answers,
        income=raised,
        method=Method(MethodKind.MONTHLY),
        months_supported=used,
        on=day,
    )
    return Change(day, book.fact(LINE, day), raised, voluntary_contribution(book, asked))
