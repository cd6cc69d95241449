"""Which pairs are compared at all: those that agree in one of these combinations.

A pair that agrees in none is somebody else. Each combination is rare enough that a million people give a row a
handful of candidates, and every fault of `domain.md` 3.1 leaves at least one of them whole.
"""

import polars as pl

Rule = tuple[tuple[str, str], ...]


def _same(*columns: str) -> Rule:
    return tuple((name, name) for name in columns)


RULES: tuple[Rule, ...] = (
    _same("name_fold", "birth_year"),
    _same("birth_day", "unit"),
    _same("name_core", "unit"),
    (("birth_day", "birth_turned"), ("unit", "unit")),
    _same("name_bag", "birth_year"),
    _same("name_core", "birth_day"),
    _same("name_ends", "birth_day"),
    (("birth_day", "birth_turned"), ("name_ends", "name_ends")),
    _same("phone", "given"),
    _same("phone", "birth_year"),
    (("phone", "house_phone"), ("given", "given")),
    _same("given", "birth_day", "sex"),
    _same("name_bag", "unit"),
)
"""Pairs of columns, of the row and of the person; a value that is not known agrees with none."""


def rule_sql(rule: Rule) -> str:
    """The rule as splink reads it."""
    return " AND ".join(f"l.{row} = r.{person}" for row, person in rule)


def candidates(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Of the people those whom a rule sets beside a row; in their order."""
    kept = pl.Series("kept", [False]).new_from_index(0, people.height)
    for rule in RULES:
        theirs = [person for _, person in rule]
        own = rows.select(pl.col(row).alias(person) for row, person in rule).unique().drop_nulls()
        found = people.with_row_index("at").join(own, on=theirs, how="semi")["at"]
        kept = kept.scatter(found, True) if len(found) else kept
    return people.filter(kept)
