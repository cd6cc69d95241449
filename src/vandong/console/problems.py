"""What went wrong, as findings: which exceptions of the floors below are problems in the data.

Everything else is a fault of the program or the machine and goes its way, loudly.
"""

from collections.abc import Mapping, Sequence

from vandong.accounts.queries.scope import NotAllowed, NotVisible
from vandong.administration.places_units import PlaceRefused
from vandong.administration.refusals import Refused
from vandong.kernel.days import DayProblem
from vandong.kernel.disk import is_disk_full
from vandong.kernel.findings import Finding, Severity
from vandong.kernel.numbers import NumberProblem
from vandong.law import ParameterMissing
from vandong.phrases import finding_sentence
from vandong.places.queries import UnitProblem
from vandong.rules.problems import RuleProblem
from vandong.sheets import SheetProblem

Findings = tuple[Finding, ...]


class Problem(Exception):
    """A command cannot go on: codes and values for the sentences in `phrases`. Exit code 1."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings

    @classmethod
    def of(cls, code: str, **values: object) -> "Problem":
        """One problem by its code and values."""
        return cls(_error(code, values))


def findings_of(problem: BaseException) -> Findings:
    """The findings that a known exception carries; empty when the exception is not a problem in the data."""
    found: Findings = ()
    match problem:
        case Problem() | Refused():
            found = tuple(problem.findings)
        case UnitProblem() | PlaceRefused() | RuleProblem():
            found = (problem.finding,)
        case SheetProblem():
            found = (problem.finding(),)
        case NotAllowed() | ParameterMissing():
            found = (_error(problem.code, problem.values),)
        case NotVisible():
            found = (_error("not_visible", {}),)
        case DayProblem() | NumberProblem():
            found = (_error(problem.code, {"text": problem.text}),)
        case _ if is_disk_full(problem):
            found = (_error("disk_full", {}),)
    return found


def told(findings: Sequence[Finding], lang: str) -> list[dict[str, object]]:
    """Findings as the JSON of commands prints them: row and column where known, code, message."""
    return [_told(finding, lang) for finding in findings]


def _told(finding: Finding, lang: str) -> dict[str, object]:
    spot = finding.spot
    place = {
        name: value
        for name, value in (
            ("sheet", spot.sheet if spot else None),
            ("row", spot.row if spot else None),
            ("column", spot.column if spot else None),
        )
        if value is not None
    }
    return {
        **place,
        "code": finding.code,
        **_missing(finding),
        "message": finding_sentence(finding, lang),
    }


def _missing(finding: Finding) -> dict[str, object]:
    """The parameter of the law that is not known, and for which day: scripts ask for them."""
    if finding.code != ParameterMissing.code:
        return {}
    values = finding.values
    name = ".".join(str(values[part]) for part in ("parameter", "key") if values[part])
    return {"parameter": name, "on": str(values["on"])}


def _error(code: str, values: Mapping[str, object]) -> Finding:
    return Finding(code, values, severity=Severity.ERROR)
