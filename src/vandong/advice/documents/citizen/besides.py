"""Beside the pension: saving the same money, the family's health card, insurance against accidents at work."""

from collections.abc import Iterator

from vandong.advice.citizen.assumptions import assumed_count
from vandong.advice.citizen.family import FamilyCard
from vandong.advice.citizen.offer import CitizenAdvice, Offer
from vandong.advice.citizen.outcome import NotWorkedOut
from vandong.advice.citizen.savings import Savings
from vandong.advice.documents.citizen.content import Plot, Row, Section, Table
from vandong.advice.documents.citizen.teller import Teller
from vandong.rules.household_card import CardForm, CardQuote, FormVerdict
from vandong.rules.trace import Trace


def savings_section(teller: Teller, offer: Offer) -> Section | None:
    """Against saving the same money: balance with balance, income with income."""
    saved = offer.savings
    if isinstance(saved, NotWorkedOut):
        return teller.refused("savings", saved)
    if saved is None:
        return _too_late(teller, offer)
    values = {"pension": saved.found.pension_amount, "age": saved.empty_age or 0}
    code = "advice_lead_savings" if saved.empty_age is not None else "advice_lead_savings_ever"
    rows = tuple(_savings_rows(teller, offer, saved))
    says = (teller.say("advice_savings_free"), teller.say("advice_savings_social"))
    return Section(
        "savings",
        teller.title("savings"),
        teller.say(code, **values),
        rows,
        says,
        why=teller.why(saved.trace),
    )


def _too_late(teller: Teller, offer: Offer) -> Section | None:
    """The pension begins beyond the horizon: nothing can be compared, and that is said."""
    old, horizon = offer.old_age, assumed_count("horizon_age")
    if isinstance(old, NotWorkedOut) or old.begins_age < horizon:
        return None
    values = {"age": old.begins_age, "horizon": horizon, "amount": old.paid_in.total_amount}
    lead = teller.say("advice_lead_savings_late", **values)
    return Section("savings", teller.title("savings"), lead)


def plot_of(teller: Teller, offer: Offer) -> Plot | None:
    """The sums over life, with the words and the table that say the same."""
    saved, old = offer.savings, offer.old_age
    if not isinstance(saved, Savings) or isinstance(old, NotWorkedOut):
        return None
    last = saved.years[-1]
    told = teller.say(
        "advice_plot_description",
        age=last.age,
        paid=last.paid_in_amount,
        pension=last.pension_amount,
        drawn=last.drawn_amount,
    )
    names = ("paid_in", "pension", "drawn", "social")
    labels = tuple(teller.say(f"advice_plot_{name}") for name in names)
    heads = (teller.say("advice_plot_age"), *labels)
    return Plot(
        years=saved.years,
        title=teller.say("advice_plot_title"),
        description=told,
        begins_age=old.begins_age,
        empty_age=saved.empty_age,
        labels=labels,
        table=Table(heads, tuple(_plot_rows(teller, saved, old.begins_age))),
    )


def family_section(teller: Teller, advice: CitizenAdvice) -> Section | None:
    """Household health insurance; another group is asked first."""
    family = advice.family
    if isinstance(family, NotWorkedOut):
        return teller.refused("family", family)
    if family is None:
        said = (teller.say("advice_family_not_asked"), teller.say("advice_family_no_card"))
        return Section("family", teller.title("family"), says=said)
    title, form = teller.title("family"), family.form
    why = teller.why(form.trace)
    if form.verdict is FormVerdict.ASK_FIRST:
        return Section("family", title, teller.say("advice_family_ask"), says=why.notes)
    if form.verdict is FormVerdict.PAID_BY_OTHERS:
        return Section("family", title, teller.say("advice_family_paid_by_others"), why=why)
    if isinstance(family.quote, NotWorkedOut):
        return teller.refused("family", family.quote)
    return _quoted(teller, family, form)


def accident_section(teller: Teller) -> Section:
    """The fourth regime is mentioned; nothing is quoted until its parameters are in."""
    return Section("accident", teller.title("accident"), says=(teller.say("advice_accident"),))


def _quoted(teller: Teller, family: FamilyCard, form: CardForm) -> Section:
    quote = family.quote
    if not isinstance(quote, CardQuote):
        return Section("family", teller.title("family"))
    lead = teller.say(
        "advice_lead_family",
        count=family.members,
        amount=quote.total_amount,
        months=quote.months,
    )
    return Section(
        "family",
        teller.title("family"),
        lead,
        tuple(_card_rows(teller, quote)),
        (*_card_days(teller, quote), teller.say("advice_family_no_card")),
        amber=() if form.verdict is FormVerdict.HOUSEHOLD else teller.why(form.trace).notes,
    )


def _card_rows(teller: Teller, quote: CardQuote) -> Iterator[Row]:
    for member in quote.members:
        yield teller.row("member", member.amount, quote.trace, order=member.order)
    yield teller.row("family", quote.total_amount, quote.trace, tone="total")
    if quote.household_total_amount is not None:
        yield teller.row("family_plain", quote.household_total_amount, quote.trace)


def _card_days(teller: Teller, quote: CardQuote) -> Iterator[str]:
    if quote.validity is None:
        asked = (note for note in quote.trace.notes if note.code == "card_ask_previous_card")
        yield from map(teller.finding, asked)
        return
    for period in quote.validity.periods:
        days = {"from": period.valid_from, "until": period.valid_until}
        yield teller.say("advice_card_valid", **days)
    yield from teller.why(Trace((), quote.validity.trace.notes)).notes


def _savings_rows(teller: Teller, offer: Offer, saved: Savings) -> Iterator[Row]:
    found, age = saved.found, saved.horizon_age
    trace = saved.trace
    real = teller.say("advice_real", rate=saved.real_rate)
    yield teller.row("balance", found.saved_amount, trace, note=real)
    yield teller.row("needed", found.needed_amount, trace, age=age)
    yield teller.row("draw", found.saving_draw_amount, trace, age=age)
    life = teller.say("advice_for_life")
    old = offer.old_age
    paid = None if isinstance(old, NotWorkedOut) else old.trace
    yield teller.row("pension_for_life", found.pension_amount, paid, note=life)


def _plot_rows(teller: Teller, saved: Savings, begins: int) -> Iterator[tuple[str, ...]]:
    """Today, the pension, and each fifth age or so after it: the table twin stays short."""
    ages = {saved.years[0].age, begins, saved.empty_age, saved.years[-1].age}
    step = max(1, (saved.horizon_age - begins) // 2 // 2)
    ages |= set(range(begins, saved.horizon_age, step))
    for year in saved.years:
        if year.age not in ages:
            continue
        sums = (
            year.paid_in_amount,
            year.pension_amount,
            year.drawn_amount,
            year.social_amount,
        )
        yield str(year.age), *(teller.say("advice_count", count=amount) for amount in sums)
