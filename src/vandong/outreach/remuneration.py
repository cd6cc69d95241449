"""What collectors are owed by their office's own dated rates. Rates are an office's agreement, none of them law
(domain.md 2.F: they differ between organisations and years)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from django.db import transaction

from vandong.accounts.models import Member, OfficeSetting, Organisation
from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.audit_trail import Subject, record
from vandong.administration.refusals import Refused, problem, refuse_all
from vandong.figures.models import Scheme
from vandong.kernel.money import round_dong
from vandong.outreach.results.span import rows

RATES, PAID = "remuneration", "remuneration_paid"
BASES = ("participant", "total")
_YEAR = 12
_STEPS = (1, 3, 6)
"""A joiner's rate is that of the longest of these periods within what was paid, a year's from twelve on."""
_LINES = """
SELECT receipt.id, receipt.person_id, person.full_name, receipt.scheme, receipt.collected_on,
    receipt.accepted_on, receipt.participant_amount, receipt.total_amount,
    ((extract(year FROM receipt.covered_until) - extract(year FROM receipt.covered_from)) * 12
        + extract(month FROM receipt.covered_until) - extract(month FROM receipt.covered_from))::int AS months,
    NOT EXISTS (
        SELECT FROM registry_participation spell
        WHERE spell.person_id = receipt.person_id AND spell.scheme = receipt.scheme
            AND spell.covered_from < receipt.covered_from AND spell.ended_on IS NULL
            AND (spell.covered_until IS NULL OR spell.covered_until >= receipt.covered_from)
    ) AS is_new
FROM registry_receipt receipt
JOIN registry_person person ON person.id = receipt.person_id
WHERE receipt.member_id = %(member)s AND receipt.returned_on IS NULL
    AND receipt.scheme IN ('bhxh_tn', 'bhyt_hgd')
    AND receipt.{day} BETWEEN %(first_on)s AND %(last_on)s
ORDER BY receipt.{day}, receipt.id
"""


@dataclass(frozen=True, slots=True)
class Receipted:
    """One receipt of a collector. `months` paid for; `is_new`: nothing was paid up to its first day."""

    receipt_id: int
    person_id: int
    name: str
    scheme: str
    collected_on: date
    accepted_on: date | None
    participant_amount: int
    total_amount: int
    months: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of the money (fractions as decimals), valid from a day on until the next of the office begins.

    `base`: of what the participant paid, or of the whole contribution. Joiners of voluntary insurance by the
    months paid for; what goes beyond a year counts as going on.
    """

    valid_from: date
    base: str = "participant"
    si_new_1: Decimal = Decimal(0)
    si_new_3: Decimal = Decimal(0)
    si_new_6: Decimal = Decimal(0)
    si_new_12: Decimal = Decimal(0)
    si_renew: Decimal = Decimal(0)
    card_new: Decimal = Decimal(0)
    card_renew: Decimal = Decimal(0)


RATE_NAMES = tuple(one.name for one in fields(Rates) if one.name not in {"valid_from", "base"})


@dataclass(frozen=True, slots=True)
class DueLine:
    """One receipt and what is owed for it, đồng; None where no rates were in force on its day."""

    receipt: Receipted
    due_amount: int | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A collector's month: what is owed for files accepted in it, what the office has paid, the difference.

    `paid_amount` None: the office has recorded no payment. `unrated`: receipts of days without rates.
    """

    lines: tuple[DueLine, ...]
    paid_amount: int | None
    paid_on: date | None

    @property
    def due_amount(self) -> int:
        """Owed for all lines that have a rate."""
        return sum(line.due_amount or 0 for line in self.lines)

    @property
    def unrated(self) -> int:
        """Receipts for which no rates are known."""
        return sum(line.due_amount is None for line in self.lines)

    @property
    def difference_amount(self) -> int | None:
        """Paid less due; negative: still owed."""
        return None if self.paid_amount is None else self.paid_amount - self.due_amount


def due_for(rates: Rates, receipt: Receipted) -> int:
    """What is owed for one receipt, đồng, rounded once, half up. What exceeds a year's months of a joiner is
    paid at the rate of those who go on."""
    amount = receipt.participant_amount if rates.base == "participant" else receipt.total_amount
    if receipt.scheme != Scheme.BHXH_TN:
        rate = rates.card_new if receipt.is_new else rates.card_renew
        return round_dong(Fraction(rate) * amount)
    if not receipt.is_new:
        return round_dong(Fraction(rates.si_renew) * amount)
    if receipt.months <= _YEAR:
        return round_dong(Fraction(_joiner_rate(rates, receipt.months)) * amount)
    first = Fraction(amount * _YEAR, receipt.months)
    rest = amount - first
    return round_dong(Fraction(rates.si_new_12) * first + Fraction(rates.si_renew) * rest)


def _joiner_rate(rates: Rates, months: int) -> Decimal:
    if months >= _YEAR:
        return rates.si_new_12
    step = max((one for one in _STEPS if one <= months), default=_STEPS[0])
    rate: Decimal = getattr(rates, f"si_new_{step}")
    return rate


def collected(member_id: int, first_on: date, last_on: date, *, accepted: bool) -> list[Receipted]:
    """The collector's receipts by the day of acceptance, or of collection. Whose they are is asked before."""
    sql = _LINES.format(day="accepted_on" if accepted else "collected_on")
    values = {"member": member_id, "first_on": first_on, "last_on": last_on}
    return [Receipted(*row) for row in rows(sql, values)]


def statement(member: Member, first_on: date, last_on: date) -> Statement:
    """The collector's statement of a month, by the rates of each day of collection."""
    known = office_rates(member.organisation_id)
    lines = [
        DueLine(one, due_for(rates, one) if (rates := _in_force(known, one.collected_on)) else None)
        for one in collected(member.pk, first_on, last_on, accepted=True)
    ]
    paid = OfficeSetting.objects.filter(
        organisation_id=member.organisation_id, kind=PAID, name=_paid_name(member.pk, first_on)
    ).first()
    value = paid.value if paid else {}
    return Statement(
        tuple(lines),
        value.get("amount"),
        date.fromisoformat(value["on"]) if value.get("on") else None,
    )


def office_rates(organisation_id: int) -> tuple[Rates, ...]:
    """The rates of an office, the latest first."""
    found = OfficeSetting.objects.filter(organisation_id=organisation_id, kind=RATES)
    return tuple(
        sorted(
            (_read(one.name, one.value) for one in found),
            key=lambda rates: rates.valid_from,
            reverse=True,
        )
    )


def _in_force(known: Sequence[Rates], on: date) -> Rates | None:
    return next((rates for rates in known if rates.valid_from <= on), None)


def _read(name: str, value: Mapping[str, Any]) -> Rates:
    given = {rate: Decimal(value[rate]) for rate in RATE_NAMES}
    return Rates(date.fromisoformat(name), value["base"], **given)


def _paid_name(member_id: int, first_on: date) -> str:
    return f"{member_id}:{first_on:%Y-%m}"


@transaction.atomic
def save_rates(
    *,
    actor: Actor,
    organisation_id: int,
    valid_from: date,
    base: str,
    shares: Mapping[str, str],
    at: datetime,
) -> OfficeSetting:
    """Keeps the office's rates from a day on; the same day again corrects them. `shares`: per cent as typed.

    Raises NotAllowed; Refused: rate_not_a_share for each wrong one.
    """
    office = Organisation.objects.select_for_update().get(pk=organisation_id)
    require(actor, Right.MANAGE_SETTINGS, organisation=office)
    found, problems = {}, []
    for name in RATE_NAMES:
        share = _share(shares.get(name, ""))
        if share is None:
            problems.append(problem("rate_not_a_share", name))
        else:
            found[name] = str(share)
    if base not in BASES:
        problems.append(problem("rate_base_unknown", "base"))
    refuse_all(problems)
    value = {"base": base, **found}
    row, is_new = OfficeSetting.objects.get_or_create(
        organisation=office, kind=RATES, name=valid_from.isoformat(), defaults={"value": value}
    )
    before = None if is_new else row.value
    row.value, row.version = value, row.version + (not is_new)
    row.save()
    subject = Subject("accounts.officesetting", str(row.pk), office.name)
    record(actor, "remuneration.rates_saved", subject, before, {"from": valid_from, **value}, at)
    return row


def _share(text: str) -> Decimal | None:
    """ "4,5" (per cent) as 0.045; empty is nought; None for what is no share."""
    try:
        share = Decimal(text.strip().replace(",", ".") or "0") / 100
    except InvalidOperation:
        return None
    return share if share.is_finite() and 0 <= share <= 1 else None


@transaction.atomic
def record_paid(
    *, actor: Actor, member_id: int, month: date, amount: int, paid_on: date, at: datetime
) -> OfficeSetting:
    """What the office has paid a collector for a month; again: corrected. Raises NotAllowed, Refused."""
    member = (
        Member.objects.select_related("organisation")
        .select_for_update(of=("self",))
        .get(pk=member_id)
    )
    require(actor, Right.MANAGE_SETTINGS, organisation=member.organisation)
    if amount < 0:
        raise Refused(problem("paid_below_nought", "amount"))
    value = {"amount": amount, "on": paid_on.isoformat()}
    row, is_new = OfficeSetting.objects.get_or_create(
        organisation=member.organisation,
        kind=PAID,
        name=_paid_name(member.pk, month),
        defaults={"value": value},
    )
    before = None if is_new else row.value
    row.value, row.version = value, row.version + (not is_new)
    row.save()
    record(actor, "remuneration.paid", member, before, {"month": f"{month:%m/%Y}", **value}, at)
    return row
