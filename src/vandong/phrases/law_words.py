"""Values, citations and certainty of the law in words, the same on pages, papers and the command line."""

from datetime import date
from fractions import Fraction

from vandong.kernel.days import format_day
from vandong.kernel.numbers import decimal_text, format_count
from vandong.law.book import Dated
from vandong.law.facts import Citation
from vandong.law.review import Attention, Certainty, Concern, certainty_of
from vandong.phrases.catalogue import catalogue, sentence
from vandong.phrases.forms import in_language

_UNIT_CODES = ("months", "days", "years")


def value_words(value: Fraction, unit: str, lang: str = "vi") -> str:
    """ "1.500.000 đ", "0,6583%", "180 tháng": exact, up to ten decimals, in the reader's signs."""
    if unit == "dong":
        return sentence("law_value_dong", {"value": value}, lang)
    if unit == "rule":
        return sentence("law_value_rule", {}, lang)
    if unit == "rate":
        return f"{_number(value * 100, lang)}%"
    if unit in _UNIT_CODES:
        one = "_one" if value == 1 else ""
        return sentence(f"law_value_{unit}{one}", {"value": _number(value, lang)}, lang)
    return _number(value, lang)


def entry_words(entry: Dated | None, unit: str, lang: str = "vi") -> str:
    """The value of an entry; of a table how many rows; why there is none."""
    if entry is None:
        return sentence("law_before_first", {}, lang)
    if entry.ended:
        return sentence(f"law_{entry.ended}", {}, lang)
    if "" in entry.rows:
        return value_words(entry.rows[""], unit, lang)
    return sentence("law_rows", {"count": len(entry.rows)}, lang)


def citation_words(citation: Citation, lang: str = "vi") -> str:
    """ "Luật 41/2024/QH15, Điều 36, khoản 1 (ký ngày 29/06/2024)". Documents keep their Vietnamese names."""
    article, clause = citation.article, citation.clause
    parts = [citation.document]
    if article:
        parts.append(_numbered("law_article", article, lang))
    if clause:
        parts.append(_numbered("law_clause", clause, lang))
    words = ", ".join(parts)
    if citation.signed_on is None:
        return words
    return f"{words} ({sentence('law_signed_on', {'on': citation.signed_on}, lang)})"


def certainty_words(certainty: Certainty, lang: str = "vi") -> str:
    """ "Đã xác minh", "Chưa xác minh", "Không tính được"."""
    return sentence(f"certainty_{certainty}", {}, lang)


def entry_certainty_words(entry: Dated | None, lang: str = "vi") -> str:
    """The word of an entry."""
    return certainty_words(certainty_of(entry), lang)


def concern_words(one: Attention, on: date, lang: str = "vi") -> str:
    """Why somebody should look; a check whose day has passed on `on` is overdue."""
    is_overdue = one.concern is Concern.CHECK_DUE and one.on < on
    return sentence(f"law_concern_{'check_overdue' if is_overdue else one.concern}", {}, lang)


def span_words(valid_from: date, until: date | None, lang: str = "vi") -> str:
    """ "từ 01/01/2022 đến 31/12/2026", with the last day said, not the first after it."""
    if until is None:
        return sentence("law_from", {"from": valid_from}, lang)
    last = date.fromordinal(until.toordinal() - 1)
    return sentence("law_span", {"from": valid_from, "last": last}, lang)


def local_group_words(group: str, lang: str = "vi") -> str:
    """Whom a province's resolution names: a general group, or a row of the State's own support."""
    code = f"local_group_{group}"
    if code in catalogue():
        return sentence(code, {}, lang)
    words = row_words(group, lang)
    return words[:1].lower() + words[1:]


def row_words(key: str, lang: str = "vi") -> str:
    """A row of a table: a known group in words, a birth month or year as it is written."""
    if f"law_row_{key}" in catalogue():
        return sentence(f"law_row_{key}", {}, lang)
    if len(key) == len("1966-04-01") and key[4:5] == "-":
        return format_day(date.fromisoformat(key))
    year, dash, month = key.partition("-")
    return f"{month}/{year}" if dash and year.isdecimal() and month.isdecimal() else key


def _numbered(code: str, text: str, lang: str) -> str:
    """ "36" → "Điều 36"; "Phụ lục I" stays as it is."""
    return sentence(code, {"number": text}, lang) if text[:1].isdecimal() else text


def _number(value: Fraction, lang: str) -> str:
    whole, point, decimals = decimal_text(value).partition(".")
    written = format_count(int(whole)) + (f",{decimals}" if point else "")
    return in_language(written, lang)
