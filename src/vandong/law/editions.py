"""A whole law book as text and back, so that a result can be worked out again by the very law it came from."""

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from vandong.law.book import Dated, LawBook, Parameter
from vandong.law.facts import Check, Citation, Confidence


def edition_text(book: LawBook) -> str:
    """The book as JSON, numbers as exact fractions; `read_edition` gives back an equal book."""
    content = [_parameter_content(book.parameters[code]) for code in sorted(book.parameters)]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def read_edition(text: str) -> LawBook:
    """The book of a kept text. Raises ValueError or KeyError when the text is none of ours."""
    parameters = [_parameter(given) for given in json.loads(text)]
    return LawBook({one.code: one for one in parameters})


def _parameter_content(one: Parameter) -> dict[str, object]:
    return {
        "code": one.code,
        "unit": one.unit,
        "names": dict(one.names),
        "yearly": one.is_yearly,
        "entries": [_entry_content(entry) for entry in one.entries],
    }


def _entry_content(entry: Dated) -> dict[str, object]:
    cited, check = entry.citation, entry.check
    return {
        "from": entry.valid_from.isoformat(),
        "rows": {key: str(value) for key, value in entry.rows.items()},
        "cited": [cited.document, cited.article, cited.clause, _day_text(cited.signed_on)],
        "confidence": entry.confidence.value,
        "check": [check.by, _day_text(check.on)] if check else None,
        "note": entry.note,
        "ended": entry.ended,
    }


def _parameter(given: Mapping[str, Any]) -> Parameter:
    entries = tuple(_entry(one) for one in given["entries"])
    return Parameter(given["code"], given["unit"], given["names"], entries, given["yearly"])


def _entry(given: Mapping[str, Any]) -> Dated:
    document, article, clause, signed = given["cited"]
    check = given["check"]
    return Dated(
        valid_from=date.fromisoformat(given["from"]),
        rows={key: Fraction(value) for key, value in given["rows"].items()},
        citation=Citation(
            document, article, clause, date.fromisoformat(signed) if signed else None
        ),
        confidence=Confidence(given["confidence"]),
        check=Check(check[0], date.fromisoformat(check[1])) if check else None,
        note=given["note"],
        ended=given["ended"],
    )


def _day_text(day: date | None) -> str:
    return day.isoformat() if day else ""
