"""What is paid, in words: a month, every way of paying, what will change."""

from collections.abc import Iterator

from vandong.advice.citizen.offer import Offer
from vandong.advice.citizen.outcome import NotWorkedOut
from vandong.advice.citizen.paying import Change, Paying, WayOfPaying
from vandong.advice.documents.citizen.content import Row, Section
from vandong.advice.documents.citizen.teller import Teller
from vandong.kernel.periods import Month
from vandong.law import Citation
from vandong.phrases.law_words import citation_words
from vandong.rules.contribution import Contribution, Method, MethodKind
from vandong.rules.trace import Trace

_LOCAL = "contribution_local"


def paying_section(teller: Teller, offer: Offer) -> Section:
    """A month: contribution, who supports it, what is left for the person now and after the support."""
    paid = offer.paying
    rows = tuple(_rows(teller, paid))
    lead, until = "", offer.plan.paid_until
    if until is not None:
        lead = teller.say("advice_lead_paid_ahead", **_ahead(until))
    return Section("paying", teller.title("paying"), lead, rows, _says(teller, paid))


def ways_section(teller: Teller, offer: Offer) -> Section:
    """Every way of paying, one line each; one that cannot be worked out says so in its line."""
    rows = tuple(_way_row(teller, way) for way in offer.paying.ways)
    return Section("ways", teller.title("ways"), teller.say("advice_lead_ways"), rows)


def change_section(teller: Teller, offer: Offer) -> Section | None:
    """What a known change of the poverty line makes of the payment; both amounts."""
    change = offer.paying.change
    if isinstance(change, NotWorkedOut):
        return teller.refused("change", change)
    if change is None:
        return None
    paid, line = offer.paying, change.line
    values = {
        "on": change.on,
        "now": paid.pay_amount,
        "then": change.month.pay_amount,
        "floor": line.whole,
        "document": _document(teller, line.citation),
    }
    lead = teller.say("advice_lead_change", **values)
    inside = _not_inside(teller, offer, change)
    doubt = "" if line.confidence.is_verified else teller.say("advice_change_doubt", **values)
    return Section(
        "change",
        teller.title("change"),
        rows=tuple(_change_rows(teller, offer, change)),
        says=(inside,) if doubt else (lead, inside),
        amber=(f"{lead} {doubt}",) if doubt else (),
    )


def _not_inside(teller: Teller, offer: Offer, change: Change) -> str:
    """Nothing is worked out anew inside a period paid for (Decree 159/2025/NĐ-CP, art 5.5)."""
    until = offer.plan.paid_until
    if until is not None and until >= Month.of(change.on):
        return teller.say("advice_change_after_paid", **_ahead(until))
    return teller.say("advice_change_not_inside")


def _ahead(until: Month) -> dict[str, str]:
    following = until.shifted(1)
    return {
        "until": f"{until.month:02d}/{until.year}",
        "next": f"{following.month:02d}/{following.year}",
    }


def way_name(teller: Teller, method: Method) -> str:
    """The way of paying in words."""
    if method.kind is MethodKind.AHEAD:
        return teller.say("advice_way_ahead", years=method.count)
    return teller.say(f"advice_way_{method.kind.value}")


def _rows(teller: Teller, paid: Paying) -> Iterator[Row]:
    month = paid.month
    trace = month.trace + paid.day.trace
    doubt = _is_doubtful_without_local(trace)
    yield teller.row("gross", month.gross_amount, trace, rests_on_doubt=doubt, income=paid.income)
    if month.state_support_amount:
        amount = month.state_support_amount
        yield teller.row("state", amount, trace, tone="minus", rests_on_doubt=doubt)
    if month.local_support_amount:
        yield teller.row("local", month.local_support_amount, trace, tone="minus")
    day = teller.say("advice_day_worth", amount=paid.day.amount)
    yield teller.row("pay", paid.pay_amount, trace, tone="total", note=day)
    if paid.support_ends is not None:
        ends = f"{paid.support_ends.month:02d}/{paid.support_ends.year}"
        yield teller.row("pay_later", paid.later_amount, trace, ends=ends)


def _is_doubtful_without_local(trace: Trace) -> bool:
    """Whether the contribution and the State's support rest on a value that is not verified: what a province
    adds does not touch them."""
    facts = (fact for step in trace.steps if step.code != _LOCAL for fact in step.facts)
    return any(not fact.confidence.is_verified for fact in facts)


def _says(teller: Teller, paid: Paying) -> tuple[str, ...]:
    limits = paid.limits
    said = teller.say("advice_income_limits", floor=limits.floor_amount, cap=limits.cap_amount)
    return (said, teller.say("advice_no_change_inside"))


def _way_row(teller: Teller, way: WayOfPaying) -> Row:
    name = way_name(teller, way.method)
    if isinstance(way.quote, NotWorkedOut):
        said = teller.finding(way.quote.finding)
        return Row("way", name, None, teller.say("certainty_unknown"), note=said)
    quote = way.quote
    return Row(
        code="way",
        label=name,
        amount=quote.pay_amount,
        text=teller.dong(quote.pay_amount),
        note=_way_note(teller, quote),
        why=teller.why(quote.trace),
    )


def _way_note(teller: Teller, quote: Contribution) -> str:
    """What belongs to the amount: two monthly amounts where the support ends inside, else the months."""
    if 0 < quote.supported_months < quote.months:
        return teller.say(
            "advice_way_two_amounts",
            months=quote.months,
            supported=quote.supported_months,
            amount=quote.month_supported.pay_amount,
            later=quote.month_unsupported.pay_amount,
        )
    if quote.months == 1:
        return ""
    return teller.say("advice_way_months", months=quote.months, gross=quote.gross_amount)


def _change_rows(teller: Teller, offer: Offer, change: Change) -> Iterator[Row]:
    paid = offer.paying
    yield teller.row("until_change", paid.pay_amount, paid.month.trace)
    trace = Trace(change.month.trace.steps, change.month.trace.notes)
    yield teller.row("from_change", change.month.pay_amount, trace, on=change.on)
    pension = offer.pension_after_change
    if pension is not None and not isinstance(pension, NotWorkedOut):
        yield teller.row(
            "pension_changed", pension.monthly_amount, pension.trace, income=change.income
        )


def _document(teller: Teller, citation: Citation) -> str:
    return citation_words(citation, teller.lang)
