"""What is unclear in a parameter file is refused, with file, parameter and rule."""

from datetime import date
from fractions import Fraction

import pytest

from vandong.law import Citation, Confidence
from vandong.law.facts import Check
from vandong.law.loading import FaultyLaw, read_book, read_parameters

HEAD = "rate:\n  vi: Tỷ lệ\n  en: Rate\n  unit: {unit}\n  values:\n"
CITED = "document: Luật 41/2024/QH15, article: 36, confidence: official"


def entry(given: str, cited: str = CITED) -> str:
    return f"    - {{from: 2014-01-01, {given}, {cited}}}\n"


def file_of(*entries: str, unit: str = "number") -> str:
    return HEAD.format(unit=unit) + "".join(entries)


def refusal(text: str) -> str:
    with pytest.raises(FaultyLaw) as refused:
        read_parameters(text, "one.yaml")
    return str(refused.value)


def test_everything_of_an_entry_is_read() -> None:
    text = file_of(
        entry(
            "value: '0.22', clause: 1, signed_on: 2024-06-29, note: Số tạm,"
            " check: {by: BHXH tỉnh, on: 2027-01-01}"
        ),
        "    - {from: 2027-01-01, ended: repealed, " + CITED + "}\n",
        unit="rate",
    )
    (parameter,) = read_parameters(text, "one.yaml")
    assert (parameter.code, parameter.unit) == ("rate", "rate")
    assert dict(parameter.names) == {"vi": "Tỷ lệ", "en": "Rate"}
    first, second = parameter.entries
    assert dict(first.rows) == {"": Fraction(22, 100)}
    assert first.citation == Citation("Luật 41/2024/QH15", "36", "1", date(2024, 6, 29))
    assert first.confidence is Confidence.OFFICIAL
    assert first.check == Check("BHXH tỉnh", date(2027, 1, 1))
    assert (first.note, first.ended) == ("Số tạm", "")
    assert (dict(second.rows), second.ended) == ({}, "repealed")


def test_rows_keep_their_order_and_exact_values() -> None:
    text = file_of(entry("rows: {poor: '0.5', 2026: 1, 1966-04: 79/12000, 2026-01-01: '2.10'}"))
    rows = read_parameters(text, "one.yaml")[0].entries[0].rows
    assert list(rows) == ["poor", "2026", "1966-04", "2026-01-01"]
    assert list(rows.values()) == [Fraction(1, 2), 1, Fraction(79, 12000), Fraction(21, 10)]


GOOD = entry("value: 1")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("- rate", "not a list of parameters"),
        ("rate: [", "while parsing"),
        ("rate: {vi: A, vi: B}", "stands twice"),
        (file_of(GOOD) + file_of(GOOD), "stands twice"),
        (file_of("    - {from: 2026-02-30, value: 1}\n"), "day"),
        ("Rate: {vi: A, en: B, unit: rate, values: []}", "small letters"),
        ("rate: {vi: A, en: B, unit: rate}", "needs exactly"),
        (f"rate: {{vi: A, en: B, unit: rate, value: 1, values: [{{{CITED}}}]}}", "needs exactly"),
        ("rate: {vi: '', en: B, unit: rate, values: []}", "name in vi and en"),
        ("rate: {vi: A, en: 1.5, unit: rate, values: []}", "in quotes"),
        ("rate: {vi: A, en: B, unit: percent, values: []}", "unknown unit"),
        ("rate: {vi: A, en: B, unit: rate, values: []}", "at least one entry"),
        ("rate: {vi: A, en: B, unit: rate, values: {from: 2014-01-01}}", "at least one entry"),
        ("rate: {vi: A, en: B, unit: rate, yearly: false, values: []}", "yearly"),
        (file_of("    - value\n"), "unknown or missing keys"),
        (file_of(entry("value: 1, unti: 2026-01-01")), "unknown or missing keys"),
        (file_of(entry("value: 1", "article: 36, confidence: official")), "missing keys"),
        (file_of(entry("value: 1", "document: Luật, confidence: official")), "missing keys"),
        (file_of(entry("value: 1", "document: Luật, article: 36")), "missing keys"),
        (file_of(entry("value: 1", "document: '', article: 36, confidence: official")), "citation"),
        (file_of(entry("value: 1", "document: A, article: ' ', confidence: official")), "citation"),
        (file_of(entry("value: 1", "document: A, article: 5.10, confidence: official")), "quotes"),
        (file_of(entry("value: 1, clause: 1.10")), "in quotes"),
        (file_of(entry("value: 1, signed_on: năm 2024")), "signed_on is no day"),
        (file_of(entry("value: 1").replace("2014-01-01", "2014")), "from is no day"),
        (file_of(entry("value: 1").replace("2014-01-01", "2014-01-01 00:00:00")), "is no day"),
        (file_of(entry("value: 1").replace("official", "certain")), "unknown confidence"),
        (file_of(entry("value: 1").replace("official", "secondary")), "who checks"),
        (file_of(entry("value: 1").replace("official", "unverified")), "who checks"),
        (file_of(entry("value: 1, check: {by: BHXH}")), "check needs by and on"),
        (file_of(entry("value: 1, check: {by: BHXH, on: mai}")), "check on is no day"),
        (file_of(entry("value: 1, check: {by: '', on: 2027-01-01}")), "check names nobody"),
        (file_of(entry("note: nothing")), "exactly one of"),
        (file_of(entry("value: 1, rows: {a: 1}")), "exactly one of"),
        (file_of(entry("value: 1, ended: repealed")), "exactly one of"),
        (file_of(entry("ended: gone")), "ended is one of"),
        (file_of(entry("ended: repealed")), "cannot be repealed"),
        (file_of(entry("value: 0.22")), "in quotes"),
        (file_of(entry("value: true")), "in quotes"),
        (file_of(entry("value: '0,22'")), "no number"),
        (file_of(entry("value: 22%")), "no number"),
        (file_of(entry("value: 1/0")), "no number"),
        (file_of(entry("value: 007")), "no number"),
        (file_of(entry("value: '1e6'")), "no number"),
        (file_of(entry("value: -1")), "negative"),
        (file_of(entry("value: '0.5'"), unit="dong"), "whole đồng"),
        (file_of(entry("value: 22"), unit="rate"), "fraction of 1"),
        (file_of(entry("rows: {}")), "at least one row"),
        (file_of(entry("rows: [1]")), "at least one row"),
        (file_of(entry("rows: {a: 1, a: 2}")), "stands twice"),
        (file_of(entry("rows: {2026: 1, '2026': 2}")), "row stands twice"),
        (file_of(entry("rows: {'': 1}")), "name in quotes"),
        (file_of(entry("rows: {a: 0.3}")), "in quotes"),
        (file_of(GOOD, GOOD), "sorted, each once"),
        (file_of(GOOD, entry("value: 1").replace("2014", "2013")), "sorted, each once"),
        (file_of(GOOD, entry("rows: {a: 1}").replace("2014", "2015")), "either value in all"),
    ],
)
def test_what_is_unclear_is_refused(text: str, rule: str) -> None:
    said = refusal(text)
    assert rule in said
    assert said.startswith("one.yaml: ")


def test_a_refusal_names_parameter_and_day() -> None:
    said = refusal(file_of(entry("value: 0.22")))
    assert said == "one.yaml: rate from 2014-01-01: write 0.22 in quotes"


def test_a_yearly_value_never_reaches_into_the_next_year() -> None:
    yearly = "rate: {vi: A, en: B, unit: number, yearly: true, values: [%s]}"
    one = "{from: %s, %s, " + CITED + "}"
    reaching = yearly % (one % ("2026-01-01", "value: 1"))
    assert "rate from 2026-01-01: reaches into the next year" in refusal(reaching)
    too_late = ", ".join(
        (one % ("2025-01-01", "value: 1"), one % ("2027-01-01", "ended: never_published"))
    )
    assert "rate from 2025-01-01: reaches" in refusal(yearly % too_late)
    ended = too_late.replace("2027", "2026")
    assert read_parameters(yearly % ended, "one.yaml")[0].is_yearly


def test_a_parameter_stands_in_one_file_only() -> None:
    with pytest.raises(FaultyLaw, match=r"two\.yaml: rate stands in another file too"):
        read_book({"one.yaml": file_of(GOOD), "two.yaml": file_of(GOOD)})


def test_an_empty_file_holds_nothing() -> None:
    assert read_book({"one.yaml": "# later\n"}).parameters == {}
