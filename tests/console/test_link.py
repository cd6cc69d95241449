"""`vandong link`: a list matched on trial, told in one document, measured by its truth."""

import csv
import json
from pathlib import Path

import pytest
from tests.accounts.conftest import Country, country
from tests.intake.taking_lists import HOUSEHOLD_HEADS, LOAN, MAI, TOAN
from typer.testing import CliRunner, Result

from vandong.console.app import app
from vandong.console.wording import speaking
from vandong.registry.models import Person

__all__ = ["country"]

HEADS = ("Họ và tên", "Ngày sinh", "Giới tính", "Xã, phường", "truth")
HERE = "Xã Tam Tiến"


@pytest.fixture
def place(country: Country, tmp_path: Path, settings: object) -> Path:
    """A folder for lists, and three people in the register."""
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}  # type: ignore[attr-defined]
    path = written(tmp_path / "hgd.csv", HOUSEHOLD_HEADS, LOAN, TOAN, MAI)
    words = ("--as", "bhyt_hgd", "--unit", "07264", "--as-of", "2026-03-02", "--json")
    assert run("intake", path, *words).exit_code == 0
    return tmp_path


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [*map(str, words)])


def written(path: Path, *rows: tuple[str, ...]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def a_list(folder: Path) -> Path:
    ids = {one.full_name: str(one.pk) for one in Person.objects.all()}
    return written(
        folder / "list.csv",
        HEADS,
        ("Bach Thi Loan", "01/04/1993", "Nữ", HERE, ids["Bạch Thị Loan"]),
        ("Toàn Nguyễn Văn", "11/09/1972", "Nam", HERE, ids["Nguyễn Văn Toàn"]),
        ("Đỗ Mai", "1990", "Nam", HERE, ids["Đỗ Thị Mai"]),
        ("Vi Văn Sơn", "05/06/1966", "Nam", HERE, ""),
        ("Lò Văn Sáng", "05/06/1967", "Nam", "Xã Không Có", ""),
    )


def test_a_list_is_matched_and_measured_and_nothing_is_kept(place: Path) -> None:
    path, people = a_list(place), Person.objects.count()
    done = run("link", path, "--as-of", "2026-03-02", "--truth", "truth", "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout) == {
        "same": 2,
        "review": 1,
        "different": 1,
        "refused": 1,
        "precision": "1",
        "recall": "0.6666666667",
    }
    assert Person.objects.count() == people


def test_a_higher_threshold_asks_more(place: Path) -> None:
    done = run("link", a_list(place), "--as-of", "2026-03-02", "--threshold", "1.0", "--json")
    told = json.loads(done.stdout)
    assert (told["same"], told["review"]) == (0, 3)
    assert "precision" not in told


def test_a_list_taken_in_is_known_by_its_id(place: Path) -> None:
    words = ("--as", "prospects", "--as-of", "2026-03-02", "--json")
    batch = json.loads(run("intake", a_list(place), *words).stdout)["batch"]
    told = json.loads(run("link", batch, "--truth", "truth", "--json").stdout)
    assert (told["same"], told["review"], told["different"], told["refused"]) == (3, 1, 0, 1)


def test_it_is_told_in_words(place: Path) -> None:
    done = run("link", a_list(place), "--as-of", "2026-03-02", "--truth", "truth")
    assert "Ghép được 2 dòng, 1 dòng chờ người xem" in done.stdout
    assert "100,00%" in done.stdout
    with speaking("en"):
        english = run("link", a_list(place), "--as-of", "2026-03-02")
    assert "2 rows find their person" in english.stdout


def test_what_cannot_be_done_is_told(place: Path) -> None:
    missing = run("link", a_list(place), "--as-of", "2026-03-02", "--truth", "nobody", "--json")
    assert missing.exit_code == 1
    assert json.loads(missing.stdout)["problems"][0]["code"] == "link_truth_missing"
    assert run("link", place / "absent.csv").exit_code == 2
    assert run("link", "0e0f3a86-5d9a-4f0c-a8a5-111111111111").exit_code == 1
