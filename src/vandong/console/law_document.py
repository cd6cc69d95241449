"""What `vandong law …` prints, as JSON documents and as lines. Values are exact text with a decimal point."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from io import StringIO

from rich import box
from rich.console import Console
from rich.table import Table

from vandong.kernel.days import format_day
from vandong.law import LawBook
from vandong.law.book import Dated, Parameter
from vandong.law.review import (
    Attention,
    Certainty,
    Concern,
    Standing,
    attention,
    certainty_of,
    gaps,
    standings,
)
from vandong.phrases import sentence
from vandong.phrases.law_words import (
    certainty_words,
    citation_words,
    concern_words,
    entry_words,
    row_words,
    span_words,
    value_words,
)

_WIDTH = 140
_NOTHING = "–"


def check_document(book: LawBook, on: date) -> dict[str, object]:
    """Counts of parameters and values, and every warning of the day."""
    entries = [
        entry for one in book.parameters.values() for entry in one.entries if not entry.ended
    ]
    words = [certainty_of(entry) for entry in entries]
    standing = [one for one in standings(book, on) if one.certainty is Certainty.UNVERIFIED]
    overdue = [one for one in attention(book, on, on) if one.concern is Concern.CHECK_DUE]
    return {
        "on": on,
        "fingerprint": book.fingerprint,
        "parameters": len(book.parameters),
        "values": len(entries),
        "verified": words.count(Certainty.VERIFIED),
        "unverified": words.count(Certainty.UNVERIFIED),
        "warnings": {
            "unverified": [_unverified(one) for one in standing],
            "not_published": [
                {"parameter": one.parameter.code, "from": one.valid_from, "until": one.until}
                for one in gaps(book)
            ],
            "checks_overdue": [attention_document(one, on) for one in overdue],
        },
    }


def check_lines(document: dict[str, object], lang: str) -> Iterator[str]:
    """The same for people."""
    warnings = document["warnings"]
    assert isinstance(warnings, dict)
    missing = warnings["not_published"]
    yield sentence("law_checked", {**document, "gaps": len(missing)}, lang)
    for one in warnings["unverified"]:
        values = {
            **one,
            "on": document["on"],
            "value": one["words"][lang],
            "until": one["check_on"],
        }
        yield "· " + sentence("law_warning_unverified", values, lang)
    for one in missing:
        span = span_words(one["from"], one["until"], lang)
        yield "· " + sentence(
            "law_warning_gap", {"parameter": one["parameter"], "span": span}, lang
        )
    for one in warnings["checks_overdue"]:
        values = {"on": one["day"], "parameter": one["parameter"], "by": one["check"]["by"]}
        yield "· " + sentence("law_warning_check_overdue", values, lang)


def parameter_document(parameter: Parameter, on: date) -> dict[str, object]:
    """A parameter with all its entries; `in_force` marks the one of the day."""
    found = parameter.entry_at(on)
    return {
        "parameter": parameter.code,
        "vi": parameter.names["vi"],
        "en": parameter.names["en"],
        "unit": parameter.unit,
        "values": [
            _entry_document(parameter, index, bool(found and found[0] is entry))
            for index, entry in enumerate(parameter.entries)
        ],
    }


def parameter_lines(parameter: Parameter, on: date, lang: str) -> Iterator[str]:
    """Every entry of one parameter with its rows; → marks the one of the day."""
    yield f"{parameter.code}: {parameter.names[lang]}"
    found = parameter.entry_at(on)
    for index, entry in enumerate(parameter.entries):
        mark = "→" if found and found[0] is entry else " "
        span = span_words(entry.valid_from, parameter.until(index), lang)
        value = entry_words(entry, parameter.unit, lang)
        yield f"{mark} {span}: {value} · {certainty_words(certainty_of(entry), lang)}"
        yield f"    {citation_words(entry.citation, lang)}"
        for key, number in entry.rows.items():
            if key:
                yield f"    {row_words(key, lang)}: {value_words(number, parameter.unit, lang)}"
        if entry.check:
            who = sentence("law_head_check", {}, lang)
            yield f"    {who}: {entry.check.by}, {format_day(entry.check.on)}"
        if entry.note:
            yield f"    {entry.note}"


def standing_lines(found: Sequence[Standing], lang: str) -> Iterator[str]:
    """A table of all parameters on a day."""
    rows = [
        (
            one.parameter.code,
            entry_words(one.entry, one.parameter.unit, lang),
            _span(one, lang),
            certainty_words(one.certainty, lang),
            citation_words(one.entry.citation, lang) if one.entry else _NOTHING,
        )
        for one in found
    ]
    return _table(("parameter", "value", "span", "certainty", "source"), rows, lang)


def attention_document(one: Attention, on: date) -> dict[str, object]:
    """One reason to look at a parameter."""
    return {
        "parameter": one.parameter.code,
        "concern": one.concern.value,
        "day": one.on,
        "overdue": _is_overdue(one, on),
        "from": one.entry.valid_from,
        "document": one.entry.citation.document,
        "article": one.entry.citation.article,
        "confidence": one.entry.confidence.value,
        "check": _check(one.entry),
    }


def attention_lines(found: Sequence[Attention], on: date, lang: str) -> Iterator[str]:
    """A table of what needs eyes, the earliest first."""
    rows = [
        (
            format_day(one.on),
            concern_words(one, on, lang),
            one.parameter.code,
            entry_words(one.entry, one.parameter.unit, lang),
            certainty_words(certainty_of(one.entry), lang),
            one.entry.check.by if one.entry.check else _NOTHING,
        )
        for one in found
    ]
    return _table(("on", "concern", "parameter", "value", "certainty", "check"), rows, lang)


def _is_overdue(one: Attention, on: date) -> bool:
    return one.concern is Concern.CHECK_DUE and one.on < on


def _unverified(one: Standing) -> dict[str, object]:
    assert one.entry is not None
    check = one.entry.check
    words = {lang: entry_words(one.entry, one.parameter.unit, lang) for lang in ("vi", "en")}
    return {
        "parameter": one.parameter.code,
        "words": words,
        "by": check.by if check else "",
        "check_on": check.on if check else None,
    }


def _entry_document(parameter: Parameter, index: int, is_in_force: bool) -> dict[str, object]:
    entry = parameter.entries[index]
    rows = {key: _number(value, parameter.unit) for key, value in entry.rows.items()}
    return {
        "from": entry.valid_from,
        "until": parameter.until(index),
        "in_force": is_in_force,
        "value": rows.get(""),
        "rows": rows if rows and "" not in rows else None,
        "ended": entry.ended or None,
        "document": entry.citation.document,
        "article": entry.citation.article,
        "clause": entry.citation.clause,
        "signed_on": entry.citation.signed_on,
        "confidence": entry.confidence.value,
        "certainty": certainty_of(entry).value,
        "check": _check(entry),
        "note": entry.note,
    }


def _number(value: Fraction, unit: str) -> object:
    return value.numerator if unit == "dong" else value


def _check(entry: Dated) -> dict[str, object] | None:
    return {"by": entry.check.by, "on": entry.check.on} if entry.check else None


def _span(one: Standing, lang: str) -> str:
    if one.entry is None:
        return sentence("law_from", {"from": one.until}, lang)
    return span_words(one.entry.valid_from, one.until, lang)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], lang: str) -> Iterator[str]:
    table = Table(box=box.SIMPLE_HEAD)
    for head in heads:
        table.add_column(sentence(f"law_head_{head}", {}, lang), overflow="fold")
    for row in rows:
        table.add_row(*row)
    text = StringIO()
    Console(file=text, width=_WIDTH, color_system=None, markup=False).print(table)
    return iter(line.rstrip() for line in text.getvalue().splitlines())
