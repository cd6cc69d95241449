"""Taking the money out, dying, becoming compulsory: in words."""

from collections.abc import Iterator

from vandong.advice.citizen.leaving import Death, Withdrawal
from vandong.advice.citizen.offer import Offer
from vandong.advice.citizen.outcome import NotWorkedOut
from vandong.advice.documents.citizen.content import Row, Section
from vandong.advice.documents.citizen.paying import way_name
from vandong.advice.documents.citizen.teller import Teller


def withdrawal_section(teller: Teller, offer: Offer) -> Section | None:
    """What if I take it out: whether one may, how much, and what it is less than."""
    out = offer.withdrawal
    if isinstance(out, NotWorkedOut):
        return teller.refused("withdrawal", out)
    if out is None:
        return None
    code = "advice_lead_withdraw_waiting" if out.by_waiting else "advice_lead_withdraw_none"
    ends = out.wait_ends.first_day if out.wait_ends else None
    lead = teller.say(code, months=out.months, **({"on": ends} if ends else {}))
    says = (teller.say("advice_withdraw_cases"), teller.say("advice_withdraw_loses"))
    rows = tuple(_out_rows(teller, out))
    return Section("withdrawal", teller.title("withdrawal"), lead, rows, says)


def death_section(teller: Teller, offer: Offer) -> Section:
    """What the family receives; it may be less than was paid."""
    found = offer.deaths
    if isinstance(found, NotWorkedOut):
        return teller.refused("death", found)
    rows = tuple(row for death in found for row in _death_rows(teller, death))
    less = any(one.survivors_amount < one.own_amount for one in found)
    lead = teller.say("advice_lead_death_less" if less else "advice_lead_death")
    return Section("death", teller.title("death"), lead, rows, (teller.say("advice_funeral_rule"),))


def compulsory_section(teller: Teller, offer: Offer) -> Section:
    """What becomes of the time and of prepaid months."""
    rows = tuple(
        Row(
            code="refund",
            label=teller.say(
                "advice_row_refund",
                way=way_name(teller, one.method),
                months=one.refund.months_left,
            ),
            amount=one.refund.refund_amount,
            text=teller.dong(one.refund.refund_amount),
            note=teller.say("advice_refund_of", amount=one.paid_amount),
            why=teller.why(one.refund.trace),
        )
        for one in offer.refunds
    )
    lead = teller.say("advice_lead_compulsory")
    return Section("compulsory", teller.title("compulsory"), lead, rows)


def _out_rows(teller: Teller, out: Withdrawal) -> Iterator[Row]:
    yield teller.row("out_gross", out.gross_amount, out.trace)
    if out.support_deducted_amount:
        yield teller.row("out_support", out.support_deducted_amount, out.trace, tone="minus")
    yield teller.row("out_pay", out.pay_amount, out.trace, tone="total")
    yield teller.row("own_money", out.own_amount, out.trace)


def _death_rows(teller: Teller, death: Death) -> Iterator[Row]:
    if death.drawn_months is None:
        when = teller.say("advice_death_paying", months=death.months)
    else:
        when = teller.say("advice_death_drawing", years=death.drawn_months // 12)
    own = teller.say("advice_own_paid", amount=death.own_amount)
    yield teller.row("survivors", death.survivors_amount, death.trace, note=own, when=when)
    yield teller.row("funeral", death.funeral_amount, death.trace, when=when)
