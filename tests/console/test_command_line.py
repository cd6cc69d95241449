"""The command line as scripts meet it: exit codes, one JSON document, both languages, help that is whole."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import uuid4

import pytest
import typer
from tools.command_reference import PAGE, reference
from typer.main import get_command
from typer.testing import CliRunner

from vandong.accounts.queries.scope import Actor, NotAllowed
from vandong.console.app import Door, app, build
from vandong.console.output import AsJson, plain, print_json, progress_bar
from vandong.console.problems import Problem
from vandong.console.wording import PARTING, speaking
from vandong.jobs.queue import enqueue
from vandong.kernel.findings import Finding, Spot

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
runner = CliRunner()


def commands(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(f"{path} {name}", below)


def raising(problem: Exception) -> typer.Typer:
    made = typer.Typer(cls=Door, pretty_exceptions_enable=False)

    @made.command()
    def one(as_json: AsJson = False) -> None:
        raise problem

    @made.command()
    def other() -> None: ...

    return made


def test_every_help_text_has_a_vietnamese_and_an_english_half() -> None:
    halves: dict[str, dict[str, list[str]]] = {}
    for lang in ("vi", "en"):
        with speaking(lang):
            root = get_command(build())
        halves[lang] = {
            path: [command.help or ""]
            + [getattr(one, "help", None) or "" for one in command.params]
            for path, command in commands("vandong", root)
        }
    for path, vietnamese in halves["vi"].items():
        for one, other in zip(vietnamese, halves["en"][path], strict=True):
            assert one, f"{path}: a command, option or argument without help"
            assert other, f"{path}: {one!r} has no English half"
            assert one != other, f"{path}: {one!r} stands in one language only"
            assert PARTING not in one + other, f"{path}: {one!r} is parted twice"


def test_the_reference_page_is_the_commands_as_they_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), (
        "docs/reference/commands.md is stale: run `python tools/command_reference.py`"
    )


def test_a_problem_in_the_data_is_told_on_stderr_with_exit_code_1() -> None:
    refusal = NotAllowed("no_right", {"right": "nhập số liệu"})
    result = runner.invoke(raising(refusal), ["one"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "“nhập số liệu”" in result.stderr


def test_under_json_the_problem_is_in_the_one_document() -> None:
    finding = Finding("no_right", {"right": "phê duyệt"}, Spot(row=7, column="value"))
    result = runner.invoke(raising(Problem(finding)), ["one", "--json"])
    assert result.exit_code == 1
    [told] = json.loads(result.stdout)["problems"]
    assert (told["row"], told["column"], told["code"]) == (7, "value", "no_right")
    assert "“phê duyệt”" in told["message"]


def test_a_fault_of_the_program_is_not_hidden() -> None:
    result = runner.invoke(raising(ZeroDivisionError("here")), ["one", "--json"])
    assert isinstance(result.exception, ZeroDivisionError)


@pytest.mark.parametrize("words", [["no-such"], ["one", "--no-such"], ["one", "surplus"]])
def test_wrong_usage_is_exit_code_2(words: list[str]) -> None:
    assert runner.invoke(raising(Problem()), words).exit_code == 2


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1_188_000, 1188000),
        (Decimal("0.20"), "0.2"),
        (Fraction(200, 3), "66.6666666667"),
        (date(2023, 5, 31), "2023-05-31"),
        (
            {"on": date(2023, 5, 31), "parts": (Fraction(1, 3), None)},
            {"on": "2023-05-31", "parts": ["0.3333333333", None]},
        ),
    ],
)
def test_values_as_json_writes_them(value: object, written: object) -> None:
    assert plain(value) == written


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        plain({"pct": 84.65})


def test_json_is_vietnamese_text_not_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"name": "Tỉnh Bắc Giang"})
    assert capsys.readouterr().out == '{\n  "name": "Tỉnh Bắc Giang"\n}\n'


def test_no_bar_when_piped(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar("Nạp") as advance:
        advance(1, 2)
        advance(2)
    assert capsys.readouterr() == ("", "")


@pytest.mark.django_db
def test_jobs_listed_shown_and_stopped() -> None:
    job = enqueue("test", {}, "job_running", {}, Actor.system("test"), AT)
    listed = json.loads(runner.invoke(app, ["jobs", "list", "--json"]).stdout)
    assert [one["id"] for one in listed] == [str(job.pk)]
    assert listed[0]["state"] == "waiting"
    stopped = runner.invoke(app, ["jobs", "cancel", str(job.pk), "--json"])
    assert (stopped.exit_code, json.loads(stopped.stdout)["state"]) == (0, "cancelled")
    assert "Đã dừng" in runner.invoke(app, ["jobs", "show", str(job.pk)]).stdout
    assert runner.invoke(app, ["jobs", "list", "--state", "waiting"]).stdout == ""


@pytest.mark.django_db
def test_an_unknown_job_is_a_problem_and_a_bad_id_wrong_usage() -> None:
    unknown = runner.invoke(app, ["jobs", "show", str(uuid4()), "--json"])
    assert unknown.exit_code == 1
    assert json.loads(unknown.stdout)["problems"][0]["code"] == "not_visible"
    assert runner.invoke(app, ["jobs", "show", "seven"]).exit_code == 2
