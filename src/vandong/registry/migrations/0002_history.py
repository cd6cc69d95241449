"""What a row was before is kept at statement level, and no update goes without naming its change."""

from django.db import migrations

TABLES = (
    "person",
    "personphone",
    "household",
    "establishment",
    "participation",
    "listing",
    "receipt",
    "consent",
    "legalbasis",
)

# Columns are asked for at run time: once a statement, so that a later column needs no new trigger.
KEEP = """
CREATE FUNCTION registry_keep_past() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    open_change bigint := registry_current_change();
    columns text;
    is_signed boolean := true;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        EXECUTE 'SELECT NOT EXISTS (SELECT FROM new_rows WHERE change_id IS DISTINCT FROM $1)'
            INTO is_signed USING open_change;
    END IF;
    IF NOT is_signed THEN
        RAISE EXCEPTION 'Rows of % were updated without change_id = %', TG_TABLE_NAME, open_change
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO columns
    FROM pg_attribute WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped;
    EXECUTE format(
        'INSERT INTO %I (ended_change_id, operation, %s) SELECT %L, %L, %s FROM old_rows',
        TG_TABLE_NAME || 'past', columns, open_change, TG_OP, columns
    );
    RETURN NULL;
END
$$;
"""

WATCH = """
CREATE TRIGGER registry_past_update AFTER UPDATE ON registry_{table}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION registry_keep_past();
CREATE TRIGGER registry_past_delete AFTER DELETE ON registry_{table}
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION registry_keep_past();
"""

FORGET = """
DROP TRIGGER registry_past_update ON registry_{table};
DROP TRIGGER registry_past_delete ON registry_{table};
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [
        migrations.RunSQL(KEEP, "DROP FUNCTION registry_keep_past()"),
        *(
            migrations.RunSQL(WATCH.format(table=table), FORGET.format(table=table))
            for table in TABLES
        ),
    ]
