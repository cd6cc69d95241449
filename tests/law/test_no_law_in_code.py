"""No number of law stands in code: it would not change with the law, and nobody could cite it.

In law/, rules/ and advice/ only the numbers of counting are written; everywhere on floors 0–5 the
characteristic values of the parameters (amounts, unusual rates) are looked for.
"""

import ast
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from vandong.law import law_book

SOURCE = Path(__file__).resolve().parents[2] / "src" / "vandong"
STRICT = ("law", "rules", "advice")
FLOORS = (
    *("kernel", "law", "rules", "measures", "phrases", "sheets", "papers", "audit", "places"),
    *("accounts", "documents", "jobs", "figures", "registry", "contacts", "campaigns"),
    *("administration", "intake", "advice", "planning", "outreach", "drives", "reporting"),
)
PLAIN = frozenset({0, 1, 2, 12, 100})
"""Counting, a pair, months of a year, per cent."""
NAMED = {
    "SCALE = 10 ** 30": "digits of the discount tables",
    "LIMB = 10 ** 9": "decimal digits that one 64-bit number of an exact product carries",
    "LIMBS = 5": "how many of them a fraction is written in",
    "SHARD = 10 ** 6": "decimal digits of a weight whose sums stay within 64 bits",
    "SHARDS = 5": "how many of them a weight of thirty decimals has",
    "FINGERPRINT_DIGITS = 16": "length of a fingerprint",
    "_FIRST_YEAR, _LAST_YEAR = (1900, 2150)": "years that a typed month can mean",
    "_LARGEST_MONTHS = 1200": "months of the longest life: typing errors are told early",
    "LONGEST_LABEL = 200": "length of a text that is kept",
    "_REMEMBERED = 8": "law books kept in memory",
    "_TOLD_EVERY = 1000": "rows between two words of progress",
    "PEOPLE = 50000": "people of the demo",
    "_THOUSAND = 1000": "words of amounts",
    "_MILLION = 1000000": "words of amounts",
}
"""Constants of arithmetic and of reading what is typed, each with its reason. A number of law never joins."""
FEWEST_DONG = 1000


def files(packages: tuple[str, ...]) -> list[Path]:
    found = [file for name in packages for file in sorted((SOURCE / name).rglob("*.py"))]
    return [file for file in found if "migrations" not in file.parts]


def numbers(tree: ast.AST) -> Iterator[tuple[int, Fraction]]:
    """Line and value of each number, also those in quotes handed to Fraction or Decimal."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in {int, float}:
            yield node.lineno, Fraction(str(node.value))
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func) in {"Fraction", "Decimal"}
            and len(node.args) == 1
            and isinstance(node.args[0], ast.Constant)
        ):
            yield node.lineno, Fraction(str(node.args[0].value))


def without_named(tree: ast.Module) -> ast.Module:
    """The module without the constants listed above; another value of the same name stays in."""
    kept = [node for node in tree.body if ast.unparse(node) not in NAMED]
    return ast.Module(body=kept, type_ignores=[])


def offences(source: str) -> list[tuple[int, Fraction]]:
    tree = without_named(ast.parse(source))
    return sorted((line, value) for line, value in numbers(tree) if value not in PLAIN)


def characteristic() -> set[Fraction]:
    """Values that mean the law wherever they stand: amounts, and rates that nothing else counts by."""
    found = set()
    for parameter in law_book().parameters.values():
        for entry in parameter.entries:
            for value in entry.rows.values():
                is_amount = parameter.unit == "dong" and value >= FEWEST_DONG
                is_rare = value.denominator > 1000
                if is_amount or is_rare:
                    found.add(value)
    return found | {Fraction(22, 100)}


def _places(file: Path, found: list[tuple[int, Fraction]]) -> list[str]:
    return [f"{file.relative_to(SOURCE)}:{line} {float(value):g}" for line, value in found]


def test_law_rules_and_advice_write_no_number_of_law() -> None:
    found = [
        place
        for file in files(STRICT)
        for place in _places(file, offences(file.read_text(encoding="utf-8")))
    ]
    assert found == [], "put it into law/parameters/*.yaml with its citation"


def test_no_floor_below_the_doors_writes_a_value_of_the_parameters() -> None:
    values = characteristic()
    found = []
    for file in files(FLOORS):
        tree = without_named(ast.parse(file.read_text(encoding="utf-8")))
        hits = [(line, value) for line, value in numbers(tree) if value in values]
        found += _places(file, hits)
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "x = 15",
        "x = 0.22",
        "x = Fraction('0.22')",
        "x = Decimal('0.5')",
        "SCALE = 15",
        "_LARGEST_MONTHS = 120",
        "def f(months=180): ...",
        "x = -60",
        "x = y if months < 120 else z",
    ],
)
def test_a_number_of_law_is_found(source: str) -> None:
    assert offences(source)


@pytest.mark.parametrize(
    "source",
    ["x = months / 12", "x = 100 * (a - 1)", "SCALE = 10**30", "x = '36'", "x = True", "x = y[2:]"],
)
def test_counting_is_none(source: str) -> None:
    assert not offences(source)


def test_amounts_and_rare_rates_are_characteristic() -> None:
    values = characteristic()
    assert {
        Fraction(1_500_000),
        Fraction(2_530_000),
        Fraction("0.0031"),
        Fraction("0.22"),
    } <= values
    assert not values & {Fraction(15), Fraction(1, 2), Fraction(1), Fraction(0)}
