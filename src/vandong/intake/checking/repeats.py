"""Rows of one file that tell of the same person: repeated cell by cell, or contradicting each other."""

import polars as pl

from vandong.intake.checking.cells import Cells, Told
from vandong.intake.kinds import KINDS, ListField
from vandong.intake.reading import ROW, RawList

_NUMBERS = (
    (ListField.PERSONAL_ID, "personal_id", "list_personal_id_of_others"),
    (ListField.SI_NUMBER, "si_number", "list_si_number_of_others"),
)
_TELLING = (
    *(ListField.PERSONAL_ID, ListField.RECEIPT_NUMBER, ListField.SI_NUMBER, ListField.PERSON_REF),
    *(
        ListField.FULL_NAME,
        ListField.BIRTH,
        ListField.PHONE,
        ListField.ADDRESS,
        ListField.COVERED_FROM,
    ),
)
_SMALL_WORDS = ["thi", "van"]
_COUNTING = r"^[0-9.]+$"


def check_repeats(cells: Cells, raw: RawList) -> pl.Series:
    """For each row the number of the one that it repeats. Rows that have the same number and cannot be the same
    person are refused."""
    if KINDS[cells.kind].is_of_people:
        for field, name, code in _NUMBERS:
            _contradictions(cells, field, name, code)
    return _repeated(cells, raw)


def _repeated(cells: Cells, raw: RawList) -> pl.Series:
    """For rows that say what a row above says in every column but the first, when that counts: its number."""
    names = [name for name in raw.frame.columns if name != ROW]
    kept = raw.frame
    if kept.height != cells.count:
        kept = kept.join(cells.frame.select(ROW), on=ROW, how="semi", maintain_order="left")
    counts = kept["c0"].str.contains(_COUNTING).fill_null(True).all() if "c0" in names else False
    told = names[1:] if counts and len(names) > 2 else names
    full = _suspects(kept, [f"c{index}" for index in _telling(cells) if f"c{index}" in told], told)
    if not full.height:
        return cells.nothing(pl.Int64)
    first = full.select(ROW, repeats=pl.col(ROW).min().over(told)).filter(
        pl.col(ROW) != pl.col("repeats")
    )
    found = cells.frame.select(ROW).join(first, on=ROW, how="left", maintain_order="left")
    repeats = found["repeats"]
    cells.say(repeats.is_not_null(), None, "list_row_repeated", Told({"first": repeats}))
    return repeats


def _telling(cells: Cells) -> list[int]:
    """Columns in which few rows agree, the most telling first."""
    return [cells.places[field] for field in _TELLING if field in cells.places]


def _suspects(frame: pl.DataFrame, telling: list[str], told: list[str]) -> pl.DataFrame:
    """Rows that may be repeated: each of their telling cells stands in another row too. Column by column, so
    that a whole list costs little."""
    narrow = frame.select(ROW, *telling)
    for name in telling:
        narrow = narrow.filter(pl.col(name).is_duplicated())
        if not narrow.height:
            return frame.clear()
    if len(telling) > 1:
        narrow = narrow.filter(pl.struct(telling).is_duplicated())
    full = frame.join(narrow.select(ROW), on=ROW, how="semi", maintain_order="left")
    return full.filter(pl.struct(told).is_duplicated())


def _contradictions(cells: Cells, field: ListField, name: str, code: str) -> None:
    """Same number, and another sex, year of birth or name (spelling, order and Thị, Văn aside)."""
    numbers = cells.made[name]
    shared = (numbers != "") & numbers.is_duplicated()
    if not shared.any():
        return
    rows = pl.DataFrame(
        {
            ROW: cells.frame[ROW],
            "number": numbers,
            "fold": cells.made["name_fold"],
            "sex": cells.made["sex"],
            "born": cells.made["birth_on"].dt.year(),
        }
    ).filter(shared)
    words = pl.col("fold").str.split(" ").list.set_difference(pl.lit(_SMALL_WORDS)).list.sort()
    rows = rows.with_columns(words=words.list.join(" "), sex=pl.col("sex").replace("", None))
    several = pl.any_horizontal(
        pl.col(one).drop_nulls().n_unique().over("number") > 1 for one in ("words", "sex", "born")
    )
    others = rows.filter(several).select(ROW, "number", first=pl.col(ROW).min().over("number"))
    if not others.height:
        return
    values = (
        '{"text": "' + others["number"] + '", "first": ' + others["first"].cast(pl.String) + "}"
    )
    cells.add(others[ROW], values, field, code, True)
