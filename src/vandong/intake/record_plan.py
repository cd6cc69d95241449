"""What a matched list says beside people and spells: official lists, receipts, establishments. Nothing is
written. Leaves `plan_listing`, `plan_receipt`, `plan_establishment`, and `plan_touched`: the rows that change
anything."""

from django.db import connection

from vandong.intake.person_plan import drop_tables

_LISTINGS = """
CREATE TEMPORARY TABLE plan_listing ON COMMIT DROP AS
SELECT DISTINCT ON (judged.who, staged.listed_group) staged.row AS batch_row, judged.who,
    staged.listed_group AS "group", coalesce(staged.listed_from, %(as_of)s::date) AS listed_from,
    staged.listed_until, known.id AS known_id
FROM incoming staged
JOIN incoming_match judged USING (row)
LEFT JOIN registry_listing known ON known.person_id = judged.who
    AND known."group" = staged.listed_group
    AND known.listed_from <= coalesce(staged.listed_from, %(as_of)s::date)
    AND (known.listed_until IS NULL OR known.listed_until > coalesce(staged.listed_from, %(as_of)s::date))
WHERE staged.listed_group <> '' AND judged.who IS NOT NULL
    AND (known.id IS NULL OR (staged.listed_until IS NOT NULL
        AND staged.listed_until IS DISTINCT FROM known.listed_until))
ORDER BY judged.who, staged.listed_group, staged.row
"""
# A receipt is known by its number; where either side has none, by person, period, day and amount. A number that
# was not known is taken over.
_RECEIPTS = """
CREATE TEMPORARY TABLE plan_receipt ON COMMIT DROP AS
WITH told AS (
    SELECT staged.row AS batch_row, judged.who, staged.scheme, staged.covered_from, staged.covered_until,
        staged.method, staged.income_amount, staged.receipt_book AS book, staged.receipt_number AS number,
        staged.collected_on, staged.remitted_on, staged.accepted_on, staged.channel, staged.unit_id,
        worker.id AS member_id, coalesce(office.id, worker.organisation_id) AS organisation_id,
        coalesce(staged.state_amount, 0) AS state_amount,
        coalesce(staged.local_amount, 0) AS local_amount,
        coalesce(staged.other_amount, 0) AS other_amount,
        coalesce(staged.participant_amount, staged.total_amount - coalesce(staged.state_amount, 0)
            - coalesce(staged.local_amount, 0) - coalesce(staged.other_amount, 0)) AS participant_amount
    FROM incoming staged
    JOIN incoming_match judged USING (row)
    LEFT JOIN (SELECT staff_code, min(id) AS id, min(organisation_id) AS organisation_id
        FROM accounts_member GROUP BY staff_code HAVING count(*) = 1) worker
        ON worker.staff_code = staged.member_code AND staged.member_code <> ''
    LEFT JOIN (SELECT code, min(id) AS id FROM accounts_organisation WHERE code <> ''
        GROUP BY code HAVING count(*) = 1) office
        ON office.code = staged.organisation_code AND staged.organisation_code <> ''
    WHERE judged.who IS NOT NULL AND staged.collected_on IS NOT NULL
        AND staged.covered_from IS NOT NULL AND staged.covered_until IS NOT NULL
        AND coalesce(staged.participant_amount, staged.total_amount) IS NOT NULL
), once AS (
    SELECT DISTINCT ON (who, scheme, number, book, organisation_id,
        CASE WHEN number = '' THEN collected_on END, CASE WHEN number = '' THEN covered_from END,
        CASE WHEN number = '' THEN participant_amount END) *
    FROM told
    ORDER BY who, scheme, number, book, organisation_id, CASE WHEN number = '' THEN collected_on END,
        CASE WHEN number = '' THEN covered_from END, CASE WHEN number = '' THEN participant_amount END,
        batch_row
), judged AS (
    SELECT DISTINCT ON (once.batch_row) once.*, known.id AS known_id,
        known.remitted_on AS known_remitted_on, known.accepted_on AS known_accepted_on,
        known.returned_on AS known_returned_on,
        known.number AS known_number
    FROM once
    LEFT JOIN registry_receipt known ON known.person_id = once.who AND known.scheme = once.scheme
        AND ((once.number <> '' AND known.number = once.number AND known.book = once.book
                AND known.organisation_id IS NOT DISTINCT FROM once.organisation_id)
            OR ((once.number = '' OR known.number = '') AND known.collected_on = once.collected_on
                AND known.covered_from = once.covered_from
                AND known.participant_amount = once.participant_amount))
    ORDER BY once.batch_row, (known.number = once.number) DESC NULLS LAST, known.id
)
SELECT batch_row, who, scheme, covered_from, covered_until, method, income_amount, book, number,
    collected_on, remitted_on, accepted_on, channel, unit_id, member_id, organisation_id, state_amount,
    local_amount, other_amount, participant_amount, known_id
FROM judged
WHERE known_id IS NULL OR (number <> '' AND known_number = '')
    OR (remitted_on IS NOT NULL AND known_remitted_on IS NULL)
    OR (accepted_on IS NOT NULL AND known_accepted_on IS NULL
        AND (known_returned_on IS NULL OR known_returned_on <= accepted_on))
"""
_ESTABLISHMENTS = """
CREATE TEMPORARY TABLE plan_establishment ON COMMIT DROP AS
WITH told AS (
    SELECT DISTINCT ON (CASE WHEN est_tax_code <> '' THEN est_tax_code
            ELSE lower(coalesce(nullif(est_name, ''), full_name)) || '|' || coalesce(unit_today_id, 0)
        END)
        staged.row AS batch_row, judged.who, coalesce(nullif(est_name, ''), full_name) AS name,
        est_tax_code AS tax_code, full_name AS owner_name, est_trade AS trade,
        coalesce(nullif(est_tax_method, ''), 'unknown') AS tax_method,
        est_worker_count AS worker_count, address, phone, unit_id, unit_today_id,
        name_fold AS owner_fold
    FROM incoming staged JOIN incoming_match judged USING (row)
    WHERE est_name <> '' OR est_tax_code <> ''
    ORDER BY CASE WHEN est_tax_code <> '' THEN est_tax_code
            ELSE lower(coalesce(nullif(est_name, ''), full_name)) || '|' || coalesce(unit_today_id, 0)
        END, staged.row
)
SELECT told.*, known.id AS known_id
FROM told
LEFT JOIN LATERAL (
    SELECT place.* FROM registry_establishment place
    WHERE (told.tax_code <> '' AND place.tax_code = told.tax_code)
        OR (told.tax_code = '' AND place.name = told.name
            AND place.unit_today_id IS NOT DISTINCT FROM told.unit_today_id)
    ORDER BY place.id LIMIT 1
) known ON true
WHERE known.id IS NULL
    OR (told.who > 0 AND known.owner_id IS NULL)
    OR (told.worker_count IS NOT NULL AND told.worker_count IS DISTINCT FROM known.worker_count)
    OR (told.tax_method <> 'unknown' AND told.tax_method <> known.tax_method)
"""
# Rows of somebody new change something by that alone: they are not looked up.
_TOUCHED = """
CREATE TEMPORARY TABLE plan_touched ON COMMIT DROP AS
SELECT batch_row AS row FROM plan_person WHERE NOT is_new
UNION SELECT row FROM plan_household WHERE gets_code
UNION SELECT batch_row FROM plan_phone WHERE who > 0
UNION SELECT told.row FROM spell_island told
    JOIN plan_spell plan USING (who, scheme, island) WHERE told.row IS NOT NULL AND told.who > 0
UNION SELECT batch_row FROM plan_listing WHERE who > 0
UNION SELECT batch_row FROM plan_receipt WHERE who > 0
UNION SELECT batch_row FROM plan_establishment
UNION SELECT batch_row FROM plan_return
"""
TABLES = ("plan_listing", "plan_receipt", "plan_establishment", "plan_touched")


def plan_records(as_of: str) -> None:
    """Works out listings, receipts and establishments; needs `plan_people`,
    `plan_spells` and `plan_returns` before."""
    drop_tables(TABLES)
    with connection.cursor() as cursor:
        cursor.execute(_LISTINGS, {"as_of": as_of})
        for sql in (_RECEIPTS, _ESTABLISHMENTS, _TOUCHED, "ANALYZE plan_touched"):
            cursor.execute(sql)
