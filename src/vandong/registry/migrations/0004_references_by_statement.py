"""References of doubtful rows to people are checked once a statement, as all others to people are.

A key of the database asks once for every person that goes, at the end of the transaction: taking back a list of
200,000 people spent half its time there.
"""

import django.db.models.deletion
from django.db import migrations, models

PERSON = "registry_person"

WATCH = """
CREATE TRIGGER registry_references_insert AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION registry_check_references('{column}', '{target}');
CREATE TRIGGER registry_references_update AFTER UPDATE ON {table}
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION registry_check_references('{column}', '{target}');
"""
WATCH_USE = """
CREATE TRIGGER {table}_unreferenced AFTER DELETE ON {target}
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION registry_check_unreferenced('{column}', '{table}');
"""
FORGET = """
DROP TRIGGER registry_references_insert ON {table};
DROP TRIGGER registry_references_update ON {table};
"""
FORGET_USE = "DROP TRIGGER {table}_unreferenced ON {target};"
PENDING = {"table": "registry_pendingrow", "column": "person_id", "target": PERSON}
CANDIDATE = {"table": "registry_candidate", "column": "person_id", "target": PERSON}


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_pending_rows")]
    operations = [
        migrations.AlterField(
            model_name="candidate",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="registry.person",
            ),
        ),
        migrations.AlterField(
            model_name="pendingrow",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.person",
            ),
        ),
        # Whom a row may have meant goes with the person; what was decided holds the person.
        migrations.RunSQL(
            WATCH.format(**PENDING) + WATCH_USE.format(**PENDING) + WATCH.format(**CANDIDATE),
            FORGET.format(**PENDING) + FORGET_USE.format(**PENDING) + FORGET.format(**CANDIDATE),
        ),
    ]
