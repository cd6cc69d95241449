"""Golden cases as requests."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from vandong.kernel.yaml_texts import read_once
from vandong.law import law_book
from vandong.rules.contribution import ContributionRequest, TopUp, parse_group, parse_method

FOLDER = Path(__file__).parents[2] / "cases" / "law"


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of a file."""
    found: list[dict[str, Any]] = read_once((FOLDER / name).read_text(encoding="utf-8"))
    return found


def request(given: Mapping[str, Any]) -> ContributionRequest:
    """A case's `given` as a request. Raises RuleProblem for a way of paying that is not allowed."""
    return ContributionRequest(
        income=given["income"],
        method=parse_method(law_book(), given["method"], given["on"]),
        on=given["on"],
        groups=tuple(parse_group(one) for one in given["groups"]),
        months_supported=given.get("months_supported", 0),
        local=top_up(given, "local"),
        other=top_up(given, "other"),
    )


def top_up(given: Mapping[str, Any], name: str) -> TopUp:
    """`local_rate`, `local_amount` and their like."""
    return TopUp(Fraction(given.get(f"{name}_rate", "0")), given.get(f"{name}_amount", 0))
