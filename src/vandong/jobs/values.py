"""Values of sentences as JSON keeps them, and back: a day must come back a day to be written as one."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from vandong.kernel.findings import Finding, Severity, Spot

_DAY, _FRACTION = "$day", "$fraction"


def kept(values: Mapping[str, object]) -> dict[str, Any]:
    """The values as JSON. Raises TypeError for what no sentence can hold."""
    return {str(name): _kept(value) for name, value in values.items()}


def read(values: Mapping[str, Any]) -> dict[str, object]:
    """The values as they were before `kept`."""
    return {name: _read(value) for name, value in values.items()}


def kept_finding(finding: Finding) -> dict[str, Any]:
    """A finding as JSON."""
    spot = finding.spot or Spot()
    return {
        "code": finding.code,
        "values": kept(finding.values),
        "spot": [spot.row, spot.column, spot.sheet],
        "severity": finding.severity.value,
    }


def read_finding(stored: Mapping[str, Any]) -> Finding:
    """The finding as it was before `kept_finding`."""
    return Finding(
        stored["code"],
        read(stored["values"]),
        Spot(*stored["spot"]) if any(stored["spot"]) else None,
        Severity(stored["severity"]),
    )


def _kept(value: object) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return {_DAY: value.isoformat()[:10]}
    if isinstance(value, Decimal | Fraction):
        return {_FRACTION: str(Fraction(value))}
    if isinstance(value, Mapping):
        return kept(value)
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_kept(inner) for inner in value]
    raise TypeError(f"a sentence cannot hold a {type(value).__name__}")


def _read(value: Any) -> object:
    if isinstance(value, list):
        return [_read(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {_DAY}:
        return date.fromisoformat(value[_DAY])
    if value.keys() == {_FRACTION}:
        return Fraction(value[_FRACTION])
    return read(value)
