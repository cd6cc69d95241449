"""The statements that count the register: pieces of time, events, sums up the trees, rows as observations.

Each step is one temporary table of the transaction. A *piece* is a time in which a person counts in one cell
(unit, organisation, channel); pieces of a person that follow each other without a day between are one stay.
A *cell* is summed into three kinds of rows: all of a unit, by channel, by organisation.
"""

from vandong.figures.models import Measure, SourceKind
from vandong.registry.models import EndReason

LEFT_BY: dict[str, str] = {
    EndReason.TO_COMPULSORY: Measure.TO_COMPULSORY,
    EndReason.TO_PENSION: Measure.TO_PENSION,
    EndReason.DECEASED: Measure.DECEASED,
    EndReason.MOVED_OUT: Measure.MOVED_OUT,
}
"""The measure of those who leave by an event; every other end is a lapse."""

ALWAYS_WRITTEN: tuple[str, ...] = (
    Measure.FIRST_TIME,
    Measure.RETURNING,
    Measure.GROSS_NEW,
    Measure.RENEWED,
    Measure.LAPSED,
    Measure.REVENUE,
)
"""Flows of a whole unit that stand as 0 too: they tell that the span was counted. What is not written of the
others, and of channels and organisations, is 0 then."""

# Where somebody who moved lived when: the register's own day of each change. A unit that is no more is read as
# the one that followed it, so that a new map moves nobody.
HOMES = """
CREATE TEMPORARY TABLE register_home ON COMMIT DROP AS
WITH moved AS (
    SELECT DISTINCT past.id FROM registry_personpast past
    JOIN registry_person person ON person.id = past.id
    WHERE past.unit_today_id <> person.unit_today_id AND person.merged_into_id IS NULL
),
told AS (
    SELECT past.id AS person_id, past.unit_today_id AS unit_id, past.past_id,
        (change.at AT TIME ZONE %(zone)s)::date AS until_on
    FROM registry_personpast past
    JOIN moved ON moved.id = past.id
    JOIN registry_change change ON change.id = past.ended_change_id
    JOIN places_unit unit ON unit.id = past.unit_today_id
        AND (unit.valid_until IS NULL OR unit.valid_until > %(today)s)
    UNION ALL
    SELECT person.id, person.unit_today_id, NULL, NULL
    FROM registry_person person JOIN moved ON moved.id = person.id
),
dated AS (
    SELECT person_id, unit_id, until_on,
        lag(until_on) OVER (PARTITION BY person_id ORDER BY past_id NULLS LAST) AS from_on
    FROM told
)
SELECT person_id, unit_id, coalesce(from_on, '-infinity') AS from_on, coalesce(until_on, 'infinity') AS until_on
FROM dated WHERE from_on IS NULL OR until_on IS NULL OR from_on < until_on
"""

ABOVE = """
CREATE TEMPORARY TABLE register_above ON COMMIT DROP AS
SELECT DISTINCT place.unit_id, above.unit_id AS above_id, unit.valid_from
FROM places_placement place
CROSS JOIN LATERAL (
    SELECT part::bigint AS unit_id FROM unnest(string_to_array(trim(both '/' from place.path), '/')) part
) above
JOIN places_unit unit ON unit.id = above.unit_id
WHERE unit.kind <> 'country'
    AND (place.valid_from IS NULL OR place.valid_from <= %(today)s)
    AND (place.valid_until IS NULL OR place.valid_until > %(today)s)
    AND (%(units)s::bigint[] IS NULL OR above.unit_id = ANY(%(units)s))
"""

PIECES = """
CREATE TEMPORARY TABLE register_piece ON COMMIT DROP AS
SELECT piece.*,
    lag(until_on) OVER stay AS before_on, lag(unit_id) OVER stay AS before_unit,
    lag(organisation_id) OVER stay AS before_organisation, lag(channel) OVER stay AS before_channel,
    lead(from_on) OVER stay AS after_on
FROM (
    SELECT span.person_id, span.scheme, coalesce(home.unit_id, person.unit_today_id) AS unit_id,
        span.organisation_id, span.channel,
        greatest(span.covered_from, home.from_on) AS from_on,
        least(span.counted_until, nullif(home.until_on, 'infinity')) AS until_on,
        span.end_reason
    FROM ({counted}) span
    JOIN registry_person person ON person.id = span.person_id AND person.merged_into_id IS NULL
    LEFT JOIN register_home home ON home.person_id = span.person_id
        AND home.until_on > span.covered_from
        AND (span.counted_until IS NULL OR home.from_on < span.counted_until)
    WHERE span.covered_from <= %s AND coalesce(home.from_on, '-infinity') <= %s
) piece
WINDOW stay AS (PARTITION BY person_id, scheme ORDER BY from_on)
"""

# Deltas of the stock and events, in buckets: 0 before the first period, then the number of the period. The
# stock's deltas of before all fall into the first one.
EVENTS = """
CREATE TEMPORARY TABLE register_event ON COMMIT DROP AS
SELECT scheme, unit_id, organisation_id, channel, measure, n, sum(amount) AS amount, min(on_day) AS first_on
FROM (
    SELECT scheme, unit_id, organisation_id, channel, 'stock' AS measure,
        greatest(width_bucket(from_on, %(starts)s::date[]), 1) AS n, 1 AS amount, from_on AS on_day
    FROM register_piece
    UNION ALL
    SELECT scheme, unit_id, organisation_id, channel, 'stock',
        greatest(width_bucket(until_on, %(starts)s::date[]), 1), -1, until_on
    FROM register_piece WHERE until_on <= %(last_on)s
    UNION ALL
    SELECT scheme, unit_id, organisation_id, channel,
        CASE WHEN before_on IS NULL THEN 'first_time' ELSE 'returning' END,
        width_bucket(from_on, %(starts)s::date[]), 1, from_on
    FROM register_piece
    WHERE from_on >= %(first_on)s AND (before_on IS NULL OR before_on < from_on)
    UNION ALL
    SELECT scheme, unit_id, organisation_id, channel,
        coalesce(%(left_by)s::jsonb ->> end_reason, 'lapsed'),
        width_bucket(until_on, %(starts)s::date[]), 1, until_on
    FROM register_piece
    WHERE until_on BETWEEN %(first_on)s AND %(last_on)s AND (after_on IS NULL OR after_on > until_on)
) event
WHERE unit_id IS NOT NULL
GROUP BY scheme, unit_id, organisation_id, channel, measure, n
"""

# A payment goes on with a stay unless the stay begins with it. One person counts once a day and cell.
RECEIPTS = f"""
INSERT INTO register_event
WITH paid AS (
    SELECT receipt.scheme, receipt.person_id, receipt.collected_on, receipt.covered_from,
        receipt.organisation_id, receipt.channel, receipt.total_amount,
        coalesce(home.unit_id, person.unit_today_id) AS unit_id
    FROM registry_receipt receipt
    JOIN registry_person person ON person.id = receipt.person_id AND person.merged_into_id IS NULL
    LEFT JOIN register_home home ON home.person_id = receipt.person_id
        AND receipt.collected_on >= home.from_on AND receipt.collected_on < home.until_on
    WHERE receipt.scheme = ANY(%(schemes)s) AND receipt.returned_on IS NULL
        AND receipt.collected_on BETWEEN %(first_on)s AND %(last_on)s
)
SELECT scheme, unit_id, organisation_id, channel, '{Measure.REVENUE}',
    width_bucket(collected_on, %(starts)s::date[]) AS n, sum(total_amount), min(collected_on)
FROM paid WHERE unit_id IS NOT NULL GROUP BY scheme, unit_id, organisation_id, channel, n
UNION ALL
SELECT scheme, unit_id, organisation_id, channel, '{Measure.RENEWED}', n, count(*), min(collected_on)
FROM (
    SELECT DISTINCT paid.scheme, paid.person_id, paid.unit_id, paid.organisation_id, paid.channel,
        paid.collected_on, width_bucket(paid.collected_on, %(starts)s::date[]) AS n
    FROM paid
    JOIN register_piece piece ON piece.person_id = paid.person_id AND piece.scheme = paid.scheme
        AND piece.from_on <= paid.covered_from
        AND (piece.until_on IS NULL OR piece.until_on > paid.covered_from)
    WHERE paid.unit_id IS NOT NULL
        AND (piece.from_on < paid.covered_from OR piece.before_on = piece.from_on)
) renewal
GROUP BY scheme, unit_id, organisation_id, channel, n
"""

# Whom a list led to: a task counts once, on the day of its first contact; a contact taken back never.
APPROACHED = f"""
INSERT INTO register_event
SELECT scheme, unit_id, organisation_id, channel, '{Measure.APPROACHED}',
    width_bucket(on_day, %(starts)s::date[]), count(*), min(on_day)
FROM (
    SELECT CASE WHEN contact.aim IN ('join_si', 'renew_si') THEN 'bhxh_tn' ELSE 'bhyt_hgd' END AS scheme,
        coalesce(home.unit_id, person.unit_today_id) AS unit_id, member.organisation_id,
        coalesce(organisation.channel, '') AS channel, contact.on_day
    FROM (
        SELECT task_id, person_id, member_id, aim, (received_at AT TIME ZONE %(zone)s)::date AS on_day
        FROM contacts_contact contact
        WHERE undone_at IS NULL AND person_id IS NOT NULL AND task_id IS NOT NULL
            AND received_at >= (%(first_on)s::date::timestamp AT TIME ZONE %(zone)s)
            AND received_at < ((%(last_on)s::date + 1)::timestamp AT TIME ZONE %(zone)s)
            AND NOT EXISTS (
                SELECT FROM contacts_contact earlier
                WHERE earlier.task_id = contact.task_id AND earlier.undone_at IS NULL
                    AND (earlier.received_at, earlier.id) < (contact.received_at, contact.id)
            )
    ) contact
    JOIN registry_person named ON named.id = contact.person_id
    JOIN registry_person person ON person.id = coalesce(named.merged_into_id, named.id)
    LEFT JOIN register_home home ON home.person_id = person.id
        AND contact.on_day >= home.from_on AND contact.on_day < home.until_on
    LEFT JOIN accounts_member member ON member.id = contact.member_id
    LEFT JOIN accounts_organisation organisation ON organisation.id = member.organisation_id
) approach
WHERE unit_id IS NOT NULL AND scheme = ANY(%(schemes)s)
GROUP BY 1, 2, 3, 4, 6
"""

_KEYS = """
SELECT no, above_id, NULL::bigint AS organisation_id, '' AS channel
FROM crossing JOIN register_above above ON above.unit_id = {unit}
UNION ALL
SELECT no, above_id, NULL, {channel} FROM crossing JOIN register_above above ON above.unit_id = {unit}
WHERE {channel} <> ''
UNION ALL
SELECT no, above_id, {organisation}, '' FROM crossing JOIN register_above above ON above.unit_id = {unit}
WHERE {organisation} IS NOT NULL
"""

# The sums; `office` 0 stands for no organisation, so that rows are found by equality. Who goes on in another
# cell moves only between rows that tell the two cells apart: from one commune to the next not within the
# province, from the post to the agency not within the commune.
SUMS = """
CREATE TEMPORARY TABLE register_sum ON COMMIT DROP AS
WITH crossing AS (
    SELECT row_number() OVER () AS no, crossed.* FROM (
        SELECT scheme, unit_id, organisation_id, channel, before_unit, before_organisation, before_channel,
            width_bucket(from_on, %(starts)s::date[]) AS n, count(*) AS amount, min(from_on) AS first_on
        FROM register_piece
        WHERE from_on >= %(first_on)s AND before_on = from_on
            AND (unit_id, organisation_id, channel)
                IS DISTINCT FROM (before_unit, before_organisation, before_channel)
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
    ) crossed
),
came_to AS ({came_to}),
went_from AS ({went_from}),
crossed AS (
    SELECT 'moved_in' AS measure, came.* FROM (SELECT * FROM came_to EXCEPT SELECT * FROM went_from) came
    UNION ALL
    SELECT 'moved_out', went.* FROM (SELECT * FROM went_from EXCEPT SELECT * FROM came_to) went
)
SELECT scheme, above_id AS unit_id, coalesce(organisation_id, 0) AS office, channel, measure, n,
    sum(amount) AS amount, min(first_on) AS first_on
FROM (
    SELECT event.scheme, above.above_id,
        CASE WHEN grouping(organisation_id) = 0 THEN organisation_id END AS organisation_id,
        CASE WHEN grouping(channel) = 0 THEN channel ELSE '' END AS channel,
        event.measure, event.n, sum(event.amount) AS amount, min(event.first_on) AS first_on
    FROM register_event event JOIN register_above above ON above.unit_id = event.unit_id
    GROUP BY GROUPING SETS (
        (event.scheme, above.above_id, event.measure, event.n),
        (event.scheme, above.above_id, event.measure, event.n, channel),
        (event.scheme, above.above_id, event.measure, event.n, organisation_id)
    )
    HAVING (grouping(channel) = 1 OR channel <> '')
        AND (grouping(organisation_id) = 1 OR organisation_id IS NOT NULL)
    UNION ALL
    SELECT crossing.scheme, crossed.above_id, crossed.organisation_id, crossed.channel, crossed.measure,
        crossing.n, crossing.amount, crossing.first_on
    FROM crossed JOIN crossing USING (no)
) part
GROUP BY scheme, above_id, organisation_id, channel, measure, n
""".format(
    came_to=_KEYS.format(
        unit="crossing.unit_id",
        channel="crossing.channel",
        organisation="crossing.organisation_id",
    ),
    went_from=_KEYS.format(
        unit="before_unit", channel="before_channel", organisation="before_organisation"
    ),
)

# What offices print as "tăng mới": so that a board takes both from one kind of source.
GROSS = f"""
INSERT INTO register_sum
SELECT scheme, unit_id, office, channel, '{Measure.GROSS_NEW}', n, sum(amount), min(first_on)
FROM register_sum WHERE measure IN ('{Measure.FIRST_TIME}', '{Measure.RETURNING}')
GROUP BY scheme, unit_id, office, channel, n
"""

# The rows as they should stand. A stock stands on each last day from the row's first person on, so that who
# left is not read from an older day.
FIGURES = f"""
CREATE TEMPORARY TABLE register_figure ON COMMIT DROP AS
WITH period AS (
    SELECT * FROM unnest(%(starts)s::date[], %(ends)s::date[]) WITH ORDINALITY AS one(first_on, last_on, n)
),
known AS (
    SELECT scheme, unit_id, office, channel, min(first_on) AS first_on
    FROM register_sum WHERE measure <> '{Measure.APPROACHED}' GROUP BY scheme, unit_id, office, channel
),
stock AS (
    SELECT known.*, period.last_on,
        sum(coalesce(delta.amount, 0)) OVER (
            PARTITION BY known.scheme, known.unit_id, known.office, known.channel ORDER BY period.n
        ) AS value
    FROM known CROSS JOIN period
    LEFT JOIN register_sum delta ON delta.measure = 'stock' AND delta.n = period.n
        AND delta.scheme = known.scheme AND delta.unit_id = known.unit_id AND delta.channel = known.channel
        AND delta.office = known.office
),
written AS (
    SELECT unit_id, office, scheme, 'stock' AS measure, channel, last_on AS as_of,
        NULL::date AS period_from, value
    FROM stock WHERE last_on >= first_on
    UNION ALL
    SELECT one.unit_id, one.office, one.scheme, one.measure, one.channel, period.last_on, period.first_on,
        one.amount
    FROM register_sum one JOIN period USING (n)
    WHERE one.measure <> 'stock' AND one.amount <> 0
    UNION ALL
    SELECT known.unit_id, 0, known.scheme, flow.measure, '', period.last_on, period.first_on, 0
    FROM known CROSS JOIN period CROSS JOIN unnest(%(always)s::text[]) AS flow(measure)
    LEFT JOIN register_sum one ON one.unit_id = known.unit_id AND one.scheme = known.scheme
        AND one.measure = flow.measure AND one.n = period.n AND one.channel = '' AND one.office = 0
        AND one.amount <> 0
    WHERE known.office = 0 AND known.channel = '' AND period.last_on >= known.first_on AND one.n IS NULL
)
SELECT written.unit_id, nullif(written.office, 0) AS organisation_id, written.scheme, written.measure,
    written.channel, written.as_of, written.period_from, written.value,
    coalesce(unit.valid_from > written.as_of, false) AS restated
FROM written JOIN places_unit unit ON unit.id = written.unit_id
"""

# Flows kept by month would overlap days counted anew: the span grows to hold every row that it touches.
TOUCHED = f"""
SELECT min(period_from), max(as_of) FROM figures_observation
WHERE live AND scheme = ANY(%(schemes)s) AND source_kind = '{SourceKind.REGISTER}' AND period_from IS NOT NULL
    AND as_of >= %(first_on)s AND period_from <= %(last_on)s
    AND (%(units)s::bigint[] IS NULL OR unit_id = ANY(%(units)s))
"""

MATCHES = f"""
CREATE TEMPORARY TABLE register_match ON COMMIT DROP AS
SELECT live.id, live.value = made.value AND live.restated = made.restated AS is_same,
    made.unit_id, made.organisation_id, made.scheme, made.measure, made.channel, made.as_of, made.period_from
FROM figures_observation live
LEFT JOIN register_figure made ON made.unit_id = live.unit_id AND made.scheme = live.scheme
    AND made.measure = live.measure AND made.channel = live.channel AND made.as_of = live.as_of
    AND coalesce(made.period_from, 'infinity') = coalesce(live.period_from, 'infinity')
    AND coalesce(made.organisation_id, 0) = coalesce(live.organisation_id, 0)
WHERE live.live AND live.source_kind = '{SourceKind.REGISTER}' AND live.scheme = ANY(%(schemes)s)
    AND live.as_of BETWEEN %(first_on)s AND %(last_on)s
    AND (%(units)s::bigint[] IS NULL OR live.unit_id = ANY(%(units)s))
"""

SUPERSEDE = """
UPDATE figures_observation SET live = false, superseded_by_id = %(batch)s
WHERE id IN (SELECT id FROM register_match WHERE is_same IS NOT TRUE)
"""

INSERT = f"""
INSERT INTO figures_observation (unit_id, organisation_id, scheme, measure, channel, as_of, period_from, value,
    exactness, source_kind, source_text, restated, batch_id, live)
SELECT made.unit_id, made.organisation_id, made.scheme, made.measure, made.channel, made.as_of,
    made.period_from, made.value, 'exact', '{SourceKind.REGISTER}', '', made.restated, %(batch)s, true
FROM register_figure made
WHERE NOT EXISTS (
    SELECT FROM register_match same
    WHERE same.is_same AND same.unit_id = made.unit_id AND same.scheme = made.scheme
        AND same.measure = made.measure AND same.channel = made.channel AND same.as_of = made.as_of
        AND coalesce(same.period_from, 'infinity') = coalesce(made.period_from, 'infinity')
        AND coalesce(same.organisation_id, 0) = coalesce(made.organisation_id, 0)
)
"""
