"""`vandong intake`: a list in, told in one document, and back; exit codes, the file of faulty rows."""

import csv
import json
from pathlib import Path

import pytest
from tests.accounts.conftest import Country, country
from tests.intake.taking_lists import HOUSEHOLD_HEADS, LOAN, TOAN, changed
from typer.testing import CliRunner, Result

from vandong.console.app import app
from vandong.documents.models import Batch, BatchState
from vandong.jobs.models import Job
from vandong.registry.models import Person
from vandong.sheets import open_table

__all__ = ["country"]


@pytest.fixture
def place(country: Country, tmp_path: Path, settings: object) -> Path:
    """A folder for lists; files are kept in another."""
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}  # type: ignore[attr-defined]
    return tmp_path


def run(*words: object, lang: str = "vi") -> Result:
    return CliRunner().invoke(app, ["intake", *map(str, words)], env={"VANDONG_LANG": lang})


def a_list(folder: Path, *rows: tuple[str, ...], name: str = "hgd.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HOUSEHOLD_HEADS, *rows])
    return path


def taken(path: Path, *more: object) -> Result:
    words = ("--as", "bhyt_hgd", "--unit", "07264", "--as-of", "2026-03-02")
    return run(path, *words, "--json", *more)


def test_a_list_is_told_as_agreed_and_the_second_time_brings_nothing(place: Path) -> None:
    path = a_list(place, LOAN, TOAN)
    done = taken(path)
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    batch = told.pop("batch")
    assert told == {
        "rows": 2,
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "ambiguous": 0,
        "refused": 0,
        "problems_file": None,
    }
    assert Batch.objects.get(pk=batch).state == BatchState.COMMITTED
    assert set(Job.objects.values_list("task", flat=True)) == {"figures.register", "claims.settle"}
    again = taken(path)
    assert again.exit_code == 0
    counts = json.loads(again.stdout)
    assert (counts["new"], counts["changed"], counts["unchanged"]) == (0, 0, 2)
    assert batch in again.stderr


def test_a_dry_run_counts_and_stores_nothing(place: Path) -> None:
    done = taken(a_list(place, LOAN), "--dry-run")
    assert json.loads(done.stdout)["new"] == 1
    assert not Person.objects.exists()


def test_faulty_rows_are_written_beside_the_list_and_the_exit_code_says_so(place: Path) -> None:
    done = taken(a_list(place, LOAN, changed(TOAN, born="31/02/1972")))
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert (told["new"], told["refused"]) == (1, 1)
    rows = list(open_table(Path(told["problems_file"]), "loi.xlsx").rows())
    assert len(rows) == 1
    assert told["problems_file"] in done.stderr


def test_a_list_is_taken_back_by_its_id(place: Path) -> None:
    batch = json.loads(taken(a_list(place, LOAN, TOAN)).stdout)["batch"]
    done = run("undo", batch)
    assert done.exit_code == 0
    assert not Person.objects.exists()
    again = run("undo", batch)
    assert again.exit_code == 1
    assert again.stderr


def test_columns_that_nobody_knows_are_told_in_both_languages(place: Path) -> None:
    path = place / "la.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    for lang in ("vi", "en"):
        done = run(path, "--as", "bhyt_hgd", lang=lang)
        assert done.exit_code == 1
        assert done.stderr.strip()


@pytest.mark.parametrize("words", [("khong-co.csv", "--as", "bhyt_hgd"), ("undo", "khong-phai-ma")])
def test_wrong_use_is_exit_code_2(place: Path, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_a_list_needs_its_kind(place: Path) -> None:
    assert run(a_list(place, LOAN)).exit_code == 2
