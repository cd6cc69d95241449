"""The golden cases of household health insurance, each as a lawyer reads it."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from vandong.kernel.yaml_texts import read_once
from vandong.law import ParameterMissing, law_book
from vandong.rules.household_card import (
    CardQuote,
    CardRequest,
    PreviousCard,
    household_card_quote,
)
from vandong.rules.problems import RuleProblem

FILE = Path(__file__).parents[2] / "cases" / "law" / "household_card.yaml"
CASES: list[dict[str, Any]] = read_once(FILE.read_text(encoding="utf-8"))


def request(given: Mapping[str, Any]) -> CardRequest:
    return CardRequest(
        members=given["members"],
        months=given["months"],
        on=given["on"],
        group=given.get("group", "household"),
        already=given.get("already", 0),
        local_rate=Fraction(given.get("local_rate", "0")),
        previous=previous(given),
    )


def previous(given: Mapping[str, Any]) -> PreviousCard | None:
    if given.get("first_time"):
        return PreviousCard()
    last = given.get("last_valid_on")
    return PreviousCard(last, given.get("continuous_since")) if last else None


def periods(quote: CardQuote) -> list[dict[str, Any]]:
    assert quote.validity is not None
    return [
        {"start": one.start.value, "from": one.valid_from, "until": one.valid_until}
        for one in quote.validity.periods
    ]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_household_card_case(case: dict[str, Any]) -> None:
    asked, expected = request(case["given"]), case["expected"]
    if "problem" in expected:
        with pytest.raises((RuleProblem, ParameterMissing)) as caught:
            household_card_quote(law_book(), asked)
        assert getattr(caught.value, "code", None) == expected["problem"]
        return
    quote = household_card_quote(law_book(), asked)
    found = {
        "total": quote.total_amount,
        "amounts": [one.amount for one in quote.members],
        "continuity": quote.validity and quote.validity.continuity.value,
        "periods": periods(quote) if quote.validity else None,
    }
    assert {key: found[key] for key in expected} == expected


def test_every_case_has_its_own_name_and_source() -> None:
    names = [case["id"] for case in CASES]
    assert sorted(names) == sorted(set(names))
    assert all(case["class"] in "ONAD" and case["source"] for case in CASES)
