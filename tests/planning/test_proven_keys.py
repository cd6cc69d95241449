"""Foreign keys proven in sets: what PostgreSQL would refuse is refused, what it would lock is locked."""

from contextlib import closing
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction
from tests.figures.factories import MOMENT, make_batch, make_unit

from vandong.accounts.queries.scope import Actor
from vandong.figures.models import Observation, PrintedFigure
from vandong.planning.figure_files.importing import import_figures
from vandong.planning.figure_files.stages import OBSERVATIONS, PRINTED, STAGES
from vandong.planning.proven_keys import Reference, proven_keys
from vandong.planning.staged_tables import copy_lines, make_stage, match_live, take_over


def asked(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def role() -> object:
    return asked("SHOW session_replication_role")


def units(ids: list[int]) -> list[Reference]:
    rows = ", ".join(f"({one}::bigint)" for one in ids)
    return [Reference(f"(VALUES {rows}) given (id)", "id", "places_unit")]


@pytest.fixture
def allowed(db: None) -> None:
    if not asked("SELECT has_parameter_privilege('session_replication_role', 'SET')"):
        pytest.skip("this server does not let its role prove keys")


def stage_one(unit_id: int) -> None:
    for stage in STAGES:
        make_stage(stage)
    line = f"1\t2\t{unit_id}\t\\N\tbhxh_tn\tstock\t\t2023-05-31\t\\N\t5\texact\n"
    copy_lines(OBSERVATIONS, [line])
    match_live(OBSERVATIONS, ("official",))


def take_over_checked(batch_id: UUID) -> None:
    """Taken over, and every key that was not proven checked as at a commit; nothing of it left when refused."""
    with transaction.atomic():
        take_over(OBSERVATIONS, batch_id, ("official",), "tệp")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_figures_have_no_triggers_but_their_foreign_keys(db):
    tables = (Observation._meta.db_table, PrintedFigure._meta.db_table)
    own = asked(
        "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgrelid IN"
        f" ('{tables[0]}'::regclass, '{tables[1]}'::regclass)"
    )
    assert own == 0, "triggers sleep while keys are proven: planning.proven_keys"


@pytest.mark.parametrize("stage", [OBSERVATIONS, PRINTED])
def test_every_foreign_key_that_a_stage_fills_is_named(stage):
    model = Observation if stage is OBSERVATIONS else PrintedFigure
    keys = {field.column for field in model._meta.concrete_fields if field.is_relation}
    named = {column for column, _ in stage.references}
    assert keys - {"batch_id", "superseded_by_id"} == named
    assert named <= set(stage.copied)


def test_known_keys_pass_and_the_setting_goes_back(allowed):
    unit, batch = make_unit(), make_batch()
    stage_one(unit.pk)
    take_over_checked(batch.pk)
    assert role() == "origin"
    assert Observation.objects.get().unit == unit


def test_only_inside_do_triggers_sleep(allowed):
    unit = make_unit()
    with proven_keys(units([unit.pk])):
        assert role() == "replica"
    with proven_keys(units([unit.pk, unit.pk + 1])):
        assert role() == "origin", "one of the units is not there"


def test_an_unknown_unit_is_refused(db):
    batch = make_batch()
    stage_one(404)
    with pytest.raises(IntegrityError):
        take_over_checked(batch.pk)


def test_an_unknown_batch_is_refused(db):
    stage_one(make_unit().pk)
    with pytest.raises(IntegrityError):
        take_over_checked(uuid4())


def test_a_failure_inside_wakes_the_triggers_again(allowed):
    unit = make_unit()
    with pytest.raises(IntegrityError), transaction.atomic(), proven_keys(units([unit.pk])):
        Observation.objects.create(pk=None, unit=unit, as_of=None, value=1)
    assert role() == "origin"


@pytest.mark.django_db(transaction=True)
def test_a_proven_unit_cannot_go_before_the_end(transactional_db):
    unit = make_unit()
    other = connections.create_connection("default")
    with closing(other), transaction.atomic(), proven_keys(units([unit.pk])):
        if role() == "origin":
            pytest.skip("this server does not let its role prove keys")
        with other.cursor() as cursor, pytest.raises(OperationalError, match="lock"):
            cursor.execute(f"SELECT 1 FROM places_unit WHERE id = {unit.pk} FOR UPDATE NOWAIT")


def test_imports_under_the_debug_cursor(db, tmp_path, settings):
    """With VANDONG_DEBUG=1 Django's cursor takes a COPY without values."""
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    make_unit(valid_until="2025-07-01")
    path = tmp_path / "so-lieu.csv"
    rows = ("24,2023-05-31,bhxh_tn,stock,44.134", "24,2023-05-31,bhxh_tn,pct_of_plan,84.65%")
    path.write_text("\n".join(["unit,as_of,scheme,measure,value", *rows]), encoding="utf-8")
    connection.force_debug_cursor = True
    try:
        result = import_figures(actor=Actor.system("test"), path=path, name=path.name, at=MOMENT)
    finally:
        connection.force_debug_cursor = False
    assert (result.accepted_count, result.problems) == (2, ())
