"""The advice sheet ("phiếu tư vấn"): one A4 page in large type, readable in black and white, with a QR."""

import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import segno
import typst

from vandong.papers.charts import FONTS

TEMPLATE = Path(__file__).parent / "templates" / "phieu_tu_van.typ"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A label and its amount; `mark` is the word of certainty where it is needed, `is_total` the answer."""

    label: str
    amount: str
    note: str = ""
    mark: str = ""
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class SheetBlock:
    """Lines under a head; `said` are sentences below them."""

    title: str
    lines: tuple[SheetLine, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AdviceSheet:
    """All texts of the sheet, in their language. `warnings` are uncertain and stand in a frame."""

    lang: str
    kind: str
    headline: str
    summary: str
    blocks: tuple[SheetBlock, ...]
    warnings: tuple[str, ...]
    must_title: str
    must: tuple[str, ...]
    verify_title: str
    verify: tuple[str, ...]
    link_title: str
    link: str
    foot: tuple[str, ...]


def advice_sheet_pdf(sheet: AdviceSheet) -> bytes:
    """The sheet as tagged PDF (PDF/UA-1)."""
    data = {**asdict(sheet), "qr": _qr_svg(sheet.link)}
    document: bytes = typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    return document


def _qr_svg(link: str) -> str:
    """The link as a QR; error correction L keeps the squares of a long link large."""
    made = io.BytesIO()
    segno.make(link, error="l", micro=False).save(made, kind="svg", border=2, xmldecl=False)
    return made.getvalue().decode()
