"""`vandong synth`: writes, tells, refuses with exit code and sentence."""

import json

import pytest
from typer.testing import CliRunner

from vandong.console.app import app


def run(*words, lang="vi"):
    return CliRunner().invoke(app, ["synth", *map(str, words)], env={"VANDONG_LANG": lang})


def test_synth_writes_the_files_and_tells_their_rows(tmp_path):
    words = ("--province", "01", "--people", 800, "--seed", 7, "--out", tmp_path / "out")
    told = json.loads(run(*words, "--json").stdout)
    assert told["rows"]["persons.csv"] == 800
    assert told["made_up"] is True
    assert (tmp_path / "out" / "lists" / "business_households.csv").exists()
    again = run(*words)
    assert again.exit_code == 1
    assert "--force" in again.stderr
    forced = run(*words, "--force")
    assert forced.exit_code == 0
    assert "800 người mẫu" in forced.stdout


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"--province": "99"}, "made_up_province"),
        ({"--people": 10**9}, "made_up_people"),
        ({"--people": 0}, "made_up_people"),
    ],
)
def test_wrong_numbers_are_told_in_the_document(tmp_path, changed, code):
    given = {"--province": "01", "--people": 100, "--seed": 7, "--out": tmp_path / "out", **changed}
    done = run(*(word for pair in given.items() for word in pair), "--json")
    assert done.exit_code == 1
    assert [one["code"] for one in json.loads(done.stdout)["problems"]] == [code]
    assert not (tmp_path / "out").exists()


def test_a_missing_option_is_wrong_usage(tmp_path):
    assert run("--people", 10, "--out", tmp_path).exit_code == 2
