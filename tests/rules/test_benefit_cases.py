"""Every golden case of retirement, pension, withdrawal and other benefits, as the law stands."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.rules.benefit_cases import birth, cases, exact, month, segments, sex

from vandong.kernel.money import round_dong
from vandong.law import LawBook, ParameterMissing, law_book
from vandong.phrases import finding_sentence, sentence
from vandong.rules.average_income import COEFFICIENTS, average_income
from vandong.rules.counted_years import counted_years
from vandong.rules.funeral import FuneralRequest, funeral
from vandong.rules.lump_sum import Case, LumpSumRequest, lump_sum, lump_sum_of_average
from vandong.rules.maternity import MaternityRequest, OtherParent, maternity
from vandong.rules.monthly_allowance import AllowanceRequest, monthly_allowance
from vandong.rules.pension import (
    PensionRequest,
    extra_years,
    pension,
    pension_of_average,
    pension_rate,
)
from vandong.rules.people import SupportGroup
from vandong.rules.problems import RuleProblem
from vandong.rules.retirement_age import retirement_age
from vandong.rules.segments import Kind, Segment, paid_time
from vandong.rules.social_pension import SocialPensionRequest, social_pension
from vandong.rules.survivors import survivors_of_average, survivors_of_pensioner
from vandong.rules.trace import Trace

TODAY = date(2026, 11, 22)
BOOK = law_book()
Given = dict[str, Any]


def _ids(case: dict[str, Any]) -> str:
    return str(case["id"])


def _said(trace: Trace) -> None:
    """Every step and note has its sentence in both languages."""
    for lang in ("vi", "en"):
        for step in trace.steps:
            assert sentence(step.code, step.values, lang)
        for note in trace.notes:
            assert finding_sentence(note, lang)


def _problem_of(work: Any, given: Given) -> str:
    with pytest.raises((RuleProblem, ParameterMissing)) as caught:
        work(given)
    found = caught.value
    if isinstance(found, RuleProblem):
        for lang in ("vi", "en"):
            assert finding_sentence(found.finding, lang)
    return str(found.code)


@pytest.mark.parametrize("case", cases("retirement.yaml"), ids=_ids)
def test_retirement(case: dict[str, Any]) -> None:
    given = case["given"]
    found = retirement_age(BOOK, sex(given["sex"]), birth(given["birth"]), TODAY)
    assert {
        "years": found.years,
        "months": found.months,
        "pension_from": found.pension_from.isoformat(),
    } == {**case["expected"], "pension_from": str(case["expected"]["pension_from"])}
    _said(found.trace)


@pytest.mark.parametrize("case", cases("pension.yaml"), ids=_ids)
def test_pension(case: dict[str, Any]) -> None:
    work = {
        "counted": _counted,
        "rate": _rate,
        "extra": _extra,
        "mean": _mean,
        "pension": _pension,
    }[case["kind"]]
    _compare(work, case)


@pytest.mark.parametrize("case", cases("lump_sum.yaml"), ids=_ids)
def test_lump_sum(case: dict[str, Any]) -> None:
    _compare(_lump_sum, case)


@pytest.mark.parametrize("case", cases("benefits.yaml"), ids=_ids)
def test_benefits(case: dict[str, Any]) -> None:
    work = {
        "survivors": _survivors,
        "pensioner": _pensioner,
        "funeral": _funeral,
        "maternity": _maternity,
        "allowance": _allowance,
        "social": _social,
    }[case["kind"]]
    _compare(work, case)


def _compare(work: Any, case: dict[str, Any]) -> None:
    expected = case["expected"]
    if "problem" in expected:
        assert _problem_of(work, case["given"]) == expected["problem"]
        return
    found = work(case["given"])
    assert {name: found[name] for name in expected} == {
        name: exact(value) if isinstance(value, str) else value for name, value in expected.items()
    }


def _counted(given: Given) -> Given:
    months = given["years"] * 12 + given["months"]
    return {"years": counted_years(BOOK, months, given["on"]).years}


def _rate(given: Given) -> Given:
    if "average" not in given:
        months = given["years"] * 12 + given["months"]
        years = counted_years(BOOK, months, given["on"]).years
        return {"rate": pension_rate(BOOK, sex(given["sex"]), years, given["on"]).rate}
    found = pension_of_average(
        BOOK,
        sex(given["sex"]),
        given["average"],
        years=given["years"],
        months=given["months"],
        on=given["on"],
    )
    _said(found.trace)
    return {"rate": found.rate, "monthly": found.monthly_amount, "extra": found.extra_amount}


def _extra(given: Given) -> Given:
    months = given["years"] * 12 + given["months"]
    found = extra_years(BOOK, sex(given["sex"]), months=months, months_after_age=0, on=given["on"])
    return {"averages": found.averages}


def _mean(given: Given) -> Given:
    """The parts follow each other, a year each by name; the table holds the coefficients given."""
    years = range(2010, 2010 + 5 * len(given["parts"]), 5)
    on = date(2026, 6, 1)
    rows = {
        str(year + more): Fraction(part[2])
        for year, part in zip(years, given["parts"], strict=True)
        for more in range(5)
    }
    known = BOOK.parameters[COEFFICIENTS]
    entries = tuple(replace(one, rows=rows) if one.rows else one for one in known.entries)
    book: LawBook = BOOK.with_parameters([replace(known, entries=entries)])
    paid = paid_time(
        book,
        [
            Segment(Kind.VOLUNTARY, month(f"{year}-01"), part[0], part[1])
            for year, part in zip(years, given["parts"], strict=True)
        ],
    )
    found = average_income(book, paid, on)
    _said(found.trace)
    return {"total": found.total, "average": round_dong(found.amount)}


def _pension(given: Given) -> Given:
    found = pension(
        BOOK,
        PensionRequest(
            sex(given["sex"]), birth(given["birth"]), segments(given["segments"]), given["on"]
        ),
    )
    _said(found.trace)
    return {
        "average": found.average_income,
        "rate": found.rate,
        "monthly": found.monthly_amount,
        "pension_from": found.pension_from,
    }


def _lump_sum(given: Given) -> Given:
    if given.get("average"):
        found = lump_sum_of_average(
            BOOK,
            given["average"],
            months_before=given["months_before"],
            months_from=given["months_from"],
            on=given["on"],
        )
    else:
        found = lump_sum(
            BOOK,
            LumpSumRequest(
                segments(given["segments"]),
                given["on"],
                Case(given["case"]),
                SupportGroup(given["group"]),
                sex(given["sex"]) if "sex" in given else None,
                birth(given["birth"]) if "birth" in given else None,
            ),
        )
    _said(found.trace)
    return {
        "averages": found.averages,
        "gross": found.gross_amount,
        "support": found.support_deducted_amount,
        "pay": found.pay_amount,
    }


def _survivors(given: Given) -> Given:
    found = survivors_of_average(
        BOOK,
        given["average"],
        months_before=given["months_before"],
        months_from=given["months_from"],
        died_on=given["died_on"],
    )
    _said(found.trace)
    return {"amount": found.amount}


def _pensioner(given: Given) -> Given:
    found = survivors_of_pensioner(
        BOOK, given["pension"], months_drawn=given["drawn"], died_on=given["died_on"]
    )
    _said(found.trace)
    return {"amount": found.amount}


def _funeral(given: Given) -> Given:
    found = funeral(
        BOOK,
        FuneralRequest(
            given["died_on"],
            given["paid"],
            given.get("compulsory", 0),
            given.get("pensioner", False),
        ),
    )
    _said(found.trace)
    return {"amount": found.amount}


def _maternity(given: Given) -> Given:
    paid = segments([["voluntary", given["first"], given["months"], 1500000]])
    other = OtherParent(given["other"])
    found = maternity(BOOK, MaternityRequest(given["born_on"], paid, given["children"], other))
    _said(found.trace)
    return {"amount": found.amount}


def _allowance(given: Given) -> Given:
    request = AllowanceRequest(
        Fraction(given["average"]), given["months"], given["on"], given["until"]
    )
    found = monthly_allowance(BOOK, request)
    _said(found.trace)
    return {
        "earned": found.months_earned,
        "monthly": found.monthly_amount,
        "top_up": found.top_up_amount,
    }


def _social(given: Given) -> Given:
    found = social_pension(
        BOOK,
        SocialPensionRequest(
            birth(given["birth"]),
            given["on"],
            SupportGroup(given["group"]),
            province=given.get("province", ""),
        ),
    )
    _said(found.trace)
    return {
        "amount": found.amount,
        "due": found.is_due,
        "from_on": found.from_on,
        "funeral": found.funeral_amount,
    }
