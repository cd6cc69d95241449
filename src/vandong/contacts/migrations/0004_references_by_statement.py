"""References of the approach to the register are checked once a statement: see the registry's migration of the
same name. Who was approached, or has a claim, is not taken back with a list."""

import django.db.models.deletion
from django.db import migrations, models

WATCH = """
CREATE TRIGGER registry_references_insert AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION registry_check_references({arguments});
CREATE TRIGGER registry_references_update AFTER UPDATE ON {table}
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION registry_check_references({arguments});
"""
WATCH_USE = """
CREATE TRIGGER contacts_unreferenced AFTER DELETE ON {target}
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION registry_check_unreferenced({arguments});
"""
PERSON, HOUSEHOLD, RECEIPT = "registry_person", "registry_household", "registry_receipt"
REFERENCES = {
    "contacts_task": {"person_id": PERSON, "household_id": HOUSEHOLD},
    "contacts_contact": {"person_id": PERSON},
    "contacts_claim": {"person_id": PERSON, "receipt_id": RECEIPT},
}


def arguments(pairs: list[tuple[str, str]]) -> str:
    """As the functions of the registry take them: in twos."""
    return ", ".join(f"'{first}', '{second}'" for first, second in pairs)


def watching() -> str:
    """The statements that set every trigger."""
    used: dict[str, list[tuple[str, str]]] = {}
    found = []
    for table, columns in REFERENCES.items():
        found.append(WATCH.format(table=table, arguments=arguments([*columns.items()])))
        for column, target in columns.items():
            used.setdefault(target, []).append((column, table))
    found += [
        WATCH_USE.format(target=one, arguments=arguments(pairs)) for one, pairs in used.items()
    ]
    return "".join(found)


def forgetting() -> str:
    """The statements that take them away."""
    kinds = ("registry_references_insert", "registry_references_update")
    own = [f"DROP TRIGGER {kind} ON {table};" for table in REFERENCES for kind in kinds]
    targets = (PERSON, HOUSEHOLD, RECEIPT)
    return "".join([*own, *(f"DROP TRIGGER contacts_unreferenced ON {one};" for one in targets)])


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0003_segments"),
        ("registry", "0004_references_by_statement"),
    ]
    operations = [
        migrations.AlterField(
            model_name="claim",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="registry.person",
            ),
        ),
        migrations.AlterField(
            model_name="claim",
            name="receipt",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claims",
                to="registry.receipt",
            ),
        ),
        migrations.AlterField(
            model_name="contact",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contacts",
                to="registry.person",
            ),
        ),
        migrations.AlterField(
            model_name="task",
            name="household",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.household",
            ),
        ),
        migrations.AlterField(
            model_name="task",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tasks",
                to="registry.person",
            ),
        ),
        migrations.RunSQL(watching(), forgetting()),
    ]
