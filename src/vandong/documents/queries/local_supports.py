"""Approved resolutions of a province as parameters of the law, so that results cite them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from django.db.models import Q, QuerySet

from vandong.documents.models import LocalSupport, LocalSupportState
from vandong.law import Citation, Confidence, LawBook
from vandong.law.book import Dated, Parameter
from vandong.law.facts import Check
from vandong.phrases import sentence
from vandong.phrases.law_words import local_group_words
from vandong.places.models import Tree, Unit, UnitKind
from vandong.places.queries import ancestors
from vandong.rules.local_support import AMOUNT, RATE, parameter_code


def province_of(unit: Unit, on: date) -> Unit | None:
    """The province of a unit on a day; None above provinces."""
    above = (unit, *ancestors(unit, Tree.ADMINISTRATIVE, on))
    return next((one for one in above if one.kind == UnitKind.PROVINCE), None)


def approved(province: Unit, scheme: str = "") -> QuerySet[LocalSupport]:
    """What is approved of a province (of one scheme, when given), of all days."""
    rows = LocalSupport.objects.filter(unit=province, state=LocalSupportState.APPROVED)
    return rows.filter(scheme=scheme) if scheme else rows


def local_supports(province: Unit, scheme: str, on: date) -> tuple[LocalSupport, ...]:
    """What a province adds on a day, one row for each group."""
    in_force = Q(valid_until__isnull=True) | Q(valid_until__gt=on)
    rows = approved(province, scheme).filter(in_force, valid_from__lte=on)
    return tuple(rows.select_related("unit").order_by("group", "id"))


def local_parameters(province: Unit) -> tuple[Parameter, ...]:
    """All approved resolutions of a province as parameters; see `vandong.rules.local_support`. One query."""
    return _parameters(approved(province))


def with_local_supports(book: LawBook, rows: QuerySet[LocalSupport]) -> LawBook:
    """The book with the approved of these rows, of any provinces: what ends or must be checked is looked at
    in one place. Its fingerprint is not that of any quote."""
    return book.with_parameters(_parameters(rows.filter(state=LocalSupportState.APPROVED)))


def _parameters(found: QuerySet[LocalSupport]) -> tuple[Parameter, ...]:
    rows: dict[str, list[LocalSupport]] = defaultdict(list)
    for row in found.select_related("unit").order_by("valid_from", "id"):
        rows[_code(row)].append(row)
    return tuple(_parameter(code, rows[code]) for code in sorted(rows))


def law_book_of(book: LawBook, unit: Unit, on: date) -> LawBook:
    """The book with what the unit's province adds. Its fingerprint covers the resolutions too."""
    province = province_of(unit, on)
    return book if province is None else book.with_parameters(local_parameters(province))


def _code(row: LocalSupport) -> str:
    kind = AMOUNT if row.rate is None else RATE
    return parameter_code(kind, row.unit.code, row.scheme, row.group)


def _parameter(code: str, rows: list[LocalSupport]) -> Parameter:
    first = rows[0]
    return Parameter(
        code=code,
        unit="dong" if first.rate is None else "rate",
        names={lang: _name(first, lang) for lang in ("vi", "en")},
        entries=tuple(_entries(rows)),
    )


def _name(row: LocalSupport, lang: str) -> str:
    values = {
        "unit": row.unit.name,
        "scheme": sentence(f"local_scheme_{row.scheme}", {}, lang),
        "group": local_group_words(row.group, lang),
    }
    return sentence("local_support_name", values, lang)


def _entries(rows: list[LocalSupport]) -> Iterable[Dated]:
    """Each row from its day; where it ends and none begins, an entry says so."""
    for index, row in enumerate(rows):
        following = rows[index + 1].valid_from if index + 1 < len(rows) else None
        yield dated(row)
        if row.valid_until is not None and row.valid_until != following:
            yield replace(dated(row), valid_from=row.valid_until, rows={}, ended="repealed")


def dated(row: LocalSupport) -> Dated:
    """The value of a row as an entry of the law."""
    value = Fraction(row.amount or 0) if row.rate is None else Fraction(row.rate)
    check = Check(row.check_by, row.check_on) if row.check_on is not None else None
    return Dated(
        valid_from=row.valid_from,
        rows={"": value},
        citation=Citation(row.document_number, row.article, "", row.signed_on),
        confidence=Confidence(row.confidence),
        check=check,
        note=row.note,
    )
