"""Every row of domain.md 1.1 that carries numbers, recomputed from what the article prints."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.measures.article_formulas import FORMULAS
from tests.measures.notation import matches

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "articles.yaml").read_text(encoding="utf-8")
)["cases"]

ROWS_WITH_NUMBERS = {
    "S0": (1, 2, 4, 6, 7, 10, 11, 12, 13, 16, 19, 20),
    "S1": (1, 2, 5, 6, 7, 9, 11),
    "S2": (1, 2, 3, 7, 9),
    "S3": (1, 2, 3, 5, 6),
    "S4": (1, 2, 3, 4, 5, 6),
}
"""Rows of domain.md 1.1 whose column "Numbers" is not empty."""


def differences(found: Mapping[str, Any], expected: Mapping[str, Any]) -> dict[str, object]:
    """What came out otherwise than expected, by name."""
    wrong: dict[str, object] = {}
    for name, wanted in expected.items():
        value = found[str(name)]
        if isinstance(wanted, Mapping):
            wrong.update(differences(value, wanted))
        elif isinstance(value, bool) or value is None or isinstance(value, str):
            if value != (None if wanted == "none" else wanted):
                wrong[str(name)] = value
        elif printed := matches(value, str(wanted)):
            wrong[str(name)] = printed
    return wrong


@pytest.mark.parametrize("case", CASES, ids=[f"{case['row']} {case['formula']}" for case in CASES])
def test_article(case: Mapping[str, Any]) -> None:
    found = FORMULAS[case["formula"]](case["given"])
    assert differences(found, case["expect"]) == {}
    assert found.get("prints") == case.get("prints")


def test_every_row_that_carries_numbers_has_a_case() -> None:
    wanted = {f"{seed}.{row}" for seed, rows in ROWS_WITH_NUMBERS.items() for row in rows}
    assert {case["row"] for case in CASES} == wanted
