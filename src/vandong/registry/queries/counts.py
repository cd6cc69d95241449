"""How many people, by unit; cells under 5 are shown only in the office that holds them."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from vandong.accounts.queries.scope import Actor, Right, Scope, held_units
from vandong.law import LawBook
from vandong.registry.queries.ground import ground_of
from vandong.registry.queries.status import status_relation

LEAST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A count of people. `count` is None where it could point to a person and the reader is an outsider."""

    unit_id: int | None
    count: int | None


def shown_count(count: int, is_outsider: bool) -> int | None:
    """The count, or None when it is 1 to 4 and the reader is outside the unit's office. Nought is no cell."""
    return None if is_outsider and 0 < count < LEAST_SHOWN else count


def people_by_unit(actor: Actor, book: LawBook, scheme: str, on: date) -> tuple[Cell, ...]:
    """Who counts in a scheme on a day, by the unit of today, in the actor's scope of figures. Two queries
    beside those of the scope. Raises NotAllowed."""
    ground = ground_of(actor, Right.SEE_FIGURES, Scope.FIGURES)
    relation = status_relation(book, on, scheme=scheme)
    sql = (
        "SELECT person.unit_today_id, count(*) FROM registry_person person"
        f" JOIN ({relation.sql}) status ON status.person_id = person.id"
        " WHERE status.is_counted AND person.merged_into_id IS NULL"
        " AND (%s::bigint[] IS NULL OR person.unit_today_id = ANY(%s::bigint[]))"
        " GROUP BY person.unit_today_id ORDER BY person.unit_today_id"
    )
    ids = None if ground.unit_ids is None else list(ground.unit_ids)
    held = set(held_units(actor).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*relation.values, ids, ids])
        return tuple(
            Cell(unit_id, shown_count(count, unit_id not in held))
            for unit_id, count in cursor.fetchall()
        )
