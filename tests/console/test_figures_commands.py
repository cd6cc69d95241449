"""`vandong figures …` and `vandong plans …` as scripts meet them (interface.md)."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.figures.factories import bac_giang, make_unit
from typer.testing import CliRunner

from vandong.accounts.models import OfficeSetting
from vandong.console.app import app
from vandong.figures.models import Observation, Target
from vandong.places.models import Unit
from vandong.planning.figure_files.mapping import FigureMapping, MappedColumn, Role

HEAD = "unit,kind,parent,as_of,scheme,measure,channel,value,exactness"
GOOD = "24,province,,2023-05-31,bhxh_tn,stock,,44.134,exact"
PLAN_HEAD = "owner,document,unit,scheme,kind,channel,period_from,deadline,value,commitment"
PLAN = "UBND tỉnh,2966/UBND-KGVX,24,bhxh_tn,stock,,2023-01-01,2023-10-31,52.139,assigned"


@pytest.fixture
def file(db, tmp_path, settings):
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}

    def made(*lines: str) -> Path:
        path = Path(tmp_path) / f"{uuid4()}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return made


def run(*words: object, code: int = 0) -> Any:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output + result.stderr
    return json.loads(result.stdout) if "--json" in words else result


def test_import_twice_and_undo(file):
    make_unit(valid_until="2025-07-01")
    path = file(HEAD, GOOD)
    first = run("figures", "import", path, "--source", "Báo Bắc Giang", "--json")
    wanted = {"rows": 1, "accepted": 1, "unchanged": 0, "problems": []}
    assert wanted.items() <= first.items()
    assert Observation.objects.get(live=True).source_text == "Báo Bắc Giang"
    again = run("figures", "import", path, "--json")
    assert {"rows": 1, "accepted": 0, "unchanged": 1, "batch": None}.items() <= again.items()
    undone = run("figures", "undo", first["batch"], "--json")
    assert {"taken_back": 1, "revived": 0, "changed_since": 0}.items() <= undone.items()
    assert not Observation.objects.filter(live=True).exists()
    assert run("figures", "undo", first["batch"], code=1).stderr.startswith("Lần nhập này")


def test_a_problem_is_in_the_document_with_its_place_and_exit_code_1(file):
    make_unit(valid_until="2025-07-01")
    path = file(HEAD, GOOD, "24,province,,2023-04-30,bhxh_tn,stock,,bốn mươi,exact")
    told = run("figures", "import", path, "--json", code=1)
    assert (told["rows"], told["accepted"]) == (2, 0)
    [problem] = told["problems"]
    assert (problem["row"], problem["column"], problem["code"]) == (3, "value", "not_a_number")
    assert "bốn mươi" in problem["message"]
    assert not Observation.objects.exists()
    good = run("figures", "import", path, "--accept-good", "--json", code=1)
    assert good["accepted"] == 1


def test_problems_go_to_stderr_and_nothing_else_when_piped(file):
    result = run("figures", "import", file(HEAD, GOOD), code=1)
    assert "Dòng 2, cột “unit”" in result.stderr
    assert "Chưa ghi gì" in result.stdout
    assert "\x1b" not in result.stdout + result.stderr


def test_wrong_usage_exits_2(file, tmp_path):
    run("figures", "import", tmp_path / "khong-co.csv", code=2)
    run("figures", "import", file(HEAD, GOOD), "--mapping", "Biểu tháng", code=2)
    run("figures", "undo", "không-phải-mã", code=2)


def test_units_are_made_only_when_asked(file):
    make_unit(valid_until="2025-07-01")
    line = "Cụm 30 xã điểm,cluster,Tỉnh Bắc Giang,2023-05-31,bhxh_tn,stock,,6.500,nearly"
    path = file(HEAD, line)
    refused = run("figures", "import", path, "--json", code=1)
    assert refused["problems"][0]["code"] == "unknown_unit"
    run("figures", "import", path, "--create-units")
    made = Unit.objects.get(name="Cụm 30 xã điểm")
    assert (made.kind, made.valid_until.isoformat()) == ("cluster", "2025-07-01")


def test_a_saved_mapping_reads_a_wide_table(file):
    make_unit(valid_until="2025-07-01")
    columns = (
        MappedColumn("Đơn vị", Role.UNIT),
        MappedColumn("BHXH tự nguyện", Role.FIGURE, "bhxh_tn", "stock"),
    )
    stored = FigureMapping("Biểu tháng", "x", columns).stored()
    OfficeSetting.objects.create(kind="figure_mapping", name="Biểu tháng", value=stored)
    path = file("Đơn vị,BHXH tự nguyện", "Tỉnh Bắc Giang,44.134")
    words = ("--mapping", "Biểu tháng", "--as-of", "31/05/2023")
    told = run("figures", "import", path, *words, "--json")
    assert told["accepted"] == 1
    assert Observation.objects.get().value == 44134
    wrong = run("figures", "import", path, "--mapping", "Khác", "--as-of", "31/05/2023", code=1)
    assert "Biểu tháng" in wrong.stderr


def test_plans_import_correct_and_undo(file):
    make_unit(valid_until="2025-07-01")
    first = run("plans", "import", file(PLAN_HEAD, PLAN), "--json")
    assert {"rows": 1, "accepted": 1, "unchanged": 0, "problems": []}.items() <= first.items()
    corrected = run("plans", "import", file(PLAN_HEAD, PLAN.replace("52.139", "52.140")), "--json")
    assert (corrected["accepted"], corrected["changed"]) == (1, 1)
    run("plans", "undo", corrected["batch"])
    assert int(Target.objects.get(live=True).value) == 52139
    wrong = PLAN.replace("stock", "bao phủ")
    told = run("plans", "import", file(PLAN_HEAD, wrong), "--json", code=1)
    assert told["problems"][0] | {"message": ""} == {
        "row": 2,
        "column": "kind",
        "code": "unknown_plan_kind",
        "message": "",
    }


def test_what_was_imported_is_what_progress_tells(file):
    bac_giang()
    Observation.objects.all().delete()
    rows = (
        GOOD,
        "24,province,,31/05/2023,BHXH tự nguyện,change_previous_month,,4.934,",
        "24,province,,31-5-2023,bhxh_tn,change_previous_december,,3.036,",
        '24,province,,31.5.2023,bhxh_tn,pct_of_plan,,"84,65",',
    )
    run("figures", "import", file(HEAD, *rows))
    told = run("progress", "--unit", "24", "--scheme", "bhxh_tn", "--as-of", "2023-05-31", "--json")
    assert (told["plans"][0]["pct_printed"], told["plans"][0]["remaining"]) == ("84,65", 8005)
    changes = {row["baseline"]: (row["value"], row["change"]) for row in told["growth"]}
    assert changes["previous_month"] == (39200, 4934)
    assert changes["previous_december"] == (41098, 3036)
    assert "decline_hidden_by_last_month" in [one["code"] for one in told["findings"]]
