"""Plans from files: stored, corrected, amended, undone; what is wrong is named with its place."""

from datetime import UTC, datetime

import pytest
from tests.figures.factories import make_unit

from vandong.accounts.queries.scope import Actor
from vandong.documents.models import Batch
from vandong.figures.models import Plan, Target
from vandong.planning.plan_files.importing import PlanOptions, import_plans
from vandong.planning.undoing import undo_batch

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
HEAD = "owner,document,unit,scheme,kind,channel,period_from,deadline,value,commitment,denominator"
GOOD = "UBND tỉnh,2966/UBND-KGVX,24,bhxh_tn,stock,,2023-01-01,2023-10-31,52.139,assigned,"
ACTOR = Actor.system("test")


@pytest.fixture
def take(db, tmp_path, settings):
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    make_unit(valid_until="2025-07-01")

    def _take(*rows: str, **asked):
        path = tmp_path / "ke-hoach.csv"
        path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
        return import_plans(
            actor=ACTOR, path=path, name=path.name, at=AT, options=PlanOptions(**asked)
        )

    return _take


def test_a_correction_keeps_the_old_value_and_undo_revives_it(take):
    assert take(GOOD).accepted_count == 1
    assert (take(GOOD).unchanged_count, Batch.objects.count()) == (1, 1)
    corrected = take(GOOD.replace("52.139", "52.140"))
    assert corrected.changed_count == 1
    assert (Target.objects.get(live=True).value, Target.objects.count()) == (52140, 2)
    undo_batch(actor=ACTOR, batch_id=corrected.batch_id, at=AT)
    assert Target.objects.get(live=True).value == 52139
    assert Plan.objects.get().document.number == "2966/UBND-KGVX"


def test_another_document_amends(take):
    take(GOOD)
    take(GOOD.replace("2966/UBND-KGVX", "3000/UBND").replace("52.139", "53.000"))
    later = Target.objects.get(plan__document__number="3000/UBND")
    assert (later.supersedes.value, later.supersedes.live) == (52139, True)


def test_coverage_is_a_percentage_of_a_named_denominator(take):
    coverage = 'UBND tỉnh,,24,bhxh_tn,coverage,,2023-01-01,2023-12-31,"1,5",striving,labour_force'
    assert take(coverage).accepted_count == 1
    assert str(Target.objects.get().value.normalize()) == "1.5"
    missing = take(coverage.replace("labour_force", ""))
    assert [(one.spot.column, one.code) for one in missing.problems] == [
        ("denominator", "denominator_missing")
    ]


def test_all_problems_with_their_places_and_nothing_stored(take):
    result = take(
        GOOD,
        GOOD.replace("52.139", '"84,65%"'),
        GOOD.replace(",24,", ",99,"),
        GOOD.replace("assigned", "hứa"),
        GOOD.replace("2023-10-31", "2022-10-31"),
    )
    assert [(one.spot.row, one.spot.column) for one in result.problems][:3] == [
        (3, "value"),
        (4, "unit"),
        (5, "commitment"),
    ]
    assert [one.spot.row for one in result.problems] == [3, 4, 5, 6]
    assert not Target.objects.exists()
    assert not Batch.objects.exists()
