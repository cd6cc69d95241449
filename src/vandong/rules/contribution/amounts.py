"""What a voluntary contribution costs (Law 41/2024/QH15, art 36; Decree 159/2025/NĐ-CP, art 5–7;
Decree 134/2015/NĐ-CP, art 10–14 until 30/6/2025).

The day of payment decides everything: rate, limits, poverty line, support and interest. Nothing is worked out
anew inside a paid period (Decree 159/2025, art 5.5; periods prepaid before 1/7/2025: art 16.5).
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vandong.kernel.money import round_dong
from vandong.kernel.periods import Month
from vandong.law import Fact, LawBook
from vandong.rules.contribution.incomes import IncomeLimits, check_income, income_limits
from vandong.rules.contribution.methods import Method, MethodKind, method_months
from vandong.rules.contribution.support import NO_TOP_UP, StateSupport, TopUp, state_support
from vandong.rules.contribution.windows import require_open_window
from vandong.rules.discount import SCALE, compound_factors, discount_factors
from vandong.rules.people import SupportGroup
from vandong.rules.problems import RuleProblem
from vandong.rules.trace import Trace

INTEREST, RATE = "monthly_interest_rate", "contribution_rate"


@dataclass(frozen=True, slots=True)
class ContributionRequest:
    """What someone asks: a monthly income in đồng, a way of paying, the day of payment.

    `groups` are all support groups the person belongs to (none: "other"). `months_supported` is how many
    months the State has supported before. `covers_from` is the first month to be covered, else that of the
    day. `local` and `other` are what the province and other payers add.
    """

    income: int
    method: Method
    on: date
    groups: tuple[SupportGroup, ...] = ()
    covers_from: Month | None = None
    months_supported: int = 0
    local: TopUp = NO_TOP_UP
    other: TopUp = NO_TOP_UP


@dataclass(frozen=True, slots=True)
class Shares:
    """An amount and who bears it, in whole đồng. `pay_amount` is what the person pays, never below 0."""

    gross_amount: int
    state_support_amount: int
    local_support_amount: int
    other_amount: int

    @property
    def pay_amount(self) -> int:
        """What is left for the person. Support above the contribution is not paid out."""
        support = self.state_support_amount + self.local_support_amount + self.other_amount
        return max(0, self.gross_amount - support)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months of an offer that are alike: `month` is the amounts of one of them, not discounted.

    `starts` is the first of them; None for missing time, which has no calendar months.
    """

    months: int
    starts: Month | None
    month: Shares


@dataclass(frozen=True, slots=True)
class Contribution:
    """One payment. `covers_from`, `paid_until` and `deadline_on` are None where there is none (missing time;
    paid at registration). `supported_months` are those of this payment; `support_months_left` remain after
    it. `schedule` says what a month costs with and after support; it is not a plan of instalments."""

    method: Method
    group: SupportGroup
    months: int
    shares: Shares
    supported_months: int
    support_months_left: int
    covers_from: Month | None
    paid_until: Month | None
    deadline_on: date | None
    schedule: tuple[Stretch, ...]
    month_supported: Shares
    month_unsupported: Shares
    trace: Trace

    @property
    def gross_amount(self) -> int:
        """The whole contribution, rounded once."""
        return self.shares.gross_amount

    @property
    def state_support_amount(self) -> int:
        """What the State pays of it."""
        return self.shares.state_support_amount

    @property
    def local_support_amount(self) -> int:
        """What the province adds."""
        return self.shares.local_support_amount

    @property
    def other_amount(self) -> int:
        """What other payers add."""
        return self.shares.other_amount

    @property
    def pay_amount(self) -> int:
        """What the person pays."""
        return self.shares.pay_amount


@dataclass(frozen=True, slots=True)
class Workings:
    """Everything found in the law for a request, before it is told: what explanations are made from."""

    given: ContributionRequest
    limits: IncomeLimits
    rate: Fact
    months: int
    method_facts: tuple[Fact, ...]
    support: StateSupport
    supported_months: int
    interest: Fact | None
    gross: Fraction
    covers_from: Month | None
    deadline_on: date | None

    @property
    def monthly_gross(self) -> Fraction:
        """The contribution of one month, exact."""
        return self.rate.value * self.given.income

    @property
    def paid_until(self) -> Month | None:
        """The last month covered."""
        return self.covers_from.shifted(self.months - 1) if self.covers_from else None

    def shares(self, gross: Fraction, months: int, supported: int) -> Shares:
        """Who bears `gross` for so many months, of which the State supports some. Each rounded once."""
        base = self.support.base
        return Shares(
            gross_amount=round_dong(gross),
            state_support_amount=round_dong(supported * self.support.monthly),
            local_support_amount=round_dong(months * self.given.local.monthly(base)),
            other_amount=round_dong(months * self.given.other.monthly(base)),
        )


def workings(book: LawBook, given: ContributionRequest) -> Workings:
    """The law of the day for a request, and the exact sum. Raises RuleProblem, ParameterMissing."""
    on, method = given.on, given.method
    limits = income_limits(book, on)
    check_income(limits, given.income, on)
    given.local.check("local")
    given.other.check("other")
    months, method_facts = method_months(book, method, on)
    covers_from, deadline_on = _period(book, given)
    support = state_support(book, given.groups, given.months_supported, on)
    rate = book.fact(RATE, on)
    interest = book.fact(INTEREST, on) if method.is_at_once else None
    monthly = rate.value * given.income
    return Workings(
        given=given,
        limits=limits,
        rate=rate,
        months=months,
        method_facts=method_facts,
        support=support,
        supported_months=min(months, support.months_left),
        interest=interest,
        gross=gross_sum(method.kind, monthly, months, interest.value if interest else None),
        covers_from=covers_from,
        deadline_on=deadline_on,
    )


def gross_sum(
    kind: MethodKind, monthly: Fraction, months: int, interest: Fraction | None
) -> Fraction:
    """The exact sum of `months` contributions of `monthly`: discounted when paid years ahead (Decree 159/2025,
    art 6), with compound interest for missing time (art 7), else plain."""
    if kind is MethodKind.AHEAD and interest is not None:
        return monthly * sum(discount_factors(interest, months)) / SCALE
    if kind is MethodKind.MISSING and interest is not None:
        return monthly * sum(compound_factors(interest, months)) / SCALE
    return monthly * months


def schedule_of(found: Workings) -> tuple[Stretch, ...]:
    """The months with State support, then those without."""
    with_support, without = found.supported_months, found.months - found.supported_months
    stretches = []
    if with_support:
        stretches.append(Stretch(with_support, found.covers_from, month_shares(found, True)))
    if without:
        starts = found.covers_from.shifted(with_support) if found.covers_from else None
        stretches.append(Stretch(without, starts, month_shares(found, False)))
    return tuple(stretches)


def month_shares(found: Workings, is_supported: bool) -> Shares:
    """The amounts of one month paid monthly, with or without State support."""
    return found.shares(found.monthly_gross, 1, int(is_supported))


def _period(book: LawBook, given: ContributionRequest) -> tuple[Month | None, date | None]:
    """First month covered and deadline. Missing time covers no calendar months."""
    if given.method.kind is MethodKind.MISSING:
        if given.covers_from is not None:
            raise RuleProblem("missing_has_no_month", field="covers_from")
        return None, None
    first = given.covers_from or Month.of(given.on)
    return first, require_open_window(book, given.method, first, given.on)
