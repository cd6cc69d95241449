"""A part of the advice: what was worked out, or why it could not be; the other parts stand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, Union

from vandong.kernel.findings import Finding, Severity
from vandong.law import ParameterMissing
from vandong.rules.problems import RuleProblem

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class NotWorkedOut:
    """ "Không tính được": `finding` names what is missing and what to do."""

    finding: Finding


Outcome = Union[_T, NotWorkedOut]  # noqa: UP007 - a generic alias needs it here


def worked(make: Callable[[], _T]) -> _T | NotWorkedOut:
    """What `make` gives, or the refusal of the law or of a rule as part of the result."""
    try:
        return make()
    except ParameterMissing as missing:
        return NotWorkedOut(Finding(missing.code, missing.values, severity=Severity.ERROR))
    except RuleProblem as problem:
        return NotWorkedOut(problem.finding)
