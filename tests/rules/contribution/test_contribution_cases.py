"""The golden cases of contributions, refunds and windows, each as a lawyer reads it."""

from typing import Any

import pytest
from tests.rules.contribution.contribution_cases import cases, request

from vandong.kernel.periods import Month
from vandong.law import ParameterMissing, law_book
from vandong.rules.contribution import (
    Contribution,
    RefundRequest,
    parse_method,
    payment_standing,
    refund,
    voluntary_contribution,
)
from vandong.rules.problems import RuleProblem

QUOTES = cases("contribution.yaml")
REFUNDS = cases("contribution_refunds.yaml")
WINDOWS = cases("contribution_windows.yaml")


def named(case: dict[str, Any]) -> str:
    return str(case["id"])


def result(quote: Contribution) -> dict[str, object]:
    limits = quote.trace.steps[0].values
    return {
        "months": quote.months,
        "gross": quote.gross_amount,
        "support": quote.state_support_amount,
        "local": quote.local_support_amount,
        "other": quote.other_amount,
        "pay": quote.pay_amount,
        "group": quote.group.value,
        "supported": quote.supported_months,
        "left": quote.support_months_left,
        "month": quote.month_supported.pay_amount,
        "month_after": quote.month_unsupported.pay_amount,
        "floor": limits["floor"],
        "cap": limits["cap"],
    }


@pytest.mark.parametrize("case", QUOTES, ids=named)
def test_quote(case: dict[str, Any]) -> None:
    expected = dict(case["expected"])
    if "problem" in expected:
        with pytest.raises((RuleProblem, ParameterMissing)) as caught:
            voluntary_contribution(law_book(), request(case["given"]))
        assert caught.value.code == expected["problem"]
        return
    found = result(voluntary_contribution(law_book(), request(case["given"])))
    within = expected.pop("within", 0)
    if within:
        gross = found["gross"]
        assert isinstance(gross, int)
        assert abs(gross - expected.pop("gross")) <= within
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("case", REFUNDS, ids=named)
def test_refund(case: dict[str, Any]) -> None:
    expected = case["expected"]
    given = RefundRequest(request(case["given"]), case["given"]["months_left"])
    if "problem" in expected:
        with pytest.raises(RuleProblem) as caught:
            refund(law_book(), given)
        assert caught.value.code == expected["problem"]
        return
    found = refund(law_book(), given)
    assert (found.gross_amount, found.state_support_amount, found.refund_amount) == (
        expected["gross"],
        expected["support"],
        expected["refund"],
    )


@pytest.mark.parametrize("case", WINDOWS, ids=named)
def test_window(case: dict[str, Any]) -> None:
    given, expected = case["given"], case["expected"]
    method = parse_method(law_book(), given["method"], given["on"])
    found = payment_standing(law_book(), method, month(given["first"]), given["on"])
    assert found.is_in_time is expected["in_time"]
    assert found.deadline_on == expected["deadline"]
    assert found.unpaid_months == expected["unpaid"]
    assert found.covers_from == month(expected["covers_from"])
    assert found.paid_until == month(expected["paid_until"])
    notes = {note.code for note in found.trace.notes}
    assert notes == ({expected["note"]} if "note" in expected else notes)
    assert bool(notes) is not expected["in_time"]


def month(text: str) -> Month:
    year, _, number = text.partition("-")
    return Month(int(year), int(number))


def test_every_case_has_its_own_name_and_source() -> None:
    for found in (QUOTES, REFUNDS, WINDOWS):
        names = [case["id"] for case in found]
        assert len(set(names)) == len(names)
        assert all(case["source"] and case["class"] in "ONAD" for case in found)
