"""The tile map: one tile a unit, coloured by its share of the plan, every tile a link with its words."""

from dataclasses import dataclass
from fractions import Fraction

from vandong.places.queries.tiles import unit_tiles
from vandong.planning.progress.shapes import UnitProgress

SIZE, GAP = 64, 4
TYPE_WORDS = (
    "phường ",
    "xã ",
    "thị trấn ",
    "đặc khu ",
    "thành phố ",
    "tỉnh ",
    "quận ",
    "huyện ",
    "thị xã ",
)
BANDS = (
    (Fraction(60, 100), "under60"),
    (Fraction(75, 100), "under75"),
    (Fraction(90, 100), "under90"),
    (Fraction(1), "under100"),
)
LINE_CHARACTERS = 9
SIZES = ((8, 12), (10, 10.5), (12, 9))
SMALLEST = 7.5


@dataclass(frozen=True, slots=True)
class TileLine:
    """One line of a tile's name, placed by its middle; numbers as SVG writes them, whatever the language."""

    text: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One unit's tile; `band` is the class that colours it, "none" without a share."""

    unit_id: int
    name: str
    x: int
    y: int
    band: str
    share: Fraction | None
    lines: tuple[TileLine, ...]
    font_size: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """All tiles, with the size of the drawing in its own units."""

    width: int
    height: int
    tiles: tuple[Tile, ...]


def tile_map(children: tuple[UnitProgress, ...]) -> TileMap:
    """The map of the units, in reading order (rows from the north), so that the keyboard walks it sensibly."""
    by_id = {child.unit.unit_id: child for child in children}
    grid = unit_tiles(by_id)
    order = sorted(grid.cells, key=lambda key: grid.cells[key])
    tiles = tuple(_tile(by_id[key], *grid.cells[key]) for key in order)
    step = SIZE + GAP
    return TileMap(grid.columns * step - GAP, grid.rows * step - GAP, tiles)


def band(share: Fraction | None) -> str:
    """The class of a share of the plan."""
    if share is None:
        return "none"
    return next((name for limit, name in BANDS if share < limit), "full")


def _tile(progress: UnitProgress, row: int, column: int) -> Tile:
    x, y = column * (SIZE + GAP), row * (SIZE + GAP)
    plan = progress.plan
    share = plan.share.value if plan and plan.share else None
    words = name_lines(progress.unit.name)
    size = _font_size(words)
    top = y + SIZE / 2 - (len(words) - 1) * (size + 2) / 2 + size * 0.35
    lines = tuple(
        TileLine(text, str(x + SIZE // 2), f"{top + at * (size + 2):.1f}")
        for at, text in enumerate(words)
    )
    return Tile(
        progress.unit.unit_id, progress.unit.name, x, y, band(share), share, lines, str(size)
    )


def name_lines(name: str) -> list[str]:
    """The name without its type word, broken between words into lines that fit a tile."""
    for word in TYPE_WORDS:
        if name.casefold().startswith(word):
            name = name[len(word) :]
            break
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= LINE_CHARACTERS:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def _font_size(lines: list[str]) -> float:
    longest = max((len(line) for line in lines), default=0)
    by_width = next((size for width, size in SIZES if longest <= width), SMALLEST)
    by_height = (SIZE - 8) / max(len(lines), 1) - 2
    return round(min(by_width, by_height), 1)
