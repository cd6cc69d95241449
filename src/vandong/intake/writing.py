"""A planned list written to the register, table by table, each in one statement. The change is open already.

Households come before their people, people before what is theirs: references are checked at each statement.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import connection

from vandong.kernel.names import fold


def _of_plan(columns: str) -> str:
    return ", ".join(f"plan.{name}" for name in columns.split(", "))


_CHANGE = "registry_current_change()"

_HOUSEHOLDS = """
INSERT INTO registry_household (id, code, address, unit_id, unit_today_id, batch_row)
SELECT id, code, address, unit_id, unit_today_id, row FROM plan_household WHERE known_id IS NULL
"""
_NAMED_HOUSEHOLDS = f"""
UPDATE registry_household household SET code = plan.code, change_id = {_CHANGE}, batch_row = plan.row,
    version = household.version + 1
FROM plan_household plan WHERE plan.known_id = household.id AND plan.gets_code
"""
_FIELDS = (
    "personal_id, si_number, card_number, full_name, name_key, name_fold, name_back, sort_key, birth_on,"
    " birth_precision, sex, ethnicity, occupation, address, unit_id, unit_today_id, household_id, relation,"
    " household_order, member_id, deceased_on"
)
_PEOPLE = f"""
INSERT INTO registry_person (id, {_FIELDS}, batch_row)
SELECT id, {_FIELDS}, batch_row FROM plan_person WHERE is_new
"""
# Heads that are none any more, or elsewhere, first: a household has one at every moment.
_STEPPING_DOWN = f"""
UPDATE registry_person person SET relation = '', change_id = {_CHANGE}, version = person.version + 1
FROM plan_person plan WHERE plan.id = person.id AND NOT plan.is_new AND person.relation = 'head'
    AND (plan.relation <> 'head' OR plan.household_id IS DISTINCT FROM person.household_id)
"""
_CHANGED_PEOPLE = f"""
UPDATE registry_person person SET ({_FIELDS}) = ({_of_plan(_FIELDS)}),
    change_id = {_CHANGE}, batch_row = plan.batch_row, version = person.version + 1
FROM plan_person plan WHERE plan.id = person.id AND NOT plan.is_new
"""
# From here on everybody on the list has an id.
_IDS = """
CREATE TEMPORARY TABLE written_person ON COMMIT DROP AS
SELECT DISTINCT who, who AS id FROM incoming_match WHERE who > 0
UNION ALL SELECT who, id FROM plan_person WHERE is_new;
CREATE INDEX ON written_person (who);
ANALYZE written_person;
"""
_PHONES = """
INSERT INTO registry_personphone (person_id, number, rank, batch_row)
SELECT person.id, phone.number, coalesce(last.rank, 0)
    + row_number() OVER (PARTITION BY person.id ORDER BY phone.batch_row), phone.batch_row
FROM plan_phone phone
JOIN written_person person USING (who)
LEFT JOIN (SELECT person_id, max(rank) AS rank FROM registry_personphone
    WHERE person_id IN (SELECT who FROM plan_phone WHERE who > 0) GROUP BY person_id) last
    ON last.person_id = phone.who
ORDER BY person.id, phone.batch_row
"""
_SPELL = (
    "covered_from, covered_until, ended_on, end_reason, method, income_amount, support_group, unit_id,"
    " organisation_id, channel"
)
_SPELLS = f"""
INSERT INTO registry_participation (person_id, scheme, {_SPELL}, batch_row)
SELECT person.id, plan.scheme, {_SPELL}, plan.batch_row
FROM plan_spell plan JOIN written_person person USING (who)
WHERE plan.known_id IS NULL ORDER BY person.id
"""
_CHANGED_SPELLS = f"""
UPDATE registry_participation spell SET ({_SPELL}) = ({_of_plan(_SPELL)}),
    change_id = {_CHANGE}, batch_row = plan.batch_row, version = spell.version + 1
FROM plan_spell plan WHERE plan.known_id = spell.id
"""
_LISTINGS = """
INSERT INTO registry_listing (person_id, "group", listed_from, listed_until, batch_row)
SELECT person.id, plan."group", plan.listed_from, plan.listed_until, plan.batch_row
FROM plan_listing plan JOIN written_person person USING (who) WHERE plan.known_id IS NULL
"""
_CHANGED_LISTINGS = f"""
UPDATE registry_listing known SET listed_until = plan.listed_until, change_id = {_CHANGE},
    batch_row = plan.batch_row, version = known.version + 1
FROM plan_listing plan WHERE plan.known_id = known.id
"""
_RECEIPTS = """
INSERT INTO registry_receipt (person_id, participation_id, scheme, covered_from, covered_until, method,
    income_amount, total_amount, participant_amount, state_amount, local_amount, other_amount, member_id,
    organisation_id, channel, unit_id, book, number, collected_on, remitted_on, accepted_on, batch_row)
SELECT person.id, spell.id, plan.scheme, plan.covered_from, plan.covered_until, plan.method,
    plan.income_amount, participant_amount + state_amount + local_amount + other_amount,
    participant_amount, state_amount, local_amount, other_amount, plan.member_id, plan.organisation_id,
    plan.channel, plan.unit_id, plan.book, plan.number, plan.collected_on,
    coalesce(plan.remitted_on, plan.accepted_on), plan.accepted_on, plan.batch_row
FROM plan_receipt plan
JOIN written_person person USING (who)
LEFT JOIN registry_participation spell ON spell.person_id = person.id AND spell.scheme = plan.scheme
    AND spell.covered_from <= plan.covered_from
    AND (spell.covered_until IS NULL OR spell.covered_until > plan.covered_from)
    AND (spell.ended_on IS NULL OR spell.ended_on > plan.covered_from)
WHERE plan.known_id IS NULL ORDER BY person.id
"""
_CHANGED_RECEIPTS = f"""
UPDATE registry_receipt known SET
    number = coalesce(nullif(known.number, ''), plan.number),
    book = CASE WHEN known.number = '' THEN plan.book ELSE known.book END,
    remitted_on = coalesce(known.remitted_on, plan.remitted_on, plan.accepted_on),
    accepted_on = CASE WHEN known.returned_on > plan.accepted_on THEN known.accepted_on
        ELSE coalesce(known.accepted_on, plan.accepted_on) END,
    returned_on = CASE WHEN plan.accepted_on >= known.returned_on THEN NULL ELSE known.returned_on END,
    return_reason = CASE WHEN plan.accepted_on >= known.returned_on THEN ''
        ELSE known.return_reason END,
    change_id = {_CHANGE}, batch_row = plan.batch_row, version = known.version + 1
FROM plan_receipt plan WHERE plan.known_id = known.id
"""
_RETURNED = f"""
UPDATE registry_receipt known SET returned_on = plan.returned_on, return_reason = plan.reason,
    accepted_on = NULL, delivered_on = NULL,
    change_id = {_CHANGE}, batch_row = plan.batch_row, version = known.version + 1
FROM plan_return plan WHERE plan.receipt_id = known.id
"""
_ESTABLISHMENTS = """
INSERT INTO registry_establishment (name, name_fold, tax_code, owner_id, owner_name, trade, tax_method,
    worker_count, counted_on, address, phone, unit_id, unit_today_id, batch_row)
SELECT plan.name, plan.name_fold, plan.tax_code, person.id, plan.owner_name, plan.trade, plan.tax_method,
    plan.worker_count, %(as_of)s, plan.address, plan.phone, plan.unit_id, plan.unit_today_id,
    plan.batch_row
FROM plan_establishment plan LEFT JOIN written_person person USING (who)
WHERE plan.known_id IS NULL
"""
_CHANGED_ESTABLISHMENTS = f"""
UPDATE registry_establishment known SET
    owner_id = coalesce(known.owner_id, CASE WHEN plan.who > 0 THEN plan.who END),
    worker_count = coalesce(plan.worker_count, known.worker_count),
    tax_method = CASE WHEN plan.tax_method = 'unknown' THEN known.tax_method ELSE plan.tax_method END,
    counted_on = %(as_of)s, change_id = {_CHANGE}, batch_row = plan.batch_row, version = known.version + 1
FROM plan_establishment plan WHERE plan.known_id = known.id
"""
_PENDING = """
INSERT INTO registry_pendingrow (batch_id, row, reason, fields, state, version)
SELECT %(batch)s, staged.row, judged.reason, jsonb_strip_nulls(to_jsonb(staged) - 'row'), 'waiting', 1
FROM incoming staged JOIN incoming_match judged USING (row)
WHERE judged.certainty = 'ambiguous' AND NOT EXISTS (
    SELECT FROM registry_pendingrow earlier
    WHERE earlier.state <> 'withdrawn' AND earlier.fields = jsonb_strip_nulls(to_jsonb(staged) - 'row'))
"""
_CANDIDATES = """
INSERT INTO registry_candidate (pending_id, person_id, probability, reasons, rank)
SELECT pending.id, found.person_id, link.probability,
    coalesce(link.reasons, jsonb_build_array(jsonb_build_object('code', found.via))),
    row_number() OVER (PARTITION BY pending.id
        ORDER BY found.strength DESC, link.probability DESC NULLS LAST, found.person_id)
FROM registry_pendingrow pending
JOIN (
    SELECT row, person_id, min(via) AS via, max(strength) AS strength FROM (
        SELECT row, person_id, via, 2 AS strength FROM incoming_hit
        UNION ALL SELECT row, person_id, 'namesake', is_certain::int FROM incoming_namesake
        UNION ALL SELECT row, person_id, 'resembles', 0 FROM incoming_link WHERE zone <> 'different'
        UNION ALL SELECT row, person_id, reason, 3 FROM incoming_match
            WHERE reason = 'spell_overlaps' AND person_id IS NOT NULL
    ) ways GROUP BY row, person_id
) found ON found.row = pending.row
LEFT JOIN incoming_link link ON link.row = found.row AND link.person_id = found.person_id
WHERE pending.batch_id = %(batch)s
"""

STEPS = (
    *(_HOUSEHOLDS, _NAMED_HOUSEHOLDS, _STEPPING_DOWN, _CHANGED_PEOPLE, _PEOPLE, _IDS, _PHONES),
    *(_SPELLS, _CHANGED_SPELLS, _LISTINGS, _CHANGED_LISTINGS, _RECEIPTS, _CHANGED_RECEIPTS),
    *(_RETURNED, _ESTABLISHMENTS, _CHANGED_ESTABLISHMENTS, _PENDING, _CANDIDATES),
)


def write_planned(batch_id: UUID, as_of: str, advance: Callable[[int, int], None]) -> None:
    """Writes what the plans hold. `advance` is told which of how many steps is done and may raise to stop."""
    _fold_establishments()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.written_person")
        for number, sql in enumerate(STEPS, start=1):
            for statement in sql.split(";\n"):
                if statement.strip():
                    _execute(cursor, statement, {"as_of": as_of, "batch": batch_id})
            advance(number, len(STEPS))


def write_decided(batch_id: UUID, as_of: str) -> None:
    """Writes the plans of one row that a person has settled; nothing waits of it any more."""
    _fold_establishments()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.written_person")
        for sql in STEPS:
            if sql in {_PENDING, _CANDIDATES}:
                continue
            for statement in sql.split(";\n"):
                if statement.strip():
                    _execute(cursor, statement, {"as_of": as_of, "batch": batch_id})


def _execute(cursor: object, statement: str, values: dict[str, object]) -> None:
    wanted = {name: value for name, value in values.items() if f"%({name})s" in statement}
    cursor.execute(statement, wanted or None)  # type: ignore[attr-defined]


def _fold_establishments() -> None:
    """The search form of the names, which the database cannot make."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE plan_establishment ADD name_fold text NOT NULL DEFAULT ''")
        cursor.execute("SELECT DISTINCT name FROM plan_establishment")
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            "UPDATE plan_establishment plan SET name_fold = folded.fold"
            " FROM unnest(%s::text[], %s::text[]) folded(name, fold) WHERE folded.name = plan.name",
            [names, [fold(name)[:300] for name in names]],
        )
