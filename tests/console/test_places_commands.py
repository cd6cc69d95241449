"""`vandong places …`: loads, finds, refuses with exit code and sentence."""

import json

import pytest
import typer
from typer.testing import CliRunner

from vandong.console import places
from vandong.places.models import Unit
from vandong.places.queries import UnitProblem

pytestmark = pytest.mark.django_db


def run(*words):
    app = typer.Typer()
    places.register(app)
    return CliRunner().invoke(app, ["places", *words])


def test_load_find_search_and_faults():
    first = json.loads(run("load", "--json").output)
    assert first["new"] > 38000
    assert json.loads(run("load", "--json").output)["new"] == 0
    assert Unit.objects.filter(kind="province").count() == 63 + 34 - 11
    assert run("find", "24", "--on", "31/05/2023").output == "24\tTỉnh Bắc Giang\n"
    assert run("find", "24", "--on", "2025-07-01").output == "24\tTỉnh Bắc Ninh\n"
    assert "→ Xã Xuân Mai" in run("search", "TT. xuan mai", "--on", "2026-01-01").output
    refused = run("find", "277", "--on", "2026-01-01")
    assert refused.exit_code == 1
    assert isinstance(refused.exception, UnitProblem)
    listed = json.loads(run("faults", "--json").output)
    assert {key: listed[0][key] for key in ("fault", "row")} == {
        "fault": "old_name_differs",
        "row": 424,
    }
