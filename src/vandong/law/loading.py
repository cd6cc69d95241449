"""Reads `parameters/*.yaml` strictly: what is unclear is refused, with its place.

contribution_rate:
  vi: Tỷ lệ đóng
  en: Contribution rate
  unit: rate            # dong | rate | months | days | years | number | rule (1 = holds)
  yearly: true          # only for what is published anew each year: no value may reach into the next year
  values:
    - from: 2014-01-01
      value: "0.22"     # or rows: {poor: "0.30", other: "0.10"}, or ended: repealed | never_published
      document: Luật 41/2024/QH15
      article: "36"
      clause: "1"
      signed_on: 2024-06-29
      confidence: official      # official | secondary | unverified
      check: {by: BHXH tỉnh, on: 2027-01-01}     # needed unless official
      note: ...

Days are sorted and each stands once, so that spans cannot overlap: an entry holds until the next one begins.
A value that ends without a successor is followed by an entry with `ended`. Numbers are whole or quoted.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from vandong.kernel.yaml_texts import read_once
from vandong.law.book import Dated, LawBook, Parameter
from vandong.law.facts import Check, Citation, Confidence

UNITS = ("dong", "rate", "months", "days", "years", "number", "rule")
_PARAMETER_KEYS = {"vi", "en", "unit", "values"}
_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+|/[1-9][0-9]*)?")
_NEEDED = {"from", "document", "article", "confidence"}
_ENTRY_KEYS = _NEEDED | {"value", "rows", "ended", "clause", "signed_on", "check", "note"}
_ENDINGS = ("repealed", "never_published")


class FaultyLaw(ValueError):
    """A parameter file breaks a rule; says file, parameter and which."""


@cache
def law_book() -> LawBook:
    """The law as shipped with this version: all files of this package. Raises FaultyLaw."""
    folder = files("vandong.law").joinpath("parameters")
    texts = {
        one.name: one.read_text(encoding="utf-8")
        for one in sorted(folder.iterdir(), key=lambda one: one.name)
        if one.name.endswith(".yaml")
    }
    return read_book(texts)


def read_book(texts: Mapping[str, str]) -> LawBook:
    """The book of some files by name. Raises FaultyLaw."""
    parameters: dict[str, Parameter] = {}
    for name, text in texts.items():
        for one in read_parameters(text, name):
            if one.code in parameters:
                raise FaultyLaw(f"{name}: {one.code} stands in another file too")
            parameters[one.code] = one
    return LawBook(parameters)


def read_parameters(text: str, name: str) -> list[Parameter]:
    """The parameters of one file. Raises FaultyLaw."""
    try:
        content = read_once(text) or {}
    except (yaml.YAMLError, ValueError) as problem:
        raise FaultyLaw(f"{name}: {problem}") from problem
    if not isinstance(content, dict):
        raise FaultyLaw(f"{name}: not a list of parameters")
    return [_parameter(str(code), given, f"{name}: {code}") for code, given in content.items()]


def _parameter(code: str, given: Any, where: str) -> Parameter:
    if not _CODE.fullmatch(code):
        raise FaultyLaw(f"{where}: a code has small letters, digits, _ and dots")
    if not isinstance(given, dict) or set(given) - {"yearly"} != _PARAMETER_KEYS:
        raise FaultyLaw(f"{where} needs exactly {', '.join(sorted(_PARAMETER_KEYS))}")
    if given["unit"] not in UNITS:
        raise FaultyLaw(f"{where}: unknown unit {given['unit']!r}")
    if given.get("yearly", True) is not True:
        raise FaultyLaw(f"{where}: yearly is true or left out")
    names = {lang: _text(given[lang], f"{where}: {lang}") for lang in ("vi", "en")}
    if not all(names.values()):
        raise FaultyLaw(f"{where}: a name in vi and en is needed")
    entries = _entries(given["values"], given["unit"], where)
    made = Parameter(code, given["unit"], names, entries, is_yearly="yearly" in given)
    _check_years(made, where)
    return made


def _entries(given: Any, unit: str, where: str) -> tuple[Dated, ...]:
    if not isinstance(given, list) or not given:
        raise FaultyLaw(f"{where}: values is a list with at least one entry")
    entries = tuple(_entry(one, unit, where) for one in given)
    days = [one.valid_from for one in entries]
    if days != sorted(set(days)):
        raise FaultyLaw(f"{where}: the days must be sorted, each once, or spans overlap")
    if entries[0].ended == "repealed":
        raise FaultyLaw(f"{where}: what never was in force cannot be repealed")
    if len({"" in one.rows for one in entries if not one.ended}) > 1:
        raise FaultyLaw(f"{where}: either value in all entries or rows in all")
    return entries


def _check_years(parameter: Parameter, where: str) -> None:
    if not parameter.is_yearly:
        return
    for index, entry in enumerate(parameter.entries):
        until = parameter.until(index)
        if not entry.ended and (until is None or until > date(entry.valid_from.year + 1, 1, 1)):
            raise FaultyLaw(
                f"{where} from {entry.valid_from}: reaches into the next year;"
                " end it there (ended: never_published) until that year's value is known"
            )


def _entry(given: Any, unit: str, where: str) -> Dated:
    if not isinstance(given, dict) or set(given) - _ENTRY_KEYS or _NEEDED - set(given):
        raise FaultyLaw(f"{where}: an entry has unknown or missing keys: {given!r}")
    valid_from = _day(given["from"], f"{where}: from")
    where = f"{where} from {valid_from}"
    if given["confidence"] not in tuple(Confidence):
        raise FaultyLaw(f"{where}: unknown confidence {given['confidence']!r}")
    rows, ended = _rows(given, where)
    for value in rows.values():
        _check_unit(value, unit, where)
    confidence = Confidence(given["confidence"])
    check = _check(given.get("check"), where)
    if check is None and not confidence.is_verified:
        raise FaultyLaw(f"{where}: who checks an uncertain value, and when?")
    return Dated(
        valid_from=valid_from,
        rows=rows,
        citation=_citation(given, where),
        confidence=confidence,
        check=check,
        note=_text(given.get("note", ""), f"{where}: note"),
        ended=ended,
    )


def _rows(given: Mapping[str, Any], where: str) -> tuple[dict[str, Fraction], str]:
    kinds = [key for key in ("value", "rows", "ended") if key in given]
    if len(kinds) != 1:
        raise FaultyLaw(f"{where}: exactly one of value, rows, ended")
    if kinds == ["ended"]:
        if given["ended"] not in _ENDINGS:
            raise FaultyLaw(f"{where}: ended is one of {', '.join(_ENDINGS)}")
        return {}, str(given["ended"])
    if kinds == ["value"]:
        return {"": _number(given["value"], where)}, ""
    if not isinstance(given["rows"], dict) or not given["rows"]:
        raise FaultyLaw(f"{where}: rows is a table with at least one row")
    rows = {_row_key(key, where): _number(value, where) for key, value in given["rows"].items()}
    if len(rows) != len(given["rows"]):
        raise FaultyLaw(f"{where}: a row stands twice")
    return rows, ""


def _row_key(given: Any, where: str) -> str:
    """The name of a row: a group, a year, a month "1966-04", a day. Never empty."""
    if isinstance(given, bool) or not isinstance(given, (str, int, date)) or not str(given).strip():
        raise FaultyLaw(f"{where}: a row needs a name in quotes, not {given!r}")
    return str(given).strip()


def _number(given: Any, where: str) -> Fraction:
    """Whole numbers as they are; anything else as text with a point, so that it stays exact."""
    if isinstance(given, bool) or not isinstance(given, (int, str)):
        raise FaultyLaw(f"{where}: write {given!r} in quotes")
    if not _NUMBER.fullmatch(str(given)):
        raise FaultyLaw(f"{where}: {given!r} is no number; write 0.22 or 79/12000")
    return Fraction(given)


def _check_unit(value: Fraction, unit: str, where: str) -> None:
    if value < 0:
        raise FaultyLaw(f"{where}: {value} is negative")
    if unit == "dong" and value.denominator != 1:
        raise FaultyLaw(f"{where}: {value} is not whole đồng")
    if unit == "rate" and value > 1:
        raise FaultyLaw(f"{where}: a rate is a fraction of 1, not {value}; a multiple is a number")
    if unit == "rule" and value != 1:
        raise FaultyLaw(f"{where}: a rule that holds is 1, one that ends is ended, not {value}")


def _citation(given: Mapping[str, Any], where: str) -> Citation:
    signed_on = given.get("signed_on")
    document, article, clause = (
        _text(given.get(key, ""), f"{where}: {key}") for key in ("document", "article", "clause")
    )
    if not document or not article:
        raise FaultyLaw(f"{where}: the citation is missing")
    signed = None if signed_on is None else _day(signed_on, f"{where}: signed_on")
    return Citation(document, article, clause, signed)


def _check(given: Any, where: str) -> Check | None:
    if given is None:
        return None
    if not isinstance(given, dict) or set(given) != {"by", "on"}:
        raise FaultyLaw(f"{where}: check needs by and on")
    by = _text(given["by"], f"{where}: check by")
    if not by:
        raise FaultyLaw(f"{where}: check names nobody")
    return Check(by, _day(given["on"], f"{where}: check on"))


def _day(given: Any, where: str) -> date:
    if not isinstance(given, date) or isinstance(given, datetime):
        raise FaultyLaw(f"{where} is no day: {given!r}")
    return given


def _text(given: Any, where: str) -> str:
    """Text, or a whole number such as an article. 5.10 unquoted would be read as 5.1, so it is refused."""
    if isinstance(given, bool) or not isinstance(given, (str, int)):
        raise FaultyLaw(f"{where}: write {given!r} in quotes")
    return " ".join(str(given).split())
