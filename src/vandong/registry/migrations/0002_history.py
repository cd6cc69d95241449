"""What a row was before is kept, and references are checked, once a statement; no update without its change."""

from django.db import migrations

UNIT, PERSON = "places_unit", "registry_person"
OFFICE, MEMBER = "accounts_organisation", "accounts_member"

# What each table refers to: column and table.
REFERENCES = {
    "household": {"unit_id": UNIT, "unit_today_id": UNIT},
    "person": {
        "unit_id": UNIT,
        "unit_today_id": UNIT,
        "cluster_id": UNIT,
        "household_id": "registry_household",
        "member_id": MEMBER,
        "merged_into_id": PERSON,
    },
    "personphone": {"person_id": PERSON},
    "establishment": {"owner_id": PERSON, "unit_id": UNIT, "unit_today_id": UNIT},
    "participation": {"person_id": PERSON, "unit_id": UNIT, "organisation_id": OFFICE},
    "listing": {"person_id": PERSON},
    "receipt": {
        "person_id": PERSON,
        "participation_id": "registry_participation",
        "unit_id": UNIT,
        "organisation_id": OFFICE,
        "member_id": MEMBER,
    },
    "consent": {"person_id": PERSON},
    "merge": {"kept_id": PERSON, "gone_id": PERSON},
    "legalbasis": {},
}

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

CHECK = """
CREATE FUNCTION registry_check_references() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    missing bigint;
BEGIN
    FOR i IN 0 .. TG_NARGS / 2 - 1 LOOP
        EXECUTE format(
            'SELECT n.%1$I FROM new_rows n WHERE n.%1$I IS NOT NULL'
            ' AND NOT EXISTS (SELECT FROM %2$I kept WHERE kept.id = n.%1$I) LIMIT 1',
            TG_ARGV[2 * i], TG_ARGV[2 * i + 1]
        ) INTO missing;
        IF missing IS NOT NULL THEN
            RAISE EXCEPTION '% of %: no row % in %',
                TG_ARGV[2 * i], TG_TABLE_NAME, missing, TG_ARGV[2 * i + 1]
                USING ERRCODE = 'foreign_key_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
CREATE FUNCTION registry_check_unreferenced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    used bigint;
BEGIN
    FOR i IN 0 .. TG_NARGS / 2 - 1 LOOP
        EXECUTE format(
            'SELECT gone.id FROM old_rows gone'
            ' WHERE EXISTS (SELECT FROM %2$I kept WHERE kept.%1$I = gone.id) LIMIT 1',
            TG_ARGV[2 * i], TG_ARGV[2 * i + 1]
        ) INTO used;
        IF used IS NOT NULL THEN
            RAISE EXCEPTION 'Row % of % is still used by %', used, TG_TABLE_NAME, TG_ARGV[2 * i + 1]
                USING ERRCODE = 'foreign_key_violation';
        END IF;
    END LOOP;
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

WATCH_REFERENCES = """
CREATE TRIGGER registry_references_insert AFTER INSERT ON registry_{table}
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION registry_check_references({arguments});
CREATE TRIGGER registry_references_update AFTER UPDATE ON registry_{table}
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION registry_check_references({arguments});
"""

WATCH_USE = """
CREATE TRIGGER registry_unreferenced AFTER DELETE ON {table}
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION registry_check_unreferenced({arguments});
"""


def watching() -> list[str]:
    """The statements that set every trigger."""
    statements = [WATCH.format(table=table) for table in REFERENCES if table != "merge"]
    used: dict[str, list[str]] = {}
    for table, columns in REFERENCES.items():
        pairs = [f"'{column}', '{target}'" for column, target in columns.items()]
        if pairs:
            statements.append(WATCH_REFERENCES.format(table=table, arguments=", ".join(pairs)))
        for column, target in columns.items():
            if target.startswith("registry_"):
                used.setdefault(target, []).append(f"'{column}', 'registry_{table}'")
    for target, pairs in used.items():
        statements.append(WATCH_USE.format(table=target, arguments=", ".join(pairs)))
    return statements


FORGET = """
DROP FUNCTION registry_keep_past() CASCADE;
DROP FUNCTION registry_check_references() CASCADE;
DROP FUNCTION registry_check_unreferenced() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [migrations.RunSQL("".join([KEEP, CHECK, *watching()]), FORGET)]
