"""What is compared and how much each outcome weighs, as settings of splink.

The outcomes stand here, their probabilities in `weights.yaml` with where they come from.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from vandong.intake.linkage.blocking import RULES, rule_sql
from vandong.kernel.yaml_texts import read_once

ROWS, PEOPLE = "a_rows", "b_people"
"""Names of the two sides, in the order in which splink puts them: rows are `l`."""


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a comparison. `frequency`: the column whose frequency stands in place of the chance of
    agreeing by accident."""

    code: str
    condition: str
    frequency: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`levels` from the best outcome to the worst, which takes all that is left; `unknown`: when nothing can
    be said."""

    name: str
    unknown: str
    levels: tuple[Level, ...]


def _same(column: str) -> str:
    return f"{column}_l = {column}_r"


def _either(condition: str) -> str:
    return f"({condition.format(side='l')} OR {condition.format(side='r')})"


_YEAR_KNOWN_ONLY = (
    _either("birth_day_{side} IS NULL") + " OR " + _either("birth_day_{side} LIKE '%-01-01'")
)
_REST = "ELSE"

COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        "name",
        _either("name_key_{side} IS NULL"),
        (
            Level("exact", _same("name_key"), "name_key"),
            Level(
                "bare",
                f"{_same('name_fold')} AND {_either('name_key_{side} = name_fold_{side}')}",
                "name_fold",
            ),
            Level("marks", _same("name_fold"), "name_fold"),
            Level("small_word", _same("name_core"), "name_core"),
            Level("order", _same("name_bag"), "name_bag"),
            Level("middle", _same("name_ends"), "name_ends"),
            Level("near", "levenshtein(name_core_l, name_core_r) <= 1"),
            Level("given", _same("given"), "given"),
            Level("other", _REST),
        ),
    ),
    Comparison(
        "birth",
        _either("birth_year_{side} IS NULL"),
        (
            Level("day", _same("birth_day"), "birth_day"),
            Level("year", f"({_YEAR_KNOWN_ONLY}) AND {_same('birth_year')}", "birth_year"),
            Level("turned", "birth_day_l = birth_turned_r"),
            Level("near", "levenshtein(birth_day_l, birth_day_r) = 1"),
            Level("same_year", _same("birth_year")),
            Level("next_year", "abs(birth_year_l - birth_year_r) = 1"),
            Level("other", _REST),
        ),
    ),
    Comparison(
        "sex",
        _either("sex_{side} IS NULL"),
        (Level("same", _same("sex")), Level("other", _REST)),
    ),
    Comparison(
        "unit",
        _either("unit_{side} IS NULL"),
        (Level("same", _same("unit"), "unit"), Level("other", _REST)),
    ),
    Comparison(
        "cluster",
        _either("cluster_{side} IS NULL") + " OR " + _either("unit_{side} IS NULL"),
        (Level("same", f"{_same('cluster')} AND {_same('unit')}"), Level("other", _REST)),
    ),
    Comparison(
        "phone",
        "(phone_l IS NULL AND house_phone_l IS NULL) OR (phone_r IS NULL AND house_phone_r IS NULL)",
        (
            Level("own", f"{_same('phone')} AND phone_shared_l + phone_shared_r = 0"),
            Level(
                "shared",
                f"{_same('phone')} OR phone_l = house_phone_r OR house_phone_l = phone_r",
            ),
            Level("other", _REST),
        ),
    ),
)


@cache
def weights() -> dict[str, Any]:
    """The content of `weights.yaml`: by comparison and outcome, m and u."""
    text = files("vandong.intake.linkage").joinpath("weights.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = read_once(text)
    return found


def settings(prior: float) -> dict[str, Any]:
    """Settings of splink. `prior`: the chance that a row and a person taken at random are one."""
    return {
        "link_type": "link_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": prior,
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": rule_sql(rule)} for rule in RULES
        ],
        "comparisons": [_comparison(one) for one in COMPARISONS],
        "retain_matching_columns": True,  # only so are the outcomes kept
        "retain_intermediate_calculation_columns": True,
        "max_iterations": 1,
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    chances = weights()[comparison.name]
    unknown = {
        "sql_condition": comparison.unknown,
        "label_for_charts": "unknown",
        "is_null_level": True,
    }
    levels = [_level(level, chances[level.code]) for level in comparison.levels]
    return {"output_column_name": comparison.name, "comparison_levels": [unknown, *levels]}


def _level(level: Level, chances: dict[str, float]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "sql_condition": level.condition,
        "label_for_charts": level.code,
        "m_probability": float(chances["m"]),
        "u_probability": float(chances["u"]),
    }
    if level.frequency:
        made |= {
            "tf_adjustment_column": level.frequency,
            "disable_tf_exact_match_detection": True,
        }
    return made


def level_of(comparison: Comparison, gamma: int) -> Level | None:
    """The outcome that splink numbers so; None when nothing could be said."""
    return None if gamma < 0 else comparison.levels[len(comparison.levels) - 1 - gamma]
