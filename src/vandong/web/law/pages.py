"""What the pages of the law show, in the reader's language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vandong.kernel.names import fold
from vandong.kernel.periods import shift_months
from vandong.law import LawBook
from vandong.law.book import Dated, Parameter
from vandong.law.review import (
    Attention,
    Certainty,
    Concern,
    Standing,
    attention,
    certainty_of,
    standings,
)
from vandong.phrases.law_words import (
    certainty_words,
    citation_words,
    concern_words,
    entry_words,
    row_words,
    span_words,
    value_words,
)

HORIZON_MONTHS = 12
VIEWS = ("tat-ca", "can-xem", "chua-xac-minh", "khong-tinh-duoc")


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One parameter on the day."""

    code: str
    name: str
    value: str
    span: str
    certainty: Certainty
    certainty_words: str
    source: str
    check_by: str
    check_on: date | None


@dataclass(frozen=True, slots=True)
class AttentionRow:
    """One thing to look at."""

    on: date
    is_overdue: bool
    concern: str
    row: ParameterRow


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One value of a parameter's history; `rows` are the lines of a table."""

    span: str
    is_in_force: bool
    value: str
    rows: tuple[tuple[str, str], ...]
    certainty: Certainty
    certainty_words: str
    source: str
    check_by: str
    check_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class LawPage:
    """The list on a day: all rows found, what to look at, and how many of each kind there are."""

    rows: tuple[ParameterRow, ...]
    attention: tuple[AttentionRow, ...]
    total: int
    unverified_count: int
    unknown_count: int
    attention_count: int
    until: date


def law_page(book: LawBook, on: date, text: str, view: str, lang: str) -> LawPage:
    """Everything of the list. `text` is looked for without diacritics, word by word."""
    until = shift_months(on, HORIZON_MONTHS)
    standing = [one for one in standings(book, on) if _matches(one.parameter, one.entry, text)]
    rows = tuple(parameter_row(one, lang) for one in standing)
    found = [one for one in attention(book, on, until) if _matches(one.parameter, one.entry, text)]
    kinds = [row.certainty for row in rows]
    wanted = {"chua-xac-minh": Certainty.UNVERIFIED, "khong-tinh-duoc": Certainty.UNKNOWN}.get(view)
    return LawPage(
        rows=tuple(row for row in rows if wanted is None or row.certainty is wanted),
        attention=tuple(_attention_row(one, on, lang) for one in found),
        total=len(rows),
        unverified_count=kinds.count(Certainty.UNVERIFIED),
        unknown_count=kinds.count(Certainty.UNKNOWN),
        attention_count=len(found),
        until=until,
    )


def parameter_row(one: Standing, lang: str) -> ParameterRow:
    """A parameter on a day, in words."""
    return _row(one.parameter, one.entry, one.until, lang)


def entry_rows(parameter: Parameter, on: date, lang: str) -> tuple[EntryRow, ...]:
    """All values of a parameter, the latest first."""
    return tuple(reversed(list(_entries(parameter, on, lang))))


def _entries(parameter: Parameter, on: date, lang: str) -> Iterator[EntryRow]:
    found = parameter.entry_at(on)
    for index, entry in enumerate(parameter.entries):
        yield EntryRow(
            span=span_words(entry.valid_from, parameter.until(index), lang),
            is_in_force=bool(found and found[0] is entry),
            value=entry_words(entry, parameter.unit, lang),
            rows=tuple(
                (row_words(key, lang), value_words(value, parameter.unit, lang))
                for key, value in entry.rows.items()
                if key
            ),
            certainty=certainty_of(entry),
            certainty_words=certainty_words(certainty_of(entry), lang),
            source=citation_words(entry.citation, lang),
            check_by=entry.check.by if entry.check else "",
            check_on=entry.check.on if entry.check else None,
            note=entry.note,
        )


def _row(parameter: Parameter, entry: Dated | None, until: date | None, lang: str) -> ParameterRow:
    check = entry.check if entry else None
    begins = entry.valid_from if entry else until
    span = span_words(begins, until if entry else None, lang) if begins else ""
    return ParameterRow(
        code=parameter.code,
        name=parameter.names[lang],
        value=entry_words(entry, parameter.unit, lang),
        span=span,
        certainty=certainty_of(entry),
        certainty_words=certainty_words(certainty_of(entry), lang),
        source=citation_words(entry.citation, lang) if entry else "",
        check_by=check.by if check else "",
        check_on=check.on if check else None,
    )


def _attention_row(one: Attention, on: date, lang: str) -> AttentionRow:
    index = one.parameter.entries.index(one.entry)
    row = _row(one.parameter, one.entry, one.parameter.until(index), lang)
    is_overdue = one.concern is Concern.CHECK_DUE and one.on < on
    return AttentionRow(one.on, is_overdue, concern_words(one, on, lang), row)


def _matches(parameter: Parameter, entry: Dated | None, text: str) -> bool:
    cited = (entry.citation.document, entry.citation.article) if entry else ()
    place = fold(" ".join((parameter.code, *parameter.names.values(), *cited)))
    return all(word in place for word in fold(text).split())
