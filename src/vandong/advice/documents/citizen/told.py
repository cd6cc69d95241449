"""The whole advice in words: what page, paper and JSON show."""

from collections.abc import Iterator
from dataclasses import asdict, replace

from vandong.advice.citizen.answers import Answers
from vandong.advice.citizen.offer import MUST_SAY, CitizenAdvice, Offer, traces_of
from vandong.advice.citizen.outcome import NotWorkedOut
from vandong.advice.documents.citizen.besides import (
    accident_section,
    family_section,
    plot_of,
    savings_section,
)
from vandong.advice.documents.citizen.content import Said, Section, Told, about
from vandong.advice.documents.citizen.leaving import (
    compulsory_section,
    death_section,
    withdrawal_section,
)
from vandong.advice.documents.citizen.old_age import (
    nothing_section,
    pension_section,
    stopping_section,
)
from vandong.advice.documents.citizen.paying import (
    change_section,
    paying_section,
    ways_section,
)
from vandong.advice.documents.citizen.teller import Teller
from vandong.advice.documents.trace import Document, uncertain_sentences
from vandong.rules.eligibility import Eligibility
from vandong.rules.retirement_age import Known
from vandong.rules.trace import Trace


def told(advice: CitizenAdvice, lang: str) -> Told:
    """The advice in a language."""
    teller = Teller(lang)
    offer = advice.offer if isinstance(advice.offer, Offer) else None
    whole = sum(traces_of(advice), Trace())
    return Told(
        lang=lang,
        may_join=offer is not None,
        headline=_headline(teller, advice),
        summary=_summary(teller, advice),
        verdict=_verdict(teller, advice),
        sections=tuple(_sections(teller, advice, offer)),
        must_say=_must_say(teller, offer),
        doubts=tuple(dict.fromkeys(uncertain_sentences(whole, lang))),
        assumed=_assumed(teller, advice.answers),
        plot=plot_of(teller, offer) if offer else None,
        fingerprint=advice.fingerprint,
    )


def citizen_document(advice: CitizenAdvice, lang: str) -> Document:
    """The same as JSON: sections with rows, amounts in whole đồng, how each came about."""
    made = asdict(told(advice, lang))
    return {"on": advice.answers.on.isoformat(), **made}


def _sections(teller: Teller, advice: CitizenAdvice, offer: Offer | None) -> Iterator[Section]:
    if offer is not None:
        made = (
            paying_section(teller, offer),
            pension_section(teller, advice, offer),
            change_section(teller, offer),
            ways_section(teller, offer),
            savings_section(teller, offer),
            nothing_section(teller, advice),
            stopping_section(teller, offer),
            withdrawal_section(teller, offer),
            death_section(teller, offer),
            compulsory_section(teller, offer),
        )
        yield from (one for one in made if one is not None)
    elif _may_draw_social(advice):
        yield nothing_section(teller, advice)
    family = family_section(teller, advice)
    if family is not None:
        yield family
    if offer is not None:
        yield accident_section(teller)


def _may_draw_social(advice: CitizenAdvice) -> bool:
    """Whether doing nothing is a choice: not for who has to pay, draws a pension already, or is no citizen."""
    found = advice.standing
    return isinstance(found, NotWorkedOut) or found.may_be_quoted or found.needs_office


def _headline(teller: Teller, advice: CitizenAdvice) -> str:
    """The answer in one sentence."""
    offer = advice.offer
    if isinstance(offer, Offer):
        pay, old = offer.paying.pay_amount, offer.old_age
        if isinstance(old, NotWorkedOut):
            return teller.say("advice_headline_pay", amount=pay)
        values = {
            "amount": pay,
            "age": old.begins_age,
            "pension": about(old.pension.monthly_amount),
        }
        return teller.say("advice_headline", **values)
    if isinstance(offer, NotWorkedOut) or isinstance(advice.standing, NotWorkedOut):
        return teller.say("advice_headline_none")
    return teller.say(f"advice_headline_{advice.standing.verdict.value}")


def _summary(teller: Teller, advice: CitizenAdvice) -> str:
    answers = advice.answers
    sex = teller.say(f"advice_sex_{answers.sex.value}")
    known = answers.birth.known is not Known.YEAR
    born = f"{answers.birth.on.month}/{answers.birth.on.year}" if known else None
    values = {"sex": sex, "birth": born or str(answers.birth.on.year), "on": answers.on}
    if isinstance(advice.offer, Offer):
        return teller.say("advice_summary", income=advice.offer.paying.income, **values)
    return teller.say("advice_summary_none", **values)


def _verdict(teller: Teller, advice: CitizenAdvice) -> Section:
    """May I join: the verdict, its reasons, and what to do when nothing is quoted."""
    found, offer = advice.standing, advice.offer
    if isinstance(found, NotWorkedOut):
        return teller.refused("verdict", found)
    title = teller.say(f"eligibility_verdict_{found.verdict.value}")
    refusal = teller.refusal(offer) if isinstance(offer, NotWorkedOut) else ""
    if found.may_be_quoted:
        why = teller.why(found.trace)
        return Section("verdict", title, refusal=refusal, why=why)
    reasons = teller.why(_for_the_person(found.trace))
    says = (*reasons.steps, *_to_verify(teller, found))
    amber = (teller.say(f"advice_to_do_{found.verdict.value}"),)
    return Section("verdict", title, says=says, amber=amber, why=replace(reasons, steps=()))


def _for_the_person(trace: Trace) -> Trace:
    """The reasons without what is said to a collector only."""
    return Trace(tuple(step for step in trace.steps if step.code != "eligibility_open"))


def _to_verify(teller: Teller, found: Eligibility) -> Iterator[str]:
    """What the office has to be told, as questions."""
    if found.open_questions:
        yield teller.say("advice_to_verify", count=len(found.open_questions))
        for name in found.open_questions:
            yield teller.say(f"advice_verify_{name}")


def _must_say(teller: Teller, offer: Offer | None) -> tuple[Said, ...]:
    if offer is None:
        return ()
    return tuple(
        Said(code, teller.finding(found))
        for code, found in zip(MUST_SAY, offer.must_say, strict=True)
    )


def _assumed(teller: Teller, answers: Answers) -> tuple[str, ...]:
    """What is assumed of years to come, each named."""
    given = answers.assumed
    said = [
        teller.say("advice_assumed_law", on=answers.on),
        teller.say("advice_assumed_growth", income=given.income_growth, prices=given.price_growth),
        teller.say("advice_assumed_savings", rate=given.savings_rate),
    ]
    if answers.paid.joined is not None:
        joined = answers.paid.joined.first_day
        said.append(teller.say("advice_assumed_paid", joined=joined))
    return tuple(said)
