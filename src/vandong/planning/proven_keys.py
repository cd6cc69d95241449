"""Foreign keys of many rows, proven at once instead of row by row.

PostgreSQL asks for each new row whether its unit is there, and locks it: 400,000 questions for 200,000
figures, a third of an import. Here the same is asked once for each unit. The constraints stand; only rows whose
keys were seen and locked pass them by.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Reference:
    """Every value of `column` on the table `of` must be an id of `table`."""

    of: str
    column: str
    table: str


@contextmanager
def proven_keys(references: Sequence[Reference]) -> Iterator[None]:
    """Inside, in the caller's transaction, rows with these keys are inserted without asking again.

    The ids are locked as PostgreSQL's own check locks them (FOR KEY SHARE): none can go until the transaction
    ends. When one is missing, or the role may not, nothing is passed by and PostgreSQL refuses what is wrong.
    Other triggers of the tables sleep too: a test holds that there are none.
    """
    if not (_is_allowed() and all(_are_held(one) for one in references)):
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    yield
    # After a failure the transaction is rolled back, and the setting with it.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = origin")


def _is_allowed() -> bool:
    """The embedded server lets our roles; another server when its administrator has granted it."""
    return _answer("SELECT has_parameter_privilege('session_replication_role', 'SET')")


def _are_held(reference: Reference) -> bool:
    of, column, table = reference.of, reference.column, reference.table
    return _answer(
        f"SELECT (SELECT count(DISTINCT {column}) FROM {of}) = (SELECT count(*) FROM"
        f" (SELECT 1 FROM {table} WHERE id IN (SELECT {column} FROM {of}) FOR KEY SHARE) held)"
    )


def _answer(sql: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return bool(cursor.fetchone()[0])
