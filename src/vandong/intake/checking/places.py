"""Where people live: the unit of each row through the caller's directory, once for every different text."""

from collections.abc import Callable, Mapping

import polars as pl

from vandong.intake.checking.cells import Cells, Said, Verdict
from vandong.intake.checking.shapes import FoundUnit
from vandong.intake.kinds import KINDS, KindFacts, ListField

_LONGEST = {
    ListField.ADDRESS: 500,
    ListField.CLUSTER: 200,
    ListField.ETHNICITY: 30,
    ListField.HOUSEHOLD_CODE: 30,
    ListField.MEMBER_CODE: 30,
    ListField.ORGANISATION_CODE: 40,
    ListField.RECEIPT_BOOK: 30,
    ListField.RECEIPT_NUMBER: 30,
    ListField.RETURN_REASON: 300,
    ListField.EST_NAME: 200,
    ListField.EST_TAX_CODE: 20,
    ListField.EST_TRADE: 200,
    ListField.PERSON_REF: 60,
    ListField.HOUSEHOLD_REF: 60,
    ListField.TRUTH: 60,
}
"""Texts that are kept as they are, and how many characters of them."""

_TAIL = r"([^,;]+(?:[,;][^,;]+){0,2})$"
"""The last three parts of an address: they name commune, district, province."""

_COMMUNE = (
    r"(?i)(?:^|[\s,;])(?:xã|phường|thị trấn|đặc khu|p\.|x\.|tt\.|xa|phuong|thi tran|dac khu)[\s.]"
)
"""Words by which an address says that it names a commune."""


def check_texts(cells: Cells) -> None:
    """Makes the columns that are plain text; one that is too long refuses its row."""
    for field, limit in _LONGEST.items():
        texts = cells.text(field)
        cells.made[field.value] = texts
        if cells.has(field):
            cells.say(
                texts.str.len_chars() > limit,
                field,
                "list_text_too_long",
                {"limit": limit},
                grave=True,
            )
    if KINDS[cells.kind].is_of_people:
        cluster, unit = cells.made["cluster"], cells.text(ListField.UNIT)
        both = (cluster + ", " + unit).str.strip_chars(", ")
        coded = unit.str.contains(r"^[0-9]*$")
        made = both.zip_with(~coded, cluster).zip_with(cluster != "", cells.blank())
        address = cells.made["address"]
        cells.made["address"] = address.zip_with(address != "", made)
    else:
        empty = cells.made["person_ref"] == ""
        cells.say(empty, ListField.PERSON_REF, "list_reference_missing", grave=True)


def check_units(cells: Cells) -> None:
    """Makes unit_id and unit_today_id. A row without a place gets the list's own unit, with a note, and so does
    an address that names no commune; one whose commune is unknown or not clear is refused."""
    fields = (ListField.UNIT, ListField.UNIT_CODE, ListField.ADDRESS)
    column = next((one for one in fields if cells.has(one)), None)
    named = unit_texts(cells)
    tails = _address_tails(cells, named)
    texts = named.zip_with(named != "", tails)
    different = texts.filter(texts != "").unique().to_list()
    known = cells.context.find_units(different) if different else {}
    own = cells.context.unit
    if own is not None:
        unclear = tails.filter((tails != "") & ~tails.str.contains(_COMMUNE)).unique().to_list()
        lost = [text for text in unclear if not isinstance(known.get(text), FoundUnit)]
        texts = texts.set(tails.is_in(lost), "")
    empty = texts == ""
    facts = KINDS[cells.kind]
    told = cells.judged(texts, column, _judged(known, facts), pl.String)
    if own is not None:
        told = told.zip_with(~empty, cells.constant(f"{own.unit_id} {own.today_id or ''}"))
        if column is not None:
            cells.say(empty, column, "list_unit_of_the_list")
    elif facts.is_of_people and facts.tells_people:
        cells.say(empty, column, "list_unit_missing", grave=True)
    ids = told.str.split_exact(" ", 1).struct.unnest()
    for name, part in zip(("unit_id", "unit_today_id"), ids.iter_columns(), strict=True):
        cells.made[name] = part.cast(pl.Int64, strict=False)


def _judged(known: Mapping[str, FoundUnit | str], facts: KindFacts) -> Callable[[str], Verdict]:
    """A list that tells nothing of people needs no places: what it says of them is only noted."""

    def judge(text: str) -> Verdict:
        found = known.get(text, "list_unit_unknown")
        if isinstance(found, FoundUnit):
            divided = facts.is_of_people and found.today_id is None
            said = (Said("list_unit_divided", {"text": text}),) if divided else ()
            return Verdict(f"{found.unit_id} {found.today_id or ''}", said)
        return Verdict(None, (Said(found, {"text": text}, grave=facts.tells_people),))

    return judge


def unit_texts(cells: Cells) -> pl.Series:
    """What names the unit of each row: a code with its noughts, or “commune, district, province”."""
    code = cells.text(ListField.UNIT_CODE, nothing=("0", "-"))
    unit = cells.text(ListField.UNIT)
    unit = _with_noughts(unit)
    for parent in (ListField.DISTRICT, ListField.PROVINCE):
        if cells.has(parent):
            more = cells.text(parent)
            wanted = (unit != "") & (more != "") & ~unit.str.contains(r"^[0-9]+$")
            unit = unit.zip_with(~wanted, unit + ", " + more)
    return _with_noughts(code).zip_with(code != "", unit)


def _address_tails(cells: Cells, named: pl.Series) -> pl.Series:
    """The end of the address of rows that name no unit otherwise."""
    if not cells.has(ListField.ADDRESS) or not (named == "").any():
        return cells.blank()
    addresses = cells.text(ListField.ADDRESS).set(named != "", "")
    tails = addresses.str.extract(_TAIL).fill_null("").str.strip_chars(" ,;")
    return tails.set(~tails.str.contains(r"\p{L}"), "")


def _with_noughts(codes: pl.Series) -> pl.Series:
    short = codes.str.contains(r"^[0-9]{1,4}$")
    return codes.zip_with(~short, codes.str.zfill(5))
