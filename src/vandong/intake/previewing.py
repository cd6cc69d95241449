"""What a planned list would do, counted and shown by a few examples, from the plans of this transaction."""

import json
from collections.abc import Sequence
from typing import Any

import polars as pl
from django.db import connection

from vandong.intake.kinds import KINDS, ListKind
from vandong.intake.shapes import Example, ListCounts
from vandong.registry.queries.masking import masked_number, masked_phone

EXAMPLES = 5
"""How many examples of each outcome are shown."""

_OUTCOMES = """
CREATE TEMPORARY TABLE plan_outcome ON COMMIT DROP AS
SELECT judged.row, CASE
    WHEN judged.certainty = 'ambiguous' THEN 'ambiguous'
    WHEN judged.certainty = 'new' THEN 'new'
    WHEN touched.row IS NULL THEN 'unchanged'
    ELSE {touched}
END AS outcome
FROM incoming_match judged LEFT JOIN plan_touched touched USING (row)
"""
_EXAMPLES = """
SELECT outcome, staged.row, staged.full_name, judged.reason, person.full_name AS known_name,
    staged.birth_on, staged.birth_precision, person.birth_on, person.birth_precision,
    staged.personal_id, person.personal_id, staged.si_number, person.si_number,
    staged.phone, staged.address, person.address, staged.scheme, staged.covered_until,
    plan.covered_until, known.covered_until
FROM (
    SELECT kinds.outcome, earliest.row
    FROM unnest(ARRAY['ambiguous', 'new', 'unchanged', 'changed']) kinds(outcome)
    CROSS JOIN LATERAL (SELECT row FROM plan_outcome plan WHERE plan.outcome = kinds.outcome
        ORDER BY row LIMIT %s) earliest
) chosen
JOIN incoming staged USING (row)
JOIN incoming_match judged USING (row)
LEFT JOIN registry_person person ON person.id = judged.person_id
LEFT JOIN plan_spell plan ON plan.batch_row = staged.row
LEFT JOIN registry_participation known ON known.id = plan.known_id
ORDER BY outcome, staged.row
"""


def counted(kind: ListKind, *, refused: int, repeated: int) -> ListCounts:
    """Rows by what becomes of them. In files that only refer to people, rows that add anything are new;
    `repeated` rows of the file say the same again."""
    touched = "'changed'" if KINDS[kind].is_of_people else "'new'"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.plan_outcome")
        cursor.execute(_OUTCOMES.format(touched=touched))
        cursor.execute("SELECT outcome, count(*) FROM plan_outcome GROUP BY outcome")
        found = dict(cursor.fetchall())
    unchanged = found.get("unchanged", 0) + repeated
    return ListCounts(
        rows=sum(found.values()) + repeated + refused,
        new=found.get("new", 0),
        changed=found.get("changed", 0),
        unchanged=unchanged,
        ambiguous=found.get("ambiguous", 0),
        refused=refused,
    )


def examples() -> tuple[Example, ...]:
    """A few rows of each outcome, numbers masked. Needs `counted` before."""
    with connection.cursor() as cursor:
        cursor.execute(_EXAMPLES, [EXAMPLES])
        return tuple(_example(row) for row in cursor.fetchall())


def _example(row: Sequence[Any]) -> Example:
    (outcome, number, name, reason, known_name, *pairs) = row
    said = {
        "name": name,
        "birth": _birth(pairs[0], pairs[1]),
        "personal_id": masked_number(pairs[4]),
        "si_number": masked_number(pairs[6]),
        "phone": masked_phone(pairs[8]),
        "covered_until": _iso(pairs[12]),
    }
    known = {
        "name": known_name or "",
        "birth": _birth(pairs[2], "year"),
        "personal_id": masked_number(pairs[5] or ""),
        "si_number": masked_number(pairs[7] or ""),
        "covered_until": _iso(pairs[14]),
    }
    return Example(
        row=number,
        outcome=outcome,
        name=name,
        said={key: value for key, value in said.items() if value},
        known={key: value for key, value in known.items() if value},
        reason=reason,
    )


def _birth(on: Any, precision: str) -> str:
    if on is None:
        return ""
    return f"{on.year:04d}" if precision == "year" else on.isoformat()


def _iso(on: Any) -> str:
    return "" if on is None else str(on.isoformat())


def first_of_each(findings: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """The first finding of every code, as pages say it."""
    first = findings.unique("code", keep="first", maintain_order=True)
    return {
        code: {"row": row, "column": column, "values": json.loads(values)}
        for row, column, code, values in first.select("row", "column", "code", "values").iter_rows()
    }
