"""What the columns of a wide table most likely are, for people to confirm. Words as offices write them."""

import re
from collections.abc import Sequence

from vandong.kernel.names import fold
from vandong.planning.figure_files.mapping import (
    FigureMapping,
    MappedColumn,
    Role,
    SpanStart,
    signature_of,
)
from vandong.planning.file_words import DENOMINATOR_MEASURES, FLOWS
from vandong.sheets import Column

# The first that is found in the folded head counts.
_SCHEMES = (
    ("bhyt_hgd", r"bhyt.*(?:ho gia dinh|hgd)|(?:ho gia dinh|hgd).*bhyt|y te ho gia dinh"),
    ("bhxh_tn", r"(?:bhxh|xa hoi) ?(?:tu nguyen|tn)|bhxhtn|tu nguyen"),
    ("bhxh_bb", r"(?:bhxh|xa hoi) ?(?:bat buoc|bb)|bhxhbb|bat buoc"),
    ("bhtn", r"bhtn|that nghiep"),
    ("bhyt", r"bhyt|y te"),
)
_MEASURES = (
    ("", r"ke hoach(?! %)|chi tieu|giao|con phai"),
    ("gross_new", r"tang moi|phat trien moi|moi tham gia|so moi"),
    ("returning", r"tham gia lai|quay lai"),
    ("renewed", r"dong tiep|tai tuc"),
    ("lapsed", r"dung dong|giam|ngung"),
    ("revenue", r"so thu|so tien|tien thu"),
    ("approached", r"tiep can|tu van|van dong duoc"),
    ("labour_force", r"luc luong lao dong|llld"),
    ("working_age", r"trong do tuoi lao dong"),
    ("population", r"dan so|nhan khau"),
    ("households", r"so ho|tong ho"),
    ("stock", r"luy ke|dang tham gia|hien co|so nguoi|so the|tham gia|thuc hien|nguoi"),
)
_CHANNELS = (("post", r"buu dien"), ("agency", r"co quan|bhxh (?:huyen|tinh|co so)"))
_PERCENT = re.compile(r"%|ty le|ti le|dat\b|so voi")
_COVERAGE = re.compile(r"bao phu|llld|luc luong|dan so")
_NUMBER = re.compile(r"(?:so )?(?:tt|thu tu)|stt")
_NOTE = re.compile(r"ghi chu|nguon|ly do")
_CODE = re.compile(r"ma(?: so| don vi| dvhc| xa| huyen)?")
_PARENT = re.compile(r"(?:thuoc|truc thuoc|don vi cap tren|huyen|quan, huyen)")
_UNIT = re.compile(
    r"(?:ten )?(?:don vi|dia ban|dia phuong|xa|phuong|xa phuong|huyen|quan|quan huyen|tinh)\b.*"
)


def guessed_mapping(name: str, header: Sequence[Column]) -> FigureMapping:
    """A mapping to be confirmed: the unit's column, schemes and measures by the words of each head."""
    columns = [_guessed(column) for column in header]
    units = [at for at, column in enumerate(columns) if column.role is Role.UNIT]
    for at in units[1:]:
        columns[at] = MappedColumn(columns[at].head)
    return FigureMapping(name, signature_of(header), tuple(columns))


def _guessed(column: Column) -> MappedColumn:
    head = fold(column.name.replace("/", " "))
    if not head or _NUMBER.fullmatch(head) or _NOTE.fullmatch(head):
        return MappedColumn(column.name)
    if _CODE.fullmatch(head):
        return MappedColumn(column.name, Role.CODE)
    scheme = _first(_SCHEMES, head)
    if not scheme and _UNIT.fullmatch(head):
        return MappedColumn(column.name, Role.UNIT)
    if not scheme and _PARENT.fullmatch(head):
        return MappedColumn(column.name, Role.PARENT)
    if _PERCENT.search(head) and scheme:
        return _percent(column.name, head, scheme)
    return _count(column.name, head, scheme)


def _percent(name: str, head: str, scheme: str) -> MappedColumn:
    if _COVERAGE.search(head):
        about = "population" if "dan so" in head or scheme.startswith("bhyt") else "labour_force"
        return MappedColumn(name, Role.FIGURE, scheme, "pct_coverage", denominator=about)
    return MappedColumn(name, Role.FIGURE, scheme, "pct_of_plan")


def _count(name: str, head: str, scheme: str) -> MappedColumn:
    # Without its scheme's own words, so that “BHXH tự nguyện / Số người” is judged by “số người”.
    words = next((re.sub(form, "", head) for code, form in _SCHEMES if code == scheme), head)
    measure = _first(_MEASURES, words.strip()) if words.strip() or not scheme else "stock"
    if measure in DENOMINATOR_MEASURES:
        return MappedColumn(name, Role.FIGURE, "", measure)
    if not measure or not scheme:
        return MappedColumn(name)
    span = SpanStart.NONE
    if measure in FLOWS:
        span = SpanStart.MONTH if "thang" in head else SpanStart.YEAR
    return MappedColumn(name, Role.FIGURE, scheme, measure, _first(_CHANNELS, words), span=span)


def _first(rules: Sequence[tuple[str, str]], text: str) -> str:
    return next((code for code, form in rules if re.search(form, text)), "")
