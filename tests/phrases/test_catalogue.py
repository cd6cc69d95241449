import ast
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import vandong
from vandong.kernel.exactness import Exactness, Interval
from vandong.kernel.findings import Finding, Spot
from vandong.phrases import UnknownCode, finding_sentence, sentence
from vandong.phrases.catalogue import LANGUAGES, FaultyText, catalogue, read_texts
from vandong.phrases.forms import FORMS

SAMPLES: dict[str, object] = {
    "count": 1724171,
    "signed": -1898,
    "percent": Fraction(8465, 10000),
    "rate": Fraction(31, 10000),
    "law_name": "contribution_rate",
    "scheme": "bhxh_tn",
    "percent_of_points": Fraction(125, 10000),
    "day": date(2023, 5, 31),
    "dong": 1188000,
    "months": Fraction(5),
    "decimal": Fraction(3, 2),
    "interval": Interval(Fraction(63300), Fraction(63399)),
    "text": "Tỉnh Bắc Giang",
    "stretch": "2026-11..2048-05",
    "exact": "over",
    "names": "Xã Tân Dĩnh, Xã Kép",
}


def test_every_text_file_keeps_the_rules() -> None:
    assert catalogue()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_can_be_said(lang: str) -> None:
    for code, phrase in catalogue().items():
        values = {name: SAMPLES.get(form, "x") for name, form in phrase.placeholders.items()}
        said = sentence(code, values, lang)
        assert said.strip(), code
        assert "!" not in said, code
        assert not re.search(r"\{[a-z]", said), code


def test_every_form_has_a_sample() -> None:
    assert set(SAMPLES) == set(FORMS)


def _codes_named_in(folder: str, calls: frozenset[str]) -> set[str]:
    codes = set()
    for file in Path(vandong.__file__).parent.joinpath(folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in calls
            ):
                codes |= {
                    one.value
                    for one in node.args[:2]
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    return {code for code in codes if re.fullmatch(r"[a-z]+(?:_[a-z0-9]+)+", code)}


@pytest.mark.parametrize("folder", ["kernel", "sheets"])
def test_every_code_of_the_ground_has_its_texts(folder: str) -> None:
    calls = frozenset(
        (
            "NumberProblem",
            "DayProblem",
            "Refusal",
            "Note",
            "Finding",
            "SheetProblem",
            "cell_finding",
            "_digits",
        )
    )
    codes = _codes_named_in(folder, calls)
    assert len(codes) > 15
    assert codes <= set(catalogue())


@pytest.mark.parametrize(
    ("form", "value", "vi", "en"),
    [
        ("count", 1724171, "1.724.171", "1,724,171"),
        ("count", "1724171", "1.724.171", "1,724,171"),
        ("count", -5, "\u22125", "\u22125"),
        ("signed", 4934, "+4.934", "+4,934"),
        ("percent", Fraction(8465, 10000), "84,65%", "84.65%"),
        ("percent", Decimal("0.125"), "12,50%", "12.50%"),
        (
            "percent_of_points",
            Fraction(-125, 10000),
            "\u22121,25 điểm phần trăm",
            "\u22121.25 percentage points",
        ),
        ("percent_of_points", "0.0125", "+1,25 điểm phần trăm", "+1.25 percentage points"),
        ("day", date(2023, 5, 31), "31/05/2023", "31/05/2023"),
        ("day", "2023-05-31", "31/05/2023", "31/05/2023"),
        ("dong", 1188000, "1.188.000\u00a0đ", "1,188,000\u00a0VND"),
        ("months", 1, "1 tháng", "1 month"),
        ("months", Fraction(9, 2), "4,5 tháng", "4.5 months"),
        ("decimal", Fraction(9869, 2), "4.934,5", "4,934.5"),
        ("decimal", 1000, "1.000", "1,000"),
        (
            "interval",
            Interval(Fraction(63300), Fraction(63399)),
            "63.300 đến 63.399",
            "63,300 to 63,399",
        ),
        ("interval", Interval(Fraction(5), Fraction(5)), "5", "5"),
        ("text", "  Bắc\nGiang ", "Bắc Giang", "Bắc Giang"),
        ("stretch", "2026-11..2048-05", "11/2026–05/2048", "11/2026–05/2048"),
        ("stretch", "2026-11..2026-11", "11/2026", "11/2026"),
        ("stretch", "missing:60", "missing:60", "missing:60"),
        ("text", "x" * 200, "x" * 79 + "…", "x" * 79 + "…"),
        ("names", "x, " * 300, "x, " * 199 + "x,…", "x, " * 199 + "x,…"),
        ("exact", Exactness.OVER, "hơn ", "over "),
        ("exact", "nearly", "gần ", "nearly "),
        ("exact", "about", "khoảng ", "about "),
        ("exact", "exact", "", ""),
    ],
)
def test_values_are_written_as_each_language_writes_them(
    form: str, value: object, vi: str, en: str
) -> None:
    assert (FORMS[form](value, "vi"), FORMS[form](value, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("count", 1.0),
        ("count", Fraction(1, 2)),
        ("count", "abc"),
        ("count", True),
        ("percent", 0.5),
        ("day", "31/05/2023"),
        ("day", 45077),
        ("interval", 5),
        ("exact", "perhaps"),
        ("text", None),
    ],
)
def test_values_of_the_wrong_type_are_refused(form: str, value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        FORMS[form](value, "vi")


def test_an_unknown_code_is_named() -> None:
    with pytest.raises(UnknownCode, match="no_such_code"):
        sentence("no_such_code", {})


def test_a_missing_value_is_named() -> None:
    with pytest.raises(KeyError, match="not_a_number: value 'text' is missing"):
        sentence("not_a_number", {})


def test_a_value_that_cannot_be_written_is_named() -> None:
    with pytest.raises(ValueError, match="file_too_large: size cannot be written as count"):
        sentence("file_too_large", {"name": "a.csv", "size": "lớn", "limit": 200})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('a: {vi: "x"}', "exactly the languages"),
        ('a: {vi: "x", en: "y", fr: "z"}', "exactly the languages"),
        ('a: {vi: "{n:count}", en: "x"}', "other placeholders"),
        ('a: {vi: "{n:count}", en: "{n:signed}"}', "other placeholders"),
        ('a: {vi: "{n}", en: "{n}"}', "no typed placeholder"),
        ('a: {vi: "{n:colour}", en: "{n:colour}"}', "unknown type"),
        ('a: {vi: "{n:count} {n:day}", en: "{n:count} {n:day}"}', "two types"),
        ('a: {vi: "x", en: "y"}\na: {vi: "x", en: "y"}', "stands twice"),
        ("- a", "not a list of codes"),
    ],
)
def test_faulty_texts_are_refused(text: str, reason: str) -> None:
    with pytest.raises(FaultyText, match=reason):
        read_texts(text, "faulty.yaml")


def test_braces_are_written_twice() -> None:
    assert read_texts('a: {vi: "{{x}} {n:count}", en: "{n:count}"}', "x.yaml")[0].placeholders == {
        "n": "count"
    }


@pytest.mark.parametrize(
    ("spot", "vi", "en"),
    [
        (None, "“ab” không phải là số.", "“ab” is not a number."),
        (Spot(7, "value"), "Dòng 7, cột “value”: “ab”", "Row 7, column “value”: “ab”"),
        (Spot(7), "Dòng 7: “ab”", "Row 7: “ab”"),
        (Spot(column="value"), "Cột “value”: “ab”", "Column “value”: “ab”"),
        (
            Spot(7, "value", "BC"),
            "Trang “BC”, dòng 7, cột “value”: “ab”",
            "Sheet “BC”, row 7, column “value”: “ab”",
        ),
        (Spot(), "“ab” không phải", "“ab” is not"),
    ],
)
def test_a_finding_begins_with_its_place(spot: Spot | None, vi: str, en: str) -> None:
    finding = Finding("not_a_number", {"text": "ab"}, spot)
    assert finding_sentence(finding).startswith(vi)
    assert finding_sentence(finding, "en").startswith(en)
