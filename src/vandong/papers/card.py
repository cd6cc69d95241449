"""A board as one picture for messaging: heading, a few figures, the day and the source, readable on a phone."""

from dataclasses import dataclass
from textwrap import wrap
from xml.sax.saxutils import escape

from vandong.papers.charts import BLUE, INK, LINE, MUTED, svg_png

WIDTH = 720
MARGIN = 36
HEADING_CHARACTERS = 40
NOTE_CHARACTERS = 72


@dataclass(frozen=True, slots=True)
class CardFigure:
    """One figure of the picture, already written in words and digits."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What the picture shows. `sample_note` is not empty when figures are made up."""

    place: str
    heading: str
    figures: tuple[CardFigure, ...]
    note: str
    sample_note: str = ""


def card_png(card: Card) -> bytes:
    """The picture, 1440 pixels wide."""
    return svg_png(card_svg(card), scale=2.0)


def card_svg(card: Card) -> str:
    """The picture as SVG; every text is escaped."""
    parts: list[str] = []
    y = 52
    parts.append(_text(card.place, y, size=20, colour=MUTED))
    for line in wrap(card.heading, HEADING_CHARACTERS):
        y += 40
        parts.append(_text(line, y, size=30, weight=700))
    y += 24
    for figure in card.figures:
        y = _figure(parts, figure, y)
    for line in wrap(card.note, NOTE_CHARACTERS):
        y += 26
        parts.append(_text(line, y, size=17, colour=MUTED))
    if card.sample_note:
        y += 30
        parts.append(_text(card.sample_note, y, size=17, colour="#9a5b00", weight=700))
    height = y + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}"><rect width="{WIDTH}" height="{height}" fill="white"/>'
        + "".join(parts)
        + "</svg>"
    )


def _figure(parts: list[str], figure: CardFigure, y: int) -> int:
    right = WIDTH - MARGIN
    parts.append(
        f'<line x1="{MARGIN}" x2="{right}" y1="{y}" y2="{y}" stroke="{LINE}" stroke-width="1.5"/>'
    )
    parts.append(_text(figure.label, y + 36, size=20))
    parts.append(
        _text(figure.value, y + 40, size=32, weight=700, colour=BLUE, x=right, anchor="end")
    )
    if not figure.note:
        return y + 60
    parts.append(_text(figure.note, y + 64, size=16, colour=MUTED))
    return y + 84


def _text(
    text: str,
    y: int,
    *,
    size: int,
    colour: str = INK,
    weight: int = 400,
    x: int = MARGIN,
    anchor: str = "start",
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-family="Be Vietnam Pro" font-size="{size}" '
        f'font-weight="{weight}" fill="{colour}" text-anchor="{anchor}">{escape(text)}</text>'
    )
