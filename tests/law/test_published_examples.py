"""Every published or derived example that the law notes give an answer to stands in the golden cases."""

from pathlib import Path

from vandong.kernel.yaml_texts import read_once

FOLDER = Path(__file__).parents[1] / "cases" / "law"
EXAMPLES = frozenset(
    {
        *("N1", "O1", "O2", "O3", "O4", "O5", "O6", "O7"),
        *("A1", "A2", "A3", "A4", "A5", "A6", "A9", "A10"),
        *(
            "D1",
            "D2",
            "D4",
            "D5",
            "D6",
            "D7",
            "D8",
            "D10",
            "D11",
            "D12",
            "D14",
            "D16",
            "D18",
            "D19",
            "D20",
        ),
    }
)
RETIREMENT_ROWS = 26
"""Rows of the table of birth months, pension months and ages (O11 to O50), men and women."""


def all_cases() -> list[dict[str, object]]:
    files = sorted(FOLDER.glob("*.yaml"))
    return [case for file in files for case in read_once(file.read_text(encoding="utf-8"))]


def test_no_example_is_left_out() -> None:
    heads = {str(case["id"]).split("-")[0] for case in all_cases()}
    assert heads >= EXAMPLES


def test_both_tables_of_derived_amounts_stand_whole() -> None:
    ids = [str(case["id"]) for case in all_cases()]
    assert len(ids) == len(set(ids))
    rows = read_once((FOLDER / "retirement.yaml").read_text(encoding="utf-8"))
    table = [
        case for case in rows if case["class"] == "O" and "pension_from" in str(case["expected"])
    ]
    assert len(table) >= RETIREMENT_ROWS
