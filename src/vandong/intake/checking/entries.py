"""Which rows of a list are entries, and which only divide, add up, sign or repeat the head.

Forms come with groups (“I. Tăng”, “I.1 …”), sums (“Cộng tăng”, “Tổng cộng”) and signatures (`law.md` 6). A row
is left out only when it carries nobody's number, birth or phone, and says what it is.
"""

import re
from collections.abc import Mapping

import polars as pl

from vandong.intake.checking.shapes import SKIPPED
from vandong.intake.kinds import ListField
from vandong.intake.mapping import ColumnMapping
from vandong.intake.reading import ROW, RawList
from vandong.kernel.names import fold

GROUP, TOTAL, SIGNATURE, HEAD = (
    "list_group_row",
    "list_total_row",
    "list_signature_row",
    "list_head_row",
)
_OF_SOMEBODY = (
    ListField.BIRTH,
    ListField.PERSONAL_ID,
    ListField.SI_NUMBER,
    ListField.CARD_NUMBER,
    ListField.PHONE,
    ListField.PERSON_REF,
    ListField.SEX,
)
_TOTAL = re.compile(r"(?:tổng cộng|tổng số|tổng|cộng|lũy kế|luỹ kế)(?:$|[\s:(.,])", re.IGNORECASE)
_BARE_TOTAL = frozenset(("tong cong", "tong so", "tong", "cong", "cong tang", "cong giam"))
_ROMAN = re.compile(r"[IVX]{1,5}(?:\.[0-9]{1,2})*[.)]?")
_ROMAN_TITLE = re.compile(r"[IVX]{1,5}(?:\.[0-9]{1,2})*[.)/:-]?\s+\S.*")
_STEPPED = re.compile(r"(?:[A-ZĐ]|[0-9]{1,2}(?:\.[0-9]{1,2})+)[.)]?")
_WORDS_OF_GROUPS = re.compile(
    r"(?:[a-z0-9.]{1,4}[.) ]\s*)?(?:tang|giam|tang moi|dong tiep|dieu chinh|nguoi tham gia|doi tuong|ho ngheo|"
    r"ho can ngheo|thon|to dan pho|ap|ban|xom|khu pho)\b.*"
)
_SIGNED = re.compile(
    r"(?:ngay|.{0,40}, ?ngay) .{0,6}thang .{0,6}nam.*|(?:nguoi lap|can bo|nhan vien thu|giam doc|thu truong|"
    r"ke toan|chu tich|pho chu tich|tm\.|tm |kt\.|dai dien|xac nhan|truong thon|to truong|thu quy|ky,|"
    r"\(?ky ).*"
)
_HEADING = 3
"""Cells that a heading of a group has at most."""


def entries(raw: RawList, mapping: ColumnMapping) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that are entries: `row`, one text column a field, and the `section` they stand
    in, where rows divide the list (increase, decrease, ''); and those that are none (`SKIPPED`)."""
    places = {field: f"c{index}" for field, index in mapping.columns}
    cells = [name for name in raw.frame.columns if name != ROW]
    named = [pl.col(name).alias(field.value) for field, name in places.items()]
    frame = raw.frame.select(ROW, *named)
    odd = _odd_rows(raw.frame, cells, places)
    told = [_said(one, raw.heads, places) for one in odd.iter_rows(named=True)]
    skipped = pl.DataFrame([one for one in told if one is not None], schema=SKIPPED, orient="row")
    if not skipped.height:
        return frame, skipped
    sections = skipped.select(
        ROW, section=pl.col("text").map_elements(_section, return_dtype=pl.String)
    )
    placed = frame.join(sections, on=ROW, how="left", maintain_order="left").with_columns(
        pl.col("section").forward_fill().fill_null("")
    )
    return placed.join(skipped, on=ROW, how="anti", maintain_order="left"), skipped


def _odd_rows(
    frame: pl.DataFrame, cells: list[str], places: Mapping[ListField, str]
) -> pl.DataFrame:
    """Rows that tell nobody's number, birth or phone, and those that repeat words of a head."""
    of_somebody = [places[field] for field in _OF_SOMEBODY if field in places]
    nobody = pl.all_horizontal(pl.lit(True), *(pl.col(name).is_null() for name in of_somebody))
    few = pl.sum_horizontal(pl.col(name).is_not_null() for name in cells) <= max(
        _HEADING, len(cells) // 2
    )
    wordy = [places[field] for field in (ListField.FULL_NAME, ListField.BIRTH) if field in places]
    headlike = pl.any_horizontal(
        pl.lit(False),
        *(
            pl.col(name).str.contains(r"(?i)^(?:họ.*tên.*|ngày.*sinh.*|\(?[0-9A-ZĐ]\)?)$")
            for name in wordy
        ),
    )
    counted = pl.coalesce(cells).str.contains(r"^[0-9]+$")
    name = pl.col(places[ListField.FULL_NAME]) if ListField.FULL_NAME in places else pl.lit("")
    likely = ~counted | name.str.contains(r"(?i)^(?:t[oổ]ng|c[oộ]ng|l[uũ]y|luỹ)").fill_null(False)
    return frame.filter((nobody & few & likely) | headlike.fill_null(False))


def _said(
    row: Mapping[str, str | int | None], heads: tuple[str, ...], places: Mapping[ListField, str]
) -> tuple[int, str, str] | None:
    """The row with what it is, when it is no entry."""
    number = row[ROW]
    cells = {name: str(text) for name, text in row.items() if name != ROW and text is not None}
    texts = list(cells.values())
    if not isinstance(number, int) or not texts:
        return None
    name = cells.get(places.get(ListField.FULL_NAME, ""), "")
    code = _head_code(cells, heads) or _code_of(texts, name, places, cells)
    return (number, code, " ".join(texts)[:300]) if code else None


def _head_code(cells: Mapping[str, str], heads: tuple[str, ...]) -> str | None:
    """A head printed again on a new page, or a row that numbers the columns."""
    same = sum(
        fold(text) in (fold(head), fold(head.split(" / ")[-1]))
        for name, text in cells.items()
        if (head := heads[int(name[1:])])
    )
    if same >= 2 and same * 2 >= len(cells):
        return HEAD
    numbered = [
        text for text in cells.values() if re.fullmatch(r"\(?[A-ZĐ]\)?|\(?[0-9]{1,2}\)?", text)
    ]
    wide = len(cells) >= 4 and len(numbered) == len(cells)
    lettered = any(re.fullmatch(r"\(?[A-ZĐ]\)?|\([0-9]{1,2}\)", text) for text in numbered[:2])
    return HEAD if wide and lettered else None


def _code_of(
    texts: list[str], name: str, places: Mapping[ListField, str], cells: Mapping[str, str]
) -> str | None:
    if any(places.get(field) in cells for field in _OF_SOMEBODY):
        return None
    if any(_TOTAL.match(text) or fold(text) in _BARE_TOTAL for text in (texts[0], name)):
        return TOTAL
    if len(texts) > _HEADING:
        return None
    if _is_heading(texts):
        return GROUP
    signed = [bool(_SIGNED.fullmatch(fold(text))) for text in texts]
    return SIGNATURE if all(signed) or (signed[0] and not name) else None


def _is_heading(texts: list[str]) -> bool:
    lead = texts[0]
    if len(texts) > 1:
        return bool(_ROMAN.fullmatch(lead) or _STEPPED.fullmatch(lead))
    return bool(_ROMAN_TITLE.fullmatch(lead) or _WORDS_OF_GROUPS.fullmatch(fold(lead)))


def _section(text: str) -> str | None:
    plain = f" {fold(text)} "
    if _TOTAL.match(text) or fold(text).startswith(("cong", "tong")):
        return None
    if re.search(r"\bgiam\b", plain) and "giam doc" not in plain:
        return "decrease"
    return "increase" if re.search(r"\b(tang|dong tiep|dieu chinh)\b", plain) else None
