"""Units made by an import go with it when it is undone, and stay while anything else uses them."""

from datetime import UTC, datetime

import pytest
from tests.figures.factories import make_unit

from vandong.accounts.models import Grant, User
from vandong.accounts.queries.scope import Actor
from vandong.audit.models import AuditEvent
from vandong.figures.models import Observation
from vandong.places.models import Placement, Unit
from vandong.planning.figure_files.importing import import_figures
from vandong.planning.figure_files.options import ImportOptions
from vandong.planning.import_results import ImportResult
from vandong.planning.undoing import UndoOutlook, undo_batch, undo_outlook

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
ACTOR = Actor.system("test")
HEAD = "unit,kind,parent,as_of,scheme,measure,value"
CLUSTER = "Cụm Điểm Một"


@pytest.fixture
def take(db, tmp_path, settings):
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    make_unit()

    def _take(value: int, day: str = "2023-05-31") -> ImportResult:
        path = tmp_path / f"{value}.csv"
        rows = (f"{CLUSTER},cluster,24,{day},bhxh_tn,stock,{value}", f"24,,,{day},bhxh_tn,stock,9")
        path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
        options = ImportOptions(create_units=True)
        return import_figures(actor=ACTOR, path=path, name=path.name, at=AT, options=options)

    return _take


def undone(result: ImportResult) -> UndoOutlook:
    assert result.batch_id is not None
    before = undo_outlook(ACTOR, result.batch_id)
    done = undo_batch(actor=ACTOR, batch_id=result.batch_id, at=AT)
    assert done == before
    return done


def test_a_unit_goes_with_the_import_that_made_it_and_can_come_again(take):
    done = undone(take(5))
    assert (done.taken_back_count, done.units.going, done.units.staying) == (2, (CLUSTER,), ())
    assert not Unit.objects.filter(name=CLUSTER).exists()
    assert Placement.objects.count() == 1
    assert Observation.objects.count() == 1, "rows on units that stay, stay in the records"
    event = AuditEvent.objects.get(action="unit.removed")
    assert event.subject_name == CLUSTER or (event.before or {})["name"] == CLUSTER
    assert take(5).accepted_count == 2
    assert Observation.objects.get(unit__name=CLUSTER, live=True).value == 5


def test_a_unit_with_figures_of_another_import_stays(take):
    first, second = take(5), take(6)
    done = undone(first)
    assert (done.units.going, done.units.staying) == ((), (CLUSTER,))
    assert Observation.objects.get(unit__name=CLUSTER, live=True).value == 6
    assert undone(second).units.going == (), "the second import did not make it"


def test_a_unit_on_which_somebody_has_a_right_stays(take):
    result = take(5)
    user = User.objects.create(username="lan")
    unit = Unit.objects.get(name=CLUSTER)
    Grant.objects.create(user=user, role="officer", unit=unit, granted_at=AT)
    assert undone(result).units.staying == (CLUSTER,)
    assert Unit.objects.filter(name=CLUSTER).exists()
    assert not Observation.objects.filter(live=True).exists()
