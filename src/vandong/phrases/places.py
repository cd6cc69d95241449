"""A finding as a reader meets it: its place in the file, then its sentence."""

from vandong.kernel.findings import Finding, Spot
from vandong.phrases.catalogue import sentence

_WORDS = {"vi": ("trang", "dòng", "cột"), "en": ("sheet", "row", "column")}


def finding_sentence(finding: Finding, lang: str = "vi") -> str:
    """“Dòng 7, cột “value”: …” when the place is known, else the sentence alone. Raises as `sentence`."""
    said = sentence(finding.code, finding.values, lang)
    place = spot_text(finding.spot, lang)
    return f"{place}: {said}" if place else said


def spot_text(spot: Spot | None, lang: str = "vi") -> str:
    """The place alone: “Dòng 7, cột “value””; empty when nothing is known."""
    if spot is None:
        return ""
    sheet, row, column = _WORDS[lang]
    parts = []
    if spot.sheet:
        parts.append(f"{sheet} “{spot.sheet}”")
    if spot.row is not None:
        parts.append(f"{row} {spot.row}")
    if spot.column:
        parts.append(f"{column} “{spot.column}”")
    place = ", ".join(parts)
    return place[:1].upper() + place[1:]
