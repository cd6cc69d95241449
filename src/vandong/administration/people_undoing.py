"""A change of the register taken back as a whole: what it brought goes, what it replaced returns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import ForeignObjectRel, Model

from vandong.accounts.queries.scope import Actor
from vandong.administration.audit_trail import record
from vandong.administration.people_changes import open_change
from vandong.registry.models import (
    PASTS,
    Candidate,
    Change,
    Consent,
    Establishment,
    Household,
    LegalBasis,
    Listing,
    Participation,
    Person,
    PersonPhone,
    Receipt,
    Recorded,
)

_LEAVES_FIRST: tuple[type[Recorded], ...] = (
    *(LegalBasis, Consent, Receipt, Participation, Listing, PersonPhone, Establishment),
    *(Person, Household),
)
"""In this order rows go: nobody before what refers to them; they return the other way round."""

# Rows that were there before the change, as they were: the first image that another change had made.
_REPLACED = """
SELECT DISTINCT ON (former.id) former.* FROM {past} former
WHERE former.ended_change_id = %(undone)s AND former.change_id <> %(undone)s
ORDER BY former.id, former.past_id
"""
_LEFT = """
SELECT count(*) FROM (
    SELECT DISTINCT later.id FROM {past} later
    JOIN registry_change ending ON ending.id = later.ended_change_id
    WHERE later.change_id = %(undone)s AND ending.id <> %(undone)s AND ending.action <> %(action)s
    UNION SELECT kept.id FROM {table} kept WHERE kept.change_id = %(undone)s
) rows
"""
_RETURN = """
INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE
SELECT {values} FROM ({replaced}) former
WHERE NOT EXISTS (SELECT FROM {table} kept WHERE kept.id = former.id)
    AND NOT EXISTS (SELECT FROM {past} gone WHERE gone.id = former.id
        AND gone.operation = 'DELETE' AND gone.ended_change_id <> %(undone)s)
"""
_RESTORE = """
UPDATE {table} kept SET {assignments}
FROM ({replaced}) former WHERE former.id = kept.id AND kept.change_id = %(undone)s
"""
# Whom a row of a list may mean: nobody any more.
_CANDIDATES = """
DELETE FROM registry_candidate candidate
USING registry_personpast gone
WHERE gone.id = candidate.person_id AND gone.ended_change_id = %(by)s AND gone.operation = 'DELETE'
"""
_GOES_ALONG: tuple[type[Model], ...] = (Candidate, *PASTS.values())
_REMOVE = """
DELETE FROM {table} kept WHERE kept.change_id = %(undone)s AND NOT EXISTS (
    SELECT FROM {past} former WHERE former.id = kept.id
        AND former.ended_change_id = %(undone)s AND former.change_id <> %(undone)s) {unused}
"""


_LONG = 5_000
"""People of a change from which on tables are compared as a whole."""


@dataclass(frozen=True, slots=True)
class Undone:
    """Rows by table (`person`, `participation` …): removed, put back as they were, and left because something
    has changed them or speaks of them since."""

    change_id: int
    removed: Mapping[str, int]
    restored: Mapping[str, int]
    left: Mapping[str, int]


@transaction.atomic
def undo_change(*, actor: Actor, change_id: int, at: datetime, reason: str = "") -> Undone:
    """Takes back all that one change did to people, in one step; rows touched since stay and are counted.

    The caller has authorised it (an undo of a list asks for the list's right). Again: nothing is left to do.
    Raises Change.DoesNotExist; IntegrityError when a number is somebody else's by now.
    """
    undone = Change.objects.select_for_update().get(pk=change_id)
    by = open_change(
        actor=actor, action=f"{undone.action}.undone"[:80], at=at, batch=undone.batch, reason=reason
    )
    _plan_for(undone.pk)
    values: dict[str, int | str] = {"undone": undone.pk, "by": by.pk, "action": by.action}
    back = {model: _run(_RETURN, model, values) for model in reversed(_LEAVES_FIRST)}
    restored, removed = {}, {}
    for model in _LEAVES_FIRST:
        # What the change brought goes first: its place (number, head of a household) is somebody's again.
        removed[model] = _run(_REMOVE, model, values)
        restored[model] = back[model] + _restore(model, values)
    _forget_candidates(values)
    left = {model: _count_left(model, values) for model in _LEAVES_FIRST}
    done = Undone(undone.pk, _named(removed), _named(restored), _named(left))
    after = {"removed": done.removed, "restored": done.restored, "left": done.left}
    record(actor, by.action, undone, None, after, at, reason)
    return done


def _plan_for(change_id: int) -> None:
    """Until the transaction ends: a change of many rows is compared as a whole, one of few row by row. What the
    planner knows of the tables is often older than the change."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registry_person WHERE change_id = %s", [change_id])
        is_long = cursor.fetchone()[0] >= _LONG
        cursor.execute(f"SET LOCAL enable_nestloop = {'off' if is_long else 'on'}")
        cursor.execute("SET LOCAL work_mem = '96MB'")


def _forget_candidates(values: Mapping[str, int | str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, values)


def _named(counts: Mapping[type[Recorded], int]) -> dict[str, int]:
    return {str(model._meta.model_name): count for model, count in counts.items() if count}


def _run(template: str, model: type[Recorded], values: dict[str, int | str]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_filled(template, model), values)
        changed: int = cursor.rowcount
        return changed


def _restore(model: type[Recorded], values: dict[str, int | str]) -> int:
    """Heads of households after everybody else: a household has one at every moment."""
    if model is not Person:
        return _run(_RESTORE, model, values)
    others = _run(f"{_RESTORE} AND former.relation <> 'head'", model, values)
    return others + _run(_RESTORE, model, values)


def _count_left(model: type[Recorded], values: dict[str, int | str]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_filled(_LEFT, model), values)
        count: int = cursor.fetchone()[0]
        return count


def _filled(template: str, model: type[Recorded]) -> str:
    """The statement for one table. A row gets the undoing change and a higher version, else its old self."""
    names = {"table": model._meta.db_table, "past": PASTS[model]._meta.db_table}
    columns = [str(field.column) for field in model._meta.concrete_fields]
    signed = {"change_id": "%(by)s", "version": "former.version + 1"}
    values = [signed.get(column, f'former."{column}"') for column in columns]
    signed["version"] = "kept.version + 1"
    assignments = [
        f'"{column}" = ' + signed.get(column, f'former."{column}"')
        for column in columns
        if column != "id"
    ]
    return template.format(
        **names,
        columns=", ".join(f'"{column}"' for column in columns),
        values=", ".join(values),
        assignments=", ".join(assignments),
        replaced=_REPLACED.format(**names),
        unused=_unused(model),
    )


def _unused(model: type[Recorded]) -> str:
    """Whether nothing speaks of the row any more: records of the register, merges, decisions, contacts."""
    users = [
        (relation.related_model._meta.db_table, relation.field.column)
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel) and relation.related_model not in _GOES_ALONG
    ]
    return "".join(
        f" AND NOT EXISTS (SELECT FROM {table} used WHERE used.{column} = kept.id)"
        for table, column in users
    )
