"""The pension, and what is left when one stops, in words."""

from collections.abc import Iterator

from vandong.advice.citizen.offer import CitizenAdvice, Offer
from vandong.advice.citizen.old_age import OldAge, Stopping
from vandong.advice.citizen.outcome import NotWorkedOut
from vandong.advice.documents.citizen.content import Row, Section, about
from vandong.advice.documents.citizen.teller import Teller
from vandong.rules.contribution import Contribution
from vandong.rules.pension import Pension
from vandong.rules.social_pension import SocialPension


def pension_section(teller: Teller, advice: CitizenAdvice, offer: Offer) -> Section:
    """The pension in today's money, from when, and when what was paid in has come back."""
    old = offer.old_age
    if isinstance(old, NotWorkedOut):
        return teller.refused("pension", old)
    amount, age = about(old.pension.monthly_amount), old.begins_age
    lead = teller.say("advice_lead_pension", amount=amount, age=age, on=old.begins)
    says = [teller.say("advice_pension_today"), teller.say("advice_pension_card")]
    missing = old.paid_in.missing
    refusal = teller.refusal(missing) if isinstance(missing, NotWorkedOut) else ""
    if offer.plan.missing:
        says.append(teller.say("advice_missing_price", months=offer.plan.missing))
    rows = tuple(_rows(teller, offer, old))
    return Section(
        "pension",
        teller.title("pension"),
        lead,
        rows,
        tuple(says),
        amber=tuple(_late(teller, advice, age)),
        refusal=refusal,
    )


def stopping_section(teller: Teller, offer: Offer) -> Section | None:
    """What if I stop: the months are kept, and the ways from there."""
    stop = offer.stopping
    if isinstance(stop, NotWorkedOut):
        return teller.refused("stopping", stop)
    if stop is None:
        return None
    values = {"months": stop.months, "kept": stop.kept_months, "short": stop.short_months}
    lead = teller.say(
        "advice_lead_stop" if stop.short_months else "advice_lead_stop_enough", **values
    )
    says, refusals = [], []
    if stop.pension is None:
        says.append(teller.say("advice_stop_beyond_missing", short=stop.short_months))
    for found in (stop.missing, stop.pension, stop.allowance):
        if isinstance(found, NotWorkedOut):
            refusals.append(teller.refusal(found))
    says.append(teller.say("advice_stop_go_on"))
    return Section(
        "stopping",
        teller.title("stopping"),
        lead,
        tuple(_stop_rows(teller, stop)),
        tuple(says),
        refusal=" ".join(dict.fromkeys(refusals)),
        why=teller.why(stop.trace),
    )


def nothing_section(teller: Teller, advice: CitizenAdvice) -> Section:
    """Doing nothing: the social pension."""
    found = advice.nothing
    if isinstance(found, NotWorkedOut):
        return teller.refused("nothing", found)
    code = "advice_lead_nothing"
    if found.from_on <= advice.answers.on:
        code = "advice_lead_nothing_now"
    lead = teller.say(code, amount=found.amount, age=found.age_years, on=found.from_on)
    rows = (teller.row("social", found.amount, found.trace, age=found.age_years),)
    return Section("nothing", teller.title("nothing"), lead, rows, _nothing_says(teller, advice))


def _late(teller: Teller, advice: CitizenAdvice, age: int) -> Iterator[str]:
    """Said when the social pension, which costs nothing, comes no later than the pension."""
    social = advice.nothing
    if isinstance(social, SocialPension) and social.age_years <= age:
        values = {"age": age, "social_age": social.age_years, "social": social.amount}
        yield teller.say("advice_pension_late", **values)


def _nothing_says(teller: Teller, advice: CitizenAdvice) -> tuple[str, ...]:
    """The two side by side, where there is a pension to compare with."""
    offer, social = advice.offer, advice.nothing
    said = [teller.say("advice_social_and_pension")]
    if not isinstance(offer, Offer) or isinstance(offer.old_age, NotWorkedOut):
        return tuple(said)
    if isinstance(social, SocialPension):
        old = offer.old_age
        values = {
            "pension": old.pension.monthly_amount,
            "age": old.begins_age,
            "social": social.amount,
            "social_age": social.age_years,
        }
        said.insert(0, teller.say("advice_pension_or_social", **values))
    return tuple(said)


def _rows(teller: Teller, offer: Offer, old: OldAge) -> Iterator[Row]:
    pension = old.pension
    yield teller.row("pension", pension.monthly_amount, old.trace, tone="total")
    begins = teller.say("advice_from_day", on=old.begins)
    yield teller.fact_row("begins", begins, offer.plan.trace)
    time = teller.say("advice_time_paid", months=pension.paid_months, years=pension.counted_years)
    rate = teller.say("advice_rate", rate=pension.rate)
    yield teller.fact_row("rate", rate, pension.trace, note=time)
    if pension.extra_amount:
        yield teller.row("extra", pension.extra_amount, pension.trace)
    part = "" if old.paid_in.is_whole else teller.say("advice_paid_in_part")
    trace = offer.paying.month.trace + old.paid_in.trace
    yield teller.row("paid_in", old.paid_in.total_amount, trace, note=part)
    missing = old.paid_in.missing
    if isinstance(missing, Contribution):
        yield teller.row("missing", missing.pay_amount, missing.trace, months=offer.plan.missing)
    if old.payback_months is not None:
        text = teller.say("advice_months", months=old.payback_months)
        note = teller.say("advice_payback_age", age=old.payback_age or 0)
        yield teller.fact_row("payback", text, old.trace, note=note)


def _stop_rows(teller: Teller, stop: Stopping) -> Iterator[Row]:
    if isinstance(stop.missing, Contribution):
        yield teller.row(
            "missing", stop.missing.pay_amount, stop.missing.trace, months=stop.short_months
        )
    if isinstance(stop.pension, Pension):
        code = "stop_pension_missing" if stop.short_months else "stop_pension"
        yield teller.row(code, stop.pension.monthly_amount, stop.pension.trace)
    allowance = stop.allowance
    if allowance is not None and not isinstance(allowance, NotWorkedOut):
        note = teller.say("advice_allowance_months", months=allowance.months)
        yield teller.row("allowance", allowance.monthly_amount, allowance.trace, note=note)
