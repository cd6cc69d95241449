"""Undoing in any order leads back to what the imports that still stand say."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.figures.factories import make_unit

from vandong.accounts.models import Grant, User
from vandong.accounts.queries.scope import Actor, NotAllowed, NotVisible, actor_for
from vandong.administration.refusals import Refused
from vandong.audit.models import AuditEvent
from vandong.documents.models import Batch
from vandong.figures.models import Observation, Target
from vandong.figures.queries.targets import targets_in_force
from vandong.planning.figure_files.importing import import_figures
from vandong.planning.plan_files.importing import import_plans
from vandong.planning.undoing import undo_batch, undo_outlook

AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
ACTOR = Actor.system("test")
PLAN_HEAD = (
    "owner,document,unit,scheme,kind,channel,period_from,deadline,value,commitment,signed_on"
)
CODES = ("24", "27", "31")

steps = st.lists(
    st.one_of(
        st.dictionaries(st.sampled_from(CODES), st.integers(1, 4), min_size=1),
        st.integers(0, 5),
    ),
    max_size=9,
)


@pytest.fixture
def kept(db, tmp_path, settings):
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    return tmp_path


@pytest.fixture
def provinces(kept):
    names = ("Tỉnh Bắc Giang", "Tỉnh Bắc Ninh", "Thành phố Hải Phòng")
    return [make_unit(name, code) for name, code in zip(names, CODES, strict=True)]


def take(folder: Path, values: dict[str, int]) -> UUID | None:
    path = folder / f"{uuid4()}.csv"
    rows = [f"{code},2023-05-31,bhxh_tn,stock,{value}" for code, value in values.items()]
    path.write_text("\n".join(["unit,as_of,scheme,measure,value", *rows]), encoding="utf-8")
    result = import_figures(actor=ACTOR, path=path, name=path.name, at=AT)
    assert result.problems == ()
    return result.batch_id


def take_plan(folder: Path, document: str, value: int, signed_on: str = "") -> UUID | None:
    path = folder / f"{uuid4()}.csv"
    row = f"UBND,{document},24,bhxh_tn,stock,,2023-01-01,2023-12-31,{value},assigned,{signed_on}"
    path.write_text(f"{PLAN_HEAD}\n{row}\n", encoding="utf-8")
    return import_plans(actor=ACTOR, path=path, name=path.name, at=AT).batch_id


def live() -> dict[str, int]:
    rows = Observation.objects.filter(live=True).values_list("unit__code", "value")
    found = dict(rows)
    assert len(found) == len(rows)
    return found


@given(steps)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_undoing_in_any_order(provinces, tmp_path, steps):
    history: dict[str, list[tuple[UUID, int]]] = {code: [] for code in CODES}
    standing: list[UUID] = []
    mark = transaction.savepoint()
    for step in steps:
        before = live()
        if isinstance(step, dict):
            batch = take(tmp_path, step)
            changed = {code for code, value in step.items() if before.get(code) != value}
            assert (batch is None) == (not changed)
            for code in changed:
                history[code].append((batch, step[code]))
            standing += [batch] if batch else []
        elif step < len(standing):
            undo_batch(actor=ACTOR, batch_id=standing.pop(step), at=AT)
        expected = {
            code: said[-1]
            for code, rows in history.items()
            if (said := [value for batch, value in rows if batch in standing])
        }
        assert live() == expected
    transaction.savepoint_rollback(mark)


def test_the_outlook_says_what_has_changed_since(provinces, tmp_path):
    first = take(tmp_path, {"24": 10, "27": 20, "31": 30})
    second = take(tmp_path, {"24": 11, "27": 20})
    outlook = undo_outlook(ACTOR, first)
    assert (outlook.taken_back_count, outlook.revived_count) == (2, 0)
    assert [(one.batch_id, one.row_count) for one in outlook.changed_since] == [(second, 1)]
    assert undo_outlook(ACTOR, second).revived_count == 1


def test_twice_is_refused_and_a_stranger_batch_is_not_there(provinces, tmp_path):
    batch = take(tmp_path, {"24": 10})
    undo_batch(actor=ACTOR, batch_id=batch, at=AT)
    with pytest.raises(Refused) as refused:
        undo_batch(actor=ACTOR, batch_id=batch, at=AT)
    assert refused.value.findings[0].code == "batch_not_committed"
    with pytest.raises(NotVisible):
        undo_batch(actor=ACTOR, batch_id=uuid4(), at=AT)
    deeds = list(AuditEvent.objects.order_by("id").values_list("action", flat=True))
    assert deeds == ["figures.imported", "figures.undone"]


def test_only_who_may_import_for_every_unit_undoes(provinces, tmp_path):
    bac_giang, bac_ninh, _ = provinces
    batch = take(tmp_path, {"24": 10, "27": 20})
    user = User.objects.create(username="can")
    grant = Grant.objects.create(user=user, role="officer", unit=bac_giang, granted_at=AT)
    with pytest.raises(NotVisible):
        undo_batch(actor=actor_for(user, AT.date()), batch_id=batch, at=AT)
    Grant.objects.create(user=user, role="officer", unit=bac_ninh, granted_at=AT)
    grant.role = "observer"
    grant.save()
    with pytest.raises(NotVisible):
        undo_batch(actor=actor_for(user, AT.date()), batch_id=batch, at=AT)
    grant.role = "officer"
    grant.save()
    undo_batch(actor=actor_for(user, AT.date()), batch_id=batch, at=AT)
    assert live() == {}
    user.grants.update(role="observer")
    with pytest.raises(NotAllowed):
        undo_batch(actor=actor_for(user, AT.date()), batch_id=batch, at=AT)


def in_force(unit) -> list[int]:
    day = datetime(2023, 11, 1, tzinfo=UTC).date()
    return [int(one.value) for one in targets_in_force([unit.pk], "bhxh_tn", day)[unit.pk]]


def test_amendments_and_corrections_unravel_in_any_order(provinces, tmp_path):
    unit = provinces[0]
    take_plan(tmp_path, "01/QĐ", 100)
    corrected = take_plan(tmp_path, "01/QĐ", 110)
    amended = take_plan(tmp_path, "02/QĐ", 120, "2023-06-01")
    again = take_plan(tmp_path, "03/QĐ", 130, "2023-09-01")
    assert in_force(unit) == [130]
    undo_batch(actor=ACTOR, batch_id=amended, at=AT)
    assert in_force(unit) == [130]
    mended = take_plan(tmp_path, "03/QĐ", 131, "2023-09-01")
    assert in_force(unit) == [131]
    undo_batch(actor=ACTOR, batch_id=corrected, at=AT)
    assert in_force(unit) == [131]
    undo_batch(actor=ACTOR, batch_id=mended, at=AT)
    assert in_force(unit) == [130]
    undo_batch(actor=ACTOR, batch_id=again, at=AT)
    assert in_force(unit) == [100]
    assert Target.objects.filter(live=True).count() == 1
    assert Batch.objects.filter(state="undone").count() == 4
