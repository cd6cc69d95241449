"""An intake killed at twenty moments: nothing half-visible, nothing lost, and in the end the same register."""

import csv
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from tests.administration.people import AT, SYSTEM
from tests.intake.taking_lists import HOUSEHOLD_HEADS, Desk

from vandong.documents.models import Batch, BatchState
from vandong.intake.lists import undo_list
from vandong.intake.planning_lists import LOCK
from vandong.registry.models import Household, Participation, Person, PersonPhone

pytestmark = pytest.mark.django_db(transaction=True)

KILLS, PEOPLE = 20, 1000
PROGRAM = Path(__file__).with_name("taking_in_process.py")


def made_up_row(number: int) -> tuple[str, ...]:
    day = f"{number % 28 + 1:02d}/{number % 12 + 1:02d}"
    head = number % 3 == 0
    return (
        *(f"H{number // 3:04d}", f"Nguyễn Văn Thử {number}", f"{day}/1980", "Nam"),
        *("Chủ hộ" if head else "Con", f"0010800{number:05d}", f"01{number:08d}"),
        *(f"09{number:08d}", "01/01/2026", "31/12/2026"),
    )


def intake(desk: Desk, path: Path) -> subprocess.Popen[str]:
    """The process, once it is about to begin."""
    name = connection.settings_dict["NAME"]
    command = [sys.executable, str(PROGRAM), name, default_storage.path(""), str(path)]
    running = subprocess.Popen(
        [*command, str(desk.unit_id)], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    return running


def register() -> dict[str, list[Any]]:
    """All that a list brings, without what tells one run from another."""
    return {
        "people": [
            *Person.objects.order_by("personal_id").values_list(
                "personal_id", "si_number", "full_name", "birth_on", "relation", "household__code"
            )
        ],
        "phones": [
            *PersonPhone.objects.order_by("number").values_list("number", "person__personal_id")
        ],
        "spells": [
            *Participation.objects.order_by("person__personal_id").values_list(
                "person__personal_id", "scheme", "covered_from", "covered_until"
            )
        ],
        "households": [*Household.objects.order_by("code").values_list("code", flat=True)],
    }


def test_killed_at_any_moment_it_leaves_nothing_half_done(desk: Desk) -> None:
    path = desk.folder / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HOUSEHOLD_HEADS, *map(made_up_row, range(PEOPLE))])
    begun = time.monotonic()
    assert intake(desk, path).communicate(timeout=60)[0] == "done\n"
    seconds, whole = time.monotonic() - begun, register()
    assert len(whole["people"]) == PEOPLE
    undo_all()
    moments = random.Random(4)
    for _kill in range(KILLS):
        running = intake(desk, path)
        time.sleep(moments.random() * seconds)
        running.kill()
        running.communicate()
        seen = register()
        assert seen in (whole, {part: [] for part in whole}), "half a list is to be seen"
        undo_all()
    assert intake(desk, path).communicate(timeout=60)[0] == "done\n"
    assert register() == whole


def undo_all() -> None:
    """Waits for what a killed process still had under way in the database, then takes back what it did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    for batch in Batch.objects.filter(state=BatchState.COMMITTED):
        undo_list(actor=SYSTEM, batch_id=batch.pk, at=AT)
    assert not Person.objects.exists()
