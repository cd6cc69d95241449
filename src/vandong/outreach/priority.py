"""Who comes first on a list: points that anybody can check. Weights in, SQL over known facts out; no database.

A factor holds or not; its points are whole numbers that an office chooses (`priority.yaml` has the first ones).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from vandong.kernel.yaml_texts import read_once

MOST_POINTS = 100
_SPANS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"days": (0, 3_660), "months": (1, 120), "least": (0, 130), "most": (0, 130)}
)
_HOLDS: Mapping[str, str] = MappingProxyType(
    {
        "due_near": "fact.due_days <= %(due_near_days)s",
        "due_soon": "fact.due_days > %(due_near_days)s AND fact.due_days <= %(due_soon_days)s",
        "interest": "fact.interest_days <= %(interest_days)s",
        "contract_ended": "fact.left_on > %(contract_ended_since)s",
        "age_band": "fact.age BETWEEN %(age_band_least)s AND %(age_band_most)s",
        "household_in": "fact.household_in",
        "returning": "fact.was_in",
        "phone_reached": "fact.phone = 'reached'",
        "phone_untried": "fact.phone = 'untried'",
        "looked_after": "fact.member_id IS NOT NULL",
    }
)
_DUE = {"last_on": "fact.due_on", "scheme": "%(due_scheme)s"}
_TELLS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "due_near": _DUE,
        "due_soon": _DUE,
        "interest": {"said_on": "fact.interest_on"},
        "contract_ended": {"left_on": "fact.left_on"},
        "age_band": {"years": "fact.age"},
    }
)
"""What is written down of a factor beside its points: the values by name, and where they come from."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One reason for coming earlier. `spans`: its limits by name (days, months, least, most)."""

    code: str
    points: int
    spans: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Weights:
    """The factors of a list in their order; as `plain` they are kept with it."""

    factors: tuple[Factor, ...]

    def plain(self) -> dict[str, dict[str, int]]:
        """As JSON, and as an office's setting."""
        return {one.code: {"points": one.points, **one.spans} for one in self.factors}

    def span(self, code: str, name: str) -> int:
        """A limit of a factor."""
        return next(one for one in self.factors if one.code == code).spans[name]

    @property
    def values(self) -> dict[str, Any]:
        """What `points_sql` and `reasons_sql` are to be filled with, save `contract_ended_since` and
        `due_scheme`."""
        return {
            f"{one.code}_{name}": value for one in self.factors for name, value in one.spans.items()
        }


@cache
def first_weights() -> Weights:
    """Those of an office that has chosen none."""
    text = (files("vandong.outreach") / "priority.yaml").read_text(encoding="utf-8")
    return _read(read_once(text))


def weights_of(given: Mapping[str, Mapping[str, int]]) -> Weights:
    """Stored weights: what they do not name is as in the first ones, what nobody knows is left out."""
    plain = first_weights().plain()
    return _read(
        {
            code: {name: given.get(code, {}).get(name, value) for name, value in parts.items()}
            for code, parts in plain.items()
        }
    )


def _read(given: Mapping[str, Mapping[str, int]]) -> Weights:
    return Weights(
        tuple(
            Factor(
                code,
                parts["points"],
                MappingProxyType({name: parts[name] for name in parts if name != "points"}),
            )
            for code, parts in given.items()
        )
    )


def weight_limits(name: str) -> tuple[int, int]:
    """What a number of a factor may be: points may count against somebody, too."""
    return (-MOST_POINTS, MOST_POINTS) if name == "points" else _SPANS[name]


def points_sql(weights: Weights) -> str:
    """A whole number over the facts of a person (`fact`)."""
    parts = [
        f"CASE WHEN {_HOLDS[one.code]} THEN {int(one.points)} ELSE 0 END"
        for one in weights.factors
        if one.points
    ]
    return " + ".join(parts) or "0"


def reasons_sql(weights: Weights) -> str:
    """JSON [{"code", "points", "values"}] of the factors that hold: their points add up to `points_sql`."""
    parts = [_reason(one) for one in weights.factors if one.points]
    return f"('[' || concat_ws(',', {', '.join(parts) or 'NULL'}) || ']')::jsonb"


def _reason(factor: Factor) -> str:
    head = f'{{"code":"{factor.code}","points":{int(factor.points)},"values":{{'
    told = [_value(name, source) for name, source in _TELLS.get(factor.code, {}).items()]
    values = " || ',' || ".join(told) or "''"
    return f"CASE WHEN {_HOLDS[factor.code]} THEN '{head}' || {values} || '}}}}' END"


def _value(name: str, source: str) -> str:
    """One value of the JSON; ages are numbers, days and schemes are words."""
    mark = "" if name == "years" else '"'
    return f"'\"{name}\":{mark}' || {source} || '{mark}'"
