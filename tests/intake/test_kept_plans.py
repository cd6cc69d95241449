"""Plans of a checked list: kept, written as they were shown, made anew when the register has changed."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from tests.administration.people import AT, SYSTEM
from tests.intake.taking_lists import LOAN, MAI, TOAN, Desk, changed, counts_of

from vandong.documents.models import Batch
from vandong.intake.kept_lists import FOLDER
from vandong.intake.kept_plans import drop_plans, register_mark
from vandong.intake.lists import commit_list, drop_list
from vandong.registry.models import Candidate, Participation, PendingRow, Person

pytestmark = pytest.mark.django_db

# Loan's number under quite another name: somebody must look.
DOUBTFUL = changed(LOAN, name="Trịnh Văn Sáu", born="02/09/1961", sex="Nam", si="")


def commit(batch: Batch) -> Batch:
    commit_list(actor=SYSTEM, batch_id=batch.pk, at=AT)
    batch.refresh_from_db()
    return batch


def files_of(batch: Batch) -> list[Path]:
    return list(Path(default_storage.path(FOLDER)).glob(f"{batch.pk}-plan*"))


def last_id_drawn() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM registry_person_id_seq")
        drawn: int = cursor.fetchone()[0]
        return drawn


def pending() -> list[object]:
    rows = PendingRow.objects.order_by("row").values_list("row", "reason", "fields__full_name")
    found = Candidate.objects.order_by("pending__row", "rank")
    return [*rows, *found.values_list("pending__row", "person__full_name", "rank", "reasons")]


def test_what_was_shown_is_what_is_written(desk: Desk) -> None:
    batch = desk.checked([LOAN, TOAN])
    shown, drawn = counts_of(batch), last_id_drawn()
    assert files_of(batch)
    assert counts_of(commit(batch)) == shown
    assert Person.objects.filter(pk__lte=drawn).count() == 2
    assert last_id_drawn() == drawn
    assert not files_of(batch)


def test_a_register_that_has_changed_is_asked_again(desk: Desk) -> None:
    first, second = desk.checked([LOAN, MAI]), desk.checked([LOAN, TOAN])
    assert counts_of(second).new == 2
    commit(first)
    found = counts_of(commit(second))
    assert (found.new, found.unchanged) == (1, 1)
    assert Person.objects.filter(personal_id=LOAN[5]).count() == 1
    assert Participation.objects.filter(person__personal_id=LOAN[5]).count() == 1


def test_every_change_of_the_register_changes_its_mark(desk: Desk) -> None:
    before = register_mark()
    assert register_mark() == before
    desk.taken([LOAN])
    assert register_mark() != before


def test_doubts_are_kept_as_they_are_found_anew(desk: Desk) -> None:
    desk.taken([LOAN])
    batch = desk.checked([DOUBTFUL, MAI])
    assert counts_of(batch).ambiguous == 1
    seen = []
    for is_anew in (False, True):
        place = transaction.savepoint()
        if is_anew:
            drop_plans(batch.pk)
        kept = {path: path.read_bytes() for path in files_of(batch)}
        commit(batch)
        seen.append(pending())
        transaction.savepoint_rollback(place)
        batch.refresh_from_db()
        for path, content in kept.items():
            path.write_bytes(content)
    assert seen[0] == seen[1]
    assert len(seen[0]) >= 2


def test_a_list_given_up_leaves_no_plans(desk: Desk) -> None:
    batch = desk.checked([LOAN])
    drop_list(actor=SYSTEM, batch_id=batch.pk, at=AT)
    assert not files_of(batch)
