"""Words of lists as codes of the register: sex, relation, scheme, method, support group, reason, trade."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from importlib.resources import files

import polars as pl

from vandong.intake.checking.cells import EMPTY_WORDS, Cells, Said, Verdict
from vandong.intake.heads import compact
from vandong.intake.kinds import KINDS, ListField, ListKind
from vandong.kernel.yaml_texts import read_once
from vandong.law import LawBook, law_book

_NUMBER = re.compile(r"([0-9]{1,3})(?:\.0+)?\s*(?:tháng(?:/lần)?|t)?", re.IGNORECASE)
_YEARS = re.compile(r"(?:đóng\s+)?(?:trước\s+)?([0-9])\s*năm.*", re.IGNORECASE)
_GRAMMAR = re.compile(r"ahead:[1-9][0-9]*|missing:[1-9][0-9]*")
_MONTHLY = {
    "hangthang": "1",
    "moithang": "1",
    "thang": "1",
    "quy": "3",
    "hangquy": "3",
    "moiquy": "3",
}
_MONTHLY |= {"nuanam": "6", "6thangmotlan": "6", "nam": "12", "hangnam": "12", "3thangmotlan": "3"}
_MONTHLY |= {
    "12thangmotlan": "12",
    "bathang": "3",
    "sauthang": "6",
    "muoihaithang": "12",
    "motthang": "1",
}


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways of paying by the law of a day: months of one payment, and the years that can be paid ahead."""

    months: frozenset[int]
    years_ahead: range


def ways_of(book: LawBook, on: date) -> Ways:
    """The ways of paying voluntary insurance on a day (Law 41/2024/QH15, art 36, or the law before it)."""
    months = {book.fact("method_months", on, key).whole for key in book.keys("method_months", on)}
    fewest, most = (book.fact("years_ahead", on, key).whole for key in ("fewest", "most"))
    return Ways(frozenset(months), range(fewest, most + 1))


@cache
def codes_of(subject: str) -> Mapping[str, str]:
    """Compact word → code."""
    text = files("vandong.intake.checking").joinpath("words.yaml").read_text(encoding="utf-8")
    return {
        compact(word): code for code, words in read_once(text)[subject].items() for word in words
    }


def coded(
    cells: Cells,
    field: ListField,
    subject: str,
    unknown: str,
    *,
    otherwise: str = "",
    grave: bool = False,
) -> pl.Series:
    """The codes of a column's words; `otherwise` with a note (`unknown`) for other words, '' for none."""
    known = codes_of(subject)

    def judge(text: str) -> Verdict:
        code = known.get(compact(text))
        if code is None:
            return Verdict(otherwise, (Said(unknown, {"text": text}, grave=grave),))
        return Verdict(code)

    return cells.judged(cells.text(field), field, judge, pl.String).fill_null("")


def check_words(cells: Cells) -> None:
    """Makes sex, relation, scheme, method, groups, reasons and what a trade is like."""
    cells.made["sex"] = _sexes(cells)
    cells.made["relation"] = coded(
        cells, ListField.RELATION, "relation", "list_relation_unknown", otherwise="other"
    )
    facts = KINDS[cells.kind]
    cells.made["scheme"] = (
        coded(cells, ListField.SCHEME, "scheme", "list_scheme_unknown", grave=True)
        if not facts.scheme
        else cells.constant(facts.scheme)
    )
    if any(frozenset({ListField.SCHEME}) in one for one in facts.needed):
        empty = cells.text(ListField.SCHEME) == ""
        cells.say(empty, ListField.SCHEME, "list_scheme_missing", grave=True)
    cells.made["support_group"] = coded(
        cells, ListField.SUPPORT_GROUP, "support_group", "list_group_unknown"
    )
    cells.made["listed_group"] = cells.constant(facts.group)
    cells.made["end_reason"] = coded(
        cells, ListField.END_REASON, "end_reason", "list_reason_unknown", otherwise="stopped"
    )
    cells.made["channel"] = coded(cells, ListField.CHANNEL, "channel", "list_channel_unknown")
    cells.made["est_tax_method"] = coded(
        cells,
        ListField.EST_TAX_METHOD,
        "tax_method",
        "list_tax_method_unknown",
        otherwise="unknown",
    )
    cells.made["occupation"] = _occupations(cells)


def _sexes(cells: Cells) -> pl.Series:
    told = coded(cells, ListField.SEX, "sex", "list_sex_unknown")
    if cells.has(ListField.IS_FEMALE):
        marked = coded(cells, ListField.IS_FEMALE, "marked", "list_sex_unknown")
        empty = cells.text(ListField.IS_FEMALE) == ""
        some = bool((marked == "F").any())
        marked = marked.zip_with(~(empty & some), cells.constant("M"))
        told = told.zip_with(told != "", marked)
    column = cells.made["sex_of_column"]
    return told.zip_with(told != "", column)


def _occupations(cells: Cells) -> pl.Series:
    known = codes_of("occupation")
    found = cells.judged(
        cells.text(ListField.OCCUPATION),
        ListField.OCCUPATION,
        lambda text: Verdict(known.get(compact(text), "other")),
        pl.String,
    ).fill_null("")
    if cells.kind is ListKind.BUSINESS_HOUSEHOLDS:
        return found.zip_with(found != "", cells.constant("business"))
    return found


def method_column(cells: Cells, months: pl.Series) -> pl.Series:
    """The way of paying of voluntary insurance; where a list tells only months, by their number."""
    ways = ways_of(cells.context.book or law_book(), cells.context.as_of)
    told = cells.judged(
        cells.text(ListField.METHOD, EMPTY_WORDS),
        ListField.METHOD,
        partial(judge_method, ways),
        pl.String,
    ).fill_null("")
    missing = told == "missing"
    told = told.zip_with(~missing, ("missing:" + months.cast(pl.String)).fill_null(""))
    count = months.fill_null(0)
    ahead = count.is_in([12 * years for years in ways.years_ahead])
    by_months = cells.blank().zip_with(~count.is_in(sorted(ways.months)), count.cast(pl.String))
    by_months = by_months.zip_with(~ahead, "ahead:" + (count // 12).cast(pl.String))
    told = told.zip_with(told != "", by_months)
    voluntary = cells.made["scheme"] == "bhxh_tn"
    return told.zip_with(voluntary, cells.blank())


def judge_method(ways: Ways, text: str) -> Verdict:
    """1, 3, 6, 12, ahead:N (years), missing:T (months), or missing when T stands in the months' column."""
    plain = compact(text)
    if _GRAMMAR.fullmatch(text):
        return Verdict(text)
    if found := _NUMBER.fullmatch(text):
        return _by_months(ways, int(found[1]), text)
    if plain in _MONTHLY:
        return Verdict(_MONTHLY[plain])
    if found := _YEARS.fullmatch(text):
        years = int(found[1])
        return Verdict("12") if years == 1 else _by_months(ways, 12 * years, text)
    if "conthieu" in plain or "motlanchosonam" in plain:
        return Verdict("missing")
    return Verdict("", (Said("list_method_unknown", {"text": text}),))


def _by_months(ways: Ways, months: int, text: str) -> Verdict:
    if months in ways.months:
        return Verdict(str(months))
    years, rest = divmod(months, 12)
    if not rest and years in ways.years_ahead:
        return Verdict(f"ahead:{years}")
    return Verdict("", (Said("list_method_unknown", {"text": text}),))
