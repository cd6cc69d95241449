"""A quote: the contribution of a request with its steps and everything that must be said with it."""

from collections.abc import Iterator
from datetime import date

from vandong.kernel.findings import Finding, Severity
from vandong.kernel.periods import Month
from vandong.law import Fact, LawBook
from vandong.rules.contribution.amounts import (
    Contribution,
    ContributionRequest,
    Shares,
    Workings,
    month_shares,
    schedule_of,
    workings,
)
from vandong.rules.contribution.methods import MethodKind
from vandong.rules.trace import Step, Trace


def voluntary_contribution(book: LawBook, given: ContributionRequest) -> Contribution:
    """What one payment costs, by all six ways, under the law of the day of payment (Law 41/2024/QH15, art 36;
    Decree 159/2025/NĐ-CP, art 5–7; until 30/6/2025 Decree 134/2015/NĐ-CP).

    Raises RuleProblem (income_below_floor, income_above_cap, months_not_allowed, month_not_payable,
    missing_has_no_month, top_up_not_allowed, supported_months_not_allowed) and ParameterMissing. Whether the
    person may join at all is not asked here.
    """
    found = workings(book, given)
    shares = found.shares(found.gross, found.months, found.supported_months)
    return Contribution(
        method=given.method,
        group=found.support.group,
        months=found.months,
        shares=shares,
        supported_months=found.supported_months,
        support_months_left=found.support.months_left - found.supported_months,
        covers_from=found.covers_from,
        paid_until=found.paid_until,
        deadline_on=found.deadline_on,
        schedule=schedule_of(found),
        month_supported=month_shares(found, found.support.months_left > 0),
        month_unsupported=month_shares(found, False),
        trace=Trace(tuple(_steps(found, shares)), tuple(_notes(book, found, shares))),
    )


def _steps(found: Workings, shares: Shares) -> Iterator[Step]:
    given, limits = found.given, found.limits
    yield Step(
        "contribution_income",
        {"income": given.income, "floor": limits.floor_amount, "cap": limits.cap_amount},
        limits.facts,
    )
    month = month_shares(found, False).gross_amount
    rate = found.rate.value
    yield Step(
        "contribution_month",
        {"income": given.income, "rate": rate, "amount": month},
        (found.rate,),
    )
    yield _gross_step(found, month, shares.gross_amount)
    yield from _support_steps(found, shares)
    yield Step("contribution_pay", {"amount": shares.pay_amount})


def _gross_step(found: Workings, month: int, gross: int) -> Step:
    values = {"months": found.months, "month_amount": month, "amount": gross}
    facts = found.method_facts
    if found.interest is None:
        return Step("contribution_gross", values, facts)
    code = "ahead" if found.given.method.kind is MethodKind.AHEAD else "missing"
    values["rate"] = found.interest.value  # type: ignore[assignment]
    return Step(f"contribution_gross_{code}", values, (*facts, found.interest))


def _support_steps(found: Workings, shares: Shares) -> Iterator[Step]:
    support = found.support
    several = "_highest" if len(set(found.given.groups)) > 1 else ""
    yield Step(f"contribution_group_{support.group.value}{several}", {}, support.facts[:1])
    values = {
        "rate": support.facts[0].value,
        "base": support.base,
        "months": found.supported_months,
        "amount": shares.state_support_amount,
        "most": support.cap_facts[0].value,
        "used": found.given.months_supported,
    }
    yield Step("contribution_support", values, support.facts + support.cap_facts)
    given = found.given
    for code, top_up, amount in (
        ("local", given.local, shares.local_support_amount),
        ("other", given.other, shares.other_amount),
    ):
        if amount:
            told = {"months": found.months, "amount": amount}
            yield Step(f"contribution_{code}", told, top_up.facts)


def _notes(book: LawBook, found: Workings, shares: Shares) -> Iterator[Finding]:
    yield from _income_notes(found)
    yield from _support_notes(found, shares)
    yield from _method_notes(found)
    if found.paid_until is not None:
        yield from _period_notes(book, found, found.paid_until)


def _income_notes(found: Workings) -> Iterator[Finding]:
    limits, income = found.limits, found.given.income
    if not limits.is_on_step(income):
        values = {"income": income, "floor": limits.floor_amount, "step": limits.step_amount}
        yield _note("contribution_income_off_step", **values)


def _support_notes(found: Workings, shares: Shares) -> Iterator[Finding]:
    """State support ends after 120 months: both amounts are said (Decree 159/2025, art 5.2)."""
    support, given = found.support, found.given
    with_support, without = (month_shares(found, one).pay_amount for one in (True, False))
    values = {"most": support.cap_facts[0].value, "amount": with_support, "later": without}
    if support.monthly:
        left = support.months_left - found.supported_months
        if not support.months_left:
            yield _note("contribution_support_used_up", **values)
        elif found.supported_months < found.months:
            yield _note(
                "contribution_support_ends_within", **values, supported=found.supported_months
            )
        else:
            yield _note("contribution_support_ends", **values, left=left)
    if shares.local_support_amount or shares.other_amount:
        yield _note("contribution_top_up_terms")
    total = shares.state_support_amount + shares.local_support_amount + shares.other_amount
    if total > shares.gross_amount:
        yield _note("contribution_support_exceeds", amount=total, gross=shares.gross_amount)
    if given.method.is_at_once and support.monthly and found.supported_months:
        code = "ahead" if given.method.kind is MethodKind.AHEAD else "missing"
        yield _note(f"contribution_support_of_{code}", amount=shares.state_support_amount)


def _method_notes(found: Workings) -> Iterator[Finding]:
    if found.given.method.kind is MethodKind.MISSING:
        yield _note("contribution_missing_when_age_reached", months=found.months)
    if found.gross.denominator != 1:
        yield _note("contribution_rounded")
    if found.covers_from is not None and found.covers_from > Month.of(found.given.on):
        yield _note("contribution_starts_later", first=found.covers_from.first_day)


def _period_notes(book: LawBook, found: Workings, last: Month) -> Iterator[Finding]:
    """What changes inside the paid period changes nothing for it (Decree 159/2025, art 5.5)."""
    if found.deadline_on is not None:
        values = {"deadline": found.deadline_on}
        yield Finding("contribution_in_time", values, severity=Severity.INFO)
    line = next(fact for fact in found.support.facts if fact.parameter == "poverty_line_rural")
    changed = line.valid_until
    if changed is not None and changed <= last.last_day and found.given.on < changed:
        yield _line_note(changed, last.last_day, _following(book, line))


def _line_note(changed: date, last: date, following: Fact | None) -> Finding:
    if following is None:
        return _note("contribution_line_ends", changed=changed, last=last)
    verified = "" if following.confidence.is_verified else "_unverified"
    return _note(
        f"contribution_line_changes{verified}",
        changed=changed,
        last=last,
        line=following.value,
        document=following.citation.document,
    )


def _following(book: LawBook, fact: Fact) -> Fact | None:
    if fact.valid_until is None or not book.has(fact.parameter, fact.valid_until, fact.key):
        return None
    return book.fact(fact.parameter, fact.valid_until, fact.key)


def _note(code: str, **values: object) -> Finding:
    return Finding(code, values)
