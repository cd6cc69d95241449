"""What the next payment of people who are due costs, by the law of the day and what their province adds.

The same rules as for one quote (`rules.bulk.contributions`, `household_card_quote`), asked for many people with
a number of queries that does not grow with them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import polars as pl

from vandong.advice.citizen.assumptions import assumed_count
from vandong.figures.models import Scheme
from vandong.kernel.periods import Month
from vandong.law import LawBook, ParameterMissing
from vandong.outreach.renewals.payers import Payer, payers_of, province_laws
from vandong.rules.bulk import contributions
from vandong.rules.bulk.contribution_terms import group_sets, limit_terms, support_terms
from vandong.rules.household_card.amounts import CardRequest, household_card_quote
from vandong.rules.household_card.support import HOUSEHOLD
from vandong.rules.household_card.validity import last_day
from vandong.rules.local_support import LocalShare, local_share
from vandong.rules.problems import RuleProblem
from vandong.rules.reference_level import BASE_SALARY

ORDER_UNKNOWN, NOT_KNOWN = "renewal_order_unknown", "renewal_terms_unknown"
_POVERTY_LINE = "poverty_line_rural"
_SCHEMA = {
    "income": pl.Int64,
    "method": pl.String,
    "group": pl.String,
    "months_supported": pl.Int64,
    "covers_from": pl.Date,
    "local_rate": pl.String,
    "local_amount": pl.Int64,
}


@dataclass(frozen=True, slots=True)
class Due:
    """A person whose payment is due: `covered_until` (exclusive) and the terms of the period that ends."""

    person_id: int
    scheme: str
    covered_until: date
    method: str = ""
    income_amount: int | None = None
    support_group: str = ""


@dataclass(frozen=True, slots=True)
class NextPayment:
    """The next period and what the person pays for it, in whole đồng; `amount` None with the code of why.

    `first_on`, `last_on`: days covered, both included. `must_choose`: the income chosen lies below the floor
    of the day; the amount is that of the floor. `order`: place in the household, 0 for voluntary insurance.
    """

    amount: int | None
    gross_amount: int | None = None
    months: int | None = None
    first_on: date | None = None
    last_on: date | None = None
    order: int = 0
    must_choose: bool = False
    is_verified: bool = True
    problem: str = ""


def next_payments(
    book: LawBook, dues: Sequence[Due], on: date
) -> dict[tuple[int, str], NextPayment]:
    """By (person, scheme): the same way of paying once more, paid on the day `on`."""
    payers = payers_of([one.person_id for one in dues], on)
    laws = province_laws(book, payers.values())
    found = _voluntary(book, laws, payers, [d for d in dues if d.scheme == Scheme.BHXH_TN], on)
    return found | _cards(book, laws, payers, [d for d in dues if d.scheme != Scheme.BHXH_TN], on)


def voluntary_frame(
    book: LawBook,
    laws: Mapping[str, LawBook],
    payers: Mapping[int, Payer],
    dues: Sequence[Due],
    on: date,
) -> pl.DataFrame:
    """The people's terms as `contributions` reads them; the income is as chosen."""
    most: dict[str, int] = {}
    shares: dict[tuple[str, str], LocalShare] = {}
    columns = defaultdict[str, list[object]](list)
    for due in dues:
        payer = payers[due.person_id]
        group = ",".join(payer.groups(due.support_group))
        if group not in most:
            most[group] = support_terms(book, (group_sets([group])[0] or ()), on).most
        place = (payer.province, group)
        if place not in shares:
            shares[place] = _share(laws.get(payer.province, book), payer.province, group, on)
        columns["income"].append(due.income_amount)
        columns["method"].append(due.method)
        columns["group"].append(group)
        columns["months_supported"].append(min(payer.voluntary_months, most[group]))
        columns["covers_from"].append(Month.of(due.covered_until).first_day)
        columns["local_rate"].append(str(shares[place].rate))
        columns["local_amount"].append(shares[place].amount)
    return pl.DataFrame({name: columns[name] for name in _SCHEMA}, schema=_SCHEMA)


def _share(law: LawBook, province: str, group: str, on: date) -> LocalShare:
    if not province:
        return LocalShare()
    base = law.fact("contribution_rate", on).value * law.fact(_POVERTY_LINE, on).value
    groups = tuple(group.split(",")) if group else ("other",)
    return local_share(
        law, province_code=province, scheme=Scheme.BHXH_TN, groups=groups, base=base, on=on
    )


def _voluntary(
    book: LawBook,
    laws: Mapping[str, LawBook],
    payers: Mapping[int, Payer],
    dues: Sequence[Due],
    on: date,
) -> dict[tuple[int, str], NextPayment]:
    if not dues:
        return {}
    asked = voluntary_frame(book, laws, payers, dues, on)
    floor = limit_terms(book, on).floor
    quoted = contributions(book, asked.with_columns(pl.col("income").clip(lower_bound=floor)), on)
    found = {}
    for due, row in zip(dues, quoted.iter_rows(named=True), strict=True):
        key = (due.person_id, due.scheme)
        if row["problem"]:
            unknown = not due.method or due.income_amount is None
            found[key] = NextPayment(None, problem=NOT_KNOWN if unknown else row["problem"])
            continue
        first = Month.of(due.covered_until)
        found[key] = NextPayment(
            amount=row["pay_amount"],
            gross_amount=row["gross_amount"],
            months=row["months"],
            first_on=first.first_day,
            last_on=first.shifted(row["months"] - 1).last_day,
            must_choose=(due.income_amount or 0) < floor,
            is_verified=row["is_verified"],
        )
    return found


def _cards(
    book: LawBook,
    laws: Mapping[str, LawBook],
    payers: Mapping[int, Payer],
    dues: Sequence[Due],
    on: date,
) -> dict[tuple[int, str], NextPayment]:
    known: dict[tuple[str, str, int], NextPayment] = {}
    found = {}
    for due in dues:
        payer = payers[due.person_id]
        group = payer.card_group
        order = payer.order if group == HOUSEHOLD else 1
        key = (due.person_id, due.scheme)
        if not order:
            found[key] = NextPayment(None, problem=ORDER_UNKNOWN)
            continue
        terms = (payer.province, group, order)
        if terms not in known:
            known[terms] = card_payment(laws.get(payer.province, book), *terms, on)
        found[key] = _dated(known[terms], max(due.covered_until, on))
    return found


def _dated(payment: NextPayment, first: date) -> NextPayment:
    """Paid while the card runs, the next one follows on; within the days of the law it begins at once."""
    if payment.months is None:
        return payment
    return NextPayment(
        amount=payment.amount,
        gross_amount=payment.gross_amount,
        months=payment.months,
        first_on=first,
        last_on=last_day(first, payment.months),
        order=payment.order,
        is_verified=payment.is_verified,
    )


def card_payment(law: LawBook, province: str, group: str, order: int, on: date) -> NextPayment:
    """A year of a card for the member who stands so in the household; without its days."""
    months = assumed_count("card_months")
    try:
        local = _card_share(law, province, group, on)
        quote = household_card_quote(
            law,
            CardRequest(
                members=1,
                months=months,
                on=on,
                group=group,
                already=order - 1,
                local_rate=local.rate,
                local_amount=local.amount,
                local_facts=local.facts,
                other_groups_asked=True,
            ),
        )
    except (RuleProblem, ParameterMissing) as problem:
        return NextPayment(None, problem=problem.code)
    facts = [fact for step in quote.trace.steps for fact in step.facts]
    [one] = quote.members
    return NextPayment(
        amount=one.amount,
        gross_amount=one.gross_amount,
        months=months,
        order=order if group == HOUSEHOLD else 0,
        is_verified=all(fact.confidence.is_verified for fact in facts),
    )


def _card_share(law: LawBook, province: str, group: str, on: date) -> LocalShare:
    if not province:
        return LocalShare()
    base: Fraction = law.fact("card_rate", on).value * law.fact(BASE_SALARY, on).value
    groups = () if group == HOUSEHOLD else (group,)
    return local_share(
        law, province_code=province, scheme=Scheme.BHYT_HGD, groups=groups, base=base, on=on
    )


def paid_until_of(covered_until: date) -> date:
    """The last day paid for."""
    return covered_until - timedelta(days=1)
