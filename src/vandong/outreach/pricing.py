"""What a payment costs by the law of its place and day, and who bears it."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from vandong.administration.refusals import Refused, problem
from vandong.contacts.models import Aim
from vandong.documents.queries.local_supports import law_book_of, province_of
from vandong.figures.models import Scheme
from vandong.kernel.periods import Month
from vandong.law import LawBook
from vandong.registry.models import Person
from vandong.rules.contribution import (
    ContributionRequest,
    MethodKind,
    TopUp,
    parse_group,
    parse_method,
    voluntary_contribution,
)
from vandong.rules.household_card.amounts import CardRequest, household_card_quote
from vandong.rules.household_card.support import HOUSEHOLD
from vandong.rules.household_card.validity import last_day
from vandong.rules.local_support import LocalShare, local_share
from vandong.rules.reference_level import BASE_SALARY

POVERTY_LINE = "poverty_line_rural"
_SI_AIMS = (Aim.JOIN_SI, Aim.RENEW_SI)


@dataclass(frozen=True, slots=True)
class Collected:
    """One payment as the receipt says. `method`: 1, 3, 6, 12 or ahead:N; for a card its months. `group`: of
    support. `income_amount`: the monthly income chosen (voluntary insurance). `order`: the member's place in
    the household (card). `stated_amount`: what the receipt says the person paid, held against the law."""

    collected_on: date
    covered_from: date
    method: str
    group: str
    number: str
    book: str = ""
    income_amount: int | None = None
    order: int = 1
    stated_amount: int | None = None


@dataclass(frozen=True, slots=True)
class Priced:
    """Who bears what, in đồng; the parts add up to `total_amount`. `covered_until`: exclusive."""

    total_amount: int
    participant_amount: int
    state_amount: int
    local_amount: int
    covered_from: date
    covered_until: date


def scheme_of(aim: str) -> str:
    """The scheme that an aim is about."""
    return Scheme.BHXH_TN if aim in _SI_AIMS else Scheme.BHYT_HGD


def priced(book: LawBook, person: Person, scheme: str, paid: Collected) -> Priced:
    """The amounts by the law of the place and the day of payment (rules of contribution and household card).

    Raises RuleProblem, ParameterMissing; Refused: payment_missing_time.
    """
    place = person.unit_today or person.unit
    law = law_book_of(book, place, paid.collected_on) if place else book
    if scheme == Scheme.BHXH_TN:
        return _contribution(law, person, paid)
    return _card(law, person, paid)


def _contribution(law: LawBook, person: Person, paid: Collected) -> Priced:
    method = parse_method(law, paid.method, paid.collected_on)
    if method.kind is MethodKind.MISSING:
        raise Refused(problem("payment_missing_time", "method"))
    rate, line = (
        law.fact(code, paid.collected_on).value for code in ("contribution_rate", POVERTY_LINE)
    )
    share = _local(law, person, Scheme.BHXH_TN, paid, rate * line)
    found = voluntary_contribution(
        law,
        ContributionRequest(
            income=paid.income_amount or 0,
            method=method,
            on=paid.collected_on,
            groups=(parse_group(paid.group),),
            covers_from=Month.of(paid.covered_from),
            months_supported=_months_before(person, paid.covered_from),
            local=TopUp(share.rate, share.amount, share.facts),
        ),
    )
    local = min(found.local_support_amount, found.gross_amount - found.state_support_amount)
    first = Month.of(paid.covered_from)
    return Priced(
        found.gross_amount,
        found.gross_amount - found.state_support_amount - local,
        found.state_support_amount,
        local,
        first.first_day,
        first.shifted(found.months).first_day,
    )


def _card(law: LawBook, person: Person, paid: Collected) -> Priced:
    months = int(paid.method) if paid.method.isdecimal() and len(paid.method) < 4 else 0
    rate, salary = (law.fact(code, paid.collected_on).value for code in ("card_rate", BASE_SALARY))
    share = _local(law, person, Scheme.BHYT_HGD, paid, rate * salary)
    quote = household_card_quote(
        law,
        CardRequest(
            members=1,
            months=months,
            on=paid.collected_on,
            group=paid.group or HOUSEHOLD,
            already=paid.order - 1,
            local_rate=share.rate,
            local_amount=share.amount,
            local_facts=share.facts,
            other_groups_asked=True,
        ),
    )
    one = quote.members[0]
    first = paid.covered_from
    return Priced(
        one.gross_amount,
        one.amount,
        one.state_support_amount,
        one.gross_amount - one.amount - one.state_support_amount,
        first,
        last_day(first, months) + timedelta(days=1),
    )


def _local(
    law: LawBook, person: Person, scheme: str, paid: Collected, base: Fraction
) -> LocalShare:
    place = person.unit_today or person.unit
    province = province_of(place, paid.collected_on) if place else None
    if province is None:
        return LocalShare()
    return local_share(
        law,
        province_code=province.code,
        scheme=scheme,
        groups=() if paid.group == HOUSEHOLD else (paid.group,),
        base=base,
        on=paid.collected_on,
    )


def _months_before(person: Person, day: date) -> int:
    """Months of voluntary insurance on record before the day: as many the State may have supported."""
    spells = person.participations.filter(
        scheme=Scheme.BHXH_TN, covered_from__lt=day, covered_until__isnull=False
    )
    spans = spells.values_list("covered_from", "covered_until")
    return sum(_months(first, min(until, day)) for first, until in spans if until)


def _months(first: date, until: date) -> int:
    return max(0, (until.year - first.year) * 12 + until.month - first.month)
