"""Reads `parameters/*.yaml` strictly: what is unclear is refused, with its place.

contribution_rate:
  vi: Tỷ lệ đóng
  en: Contribution rate
  unit: rate            # dong | rate | months | days | years | number
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
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from vandong.kernel.yaml_texts import KeyTwice, read_once
from vandong.law.book import Dated, LawBook, Parameter
from vandong.law.facts import Check, Citation, Confidence

UNITS = ("dong", "rate", "months", "days", "years", "number")
_PARAMETER_KEYS = {"vi", "en", "unit", "values"}
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
    except (yaml.YAMLError, KeyTwice) as problem:
        raise FaultyLaw(f"{name}: {problem}") from problem
    if not isinstance(content, dict):
        raise FaultyLaw(f"{name}: not a list of parameters")
    return [_parameter(str(code), given, f"{name}: {code}") for code, given in content.items()]


def _parameter(code: str, given: Any, where: str) -> Parameter:
    if not isinstance(given, dict) or set(given) != _PARAMETER_KEYS:
        raise FaultyLaw(f"{where} needs exactly {', '.join(sorted(_PARAMETER_KEYS))}")
    if given["unit"] not in UNITS:
        raise FaultyLaw(f"{where}: unknown unit {given['unit']!r}")
    entries = tuple(_entry(one, where) for one in given["values"] or ())
    days = [one.valid_from for one in entries]
    if not entries or days != sorted(set(days)):
        raise FaultyLaw(f"{where}: its days must be there, sorted, each once")
    names = {"vi": str(given["vi"]), "en": str(given["en"])}
    return Parameter(code, given["unit"], names, entries)


def _entry(given: Any, where: str) -> Dated:
    if not isinstance(given, dict) or set(given) - _ENTRY_KEYS or _NEEDED - set(given):
        raise FaultyLaw(f"{where}: an entry has unknown or missing keys: {given!r}")
    if not isinstance(given["from"], date):
        raise FaultyLaw(f"{where}: from is no day: {given['from']!r}")
    where = f"{where} from {given['from']}"
    if given["confidence"] not in tuple(Confidence):
        raise FaultyLaw(f"{where}: unknown confidence {given['confidence']!r}")
    rows, ended = _rows(given, where)
    confidence = Confidence(given["confidence"])
    check = _check(given.get("check"), where)
    if check is None and not confidence.is_verified:
        raise FaultyLaw(f"{where}: who checks an uncertain value, and when?")
    return Dated(
        valid_from=given["from"],
        rows=rows,
        citation=_citation(given, where),
        confidence=confidence,
        check=check,
        note=str(given.get("note", "")),
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
    return {str(key): _number(value, where) for key, value in given["rows"].items()}, ""


def _number(given: Any, where: str) -> Fraction:
    """Whole numbers as they are; anything else as text, so that it stays exact."""
    if isinstance(given, bool) or not isinstance(given, (int, str)):
        raise FaultyLaw(f"{where}: write {given!r} in quotes")
    try:
        return Fraction(given)
    except (ValueError, ZeroDivisionError) as problem:
        raise FaultyLaw(f"{where}: {given!r} is no number") from problem


def _citation(given: Mapping[str, Any], where: str) -> Citation:
    signed_on = given.get("signed_on")
    if signed_on is not None and not isinstance(signed_on, date):
        raise FaultyLaw(f"{where}: signed_on is no day")
    document, article = str(given["document"]).strip(), str(given["article"]).strip()
    if not document or not article:
        raise FaultyLaw(f"{where}: the citation is missing")
    return Citation(document, article, str(given.get("clause", "")), signed_on)


def _check(given: Any, where: str) -> Check | None:
    if given is None:
        return None
    if not isinstance(given, dict) or set(given) != {"by", "on"}:
        raise FaultyLaw(f"{where}: check needs by and on")
    if not isinstance(given["on"], date):
        raise FaultyLaw(f"{where}: check on is no day")
    return Check(str(given["by"]), given["on"])
