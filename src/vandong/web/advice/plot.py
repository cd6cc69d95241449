"""Money in and out over life as SVG made on the server: three lines, named where they end."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from vandong.advice.documents.citizen import Plot
from vandong.kernel.numbers import format_decimal
from vandong.phrases.forms import in_language

WIDTH, HEIGHT = 344, 248
LEFT, RIGHT, TOP, BOTTOM = 6, 8, 20, 34
INK, BLUE, AMBER, MUTED, LINE = "#16202e", "#084a8c", "#6b3f00", "#4a5563", "#d9dee5"
GAP = 17
"""Pixels from one label to the next."""
LETTER = 7.7
"""Pixels of a letter at most, on the average, in the widest of the usual fonts."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: points, how it is drawn, what stands at its end."""

    points: Sequence[tuple[float, float]]
    colour: str
    width: float
    dash: str
    label: str
    crossed: float
    """Where the pension reaches its height."""

    @property
    def end(self) -> float:
        """Height of the last point."""
        return self.points[-1][1]


def plot_svg(plot: Plot, lang: str) -> str:
    """The picture with title and description; every sum stands in the table beside it too."""
    if len(plot.years) < 2:
        return ""
    ages = [year.age for year in plot.years]
    sums = [max(year.paid_in_amount, year.pension_amount, year.drawn_amount) for year in plot.years]
    x, y = _scales(ages[0], ages[-1], max(*sums, 1))
    lines = _lines(plot, lang, x, y)
    parts = [
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-labelledby="plot-title plot-desc" xmlns="http://www.w3.org/2000/svg">',
        f'<title id="plot-title">{escape(plot.title)}</title>',
        f'<desc id="plot-desc">{escape(plot.description)}</desc>',
        *_axis(plot, ages, x),
        *(_drawn(line) for line in lines),
        *_labels(lines),
        "</svg>",
    ]
    return "".join(parts)


def _scales(
    first: int, last: int, most: int
) -> tuple[Callable[[float], float], Callable[[float], float]]:
    across, down = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    span = max(1, last - first)
    return (
        lambda age: LEFT + (age - first) * across / span,
        lambda amount: HEIGHT - BOTTOM - amount * down / most,
    )


def _lines(
    plot: Plot, lang: str, x: Callable[[float], float], y: Callable[[float], float]
) -> list[_Line]:
    last = plot.years[-1]
    paid, pension, drawn = plot.labels[:3]
    kinds = (
        ([one.paid_in_amount for one in plot.years], INK, 2.0, "2 4", paid, last.paid_in_amount),
        ([one.drawn_amount for one in plot.years], AMBER, 2.5, "8 5", drawn, last.drawn_amount),
        ([one.pension_amount for one in plot.years], BLUE, 3.0, "", pension, last.pension_amount),
    )
    made = []
    for amounts, colour, width, dash, name, total in kinds:
        points = [(x(one.age), y(sum_)) for one, sum_ in zip(plot.years, amounts, strict=True)]
        label = f"{name}: {millions(total, lang)}"
        crossed = x(_reached(plot, total))
        made.append(_Line(points, colour, width, dash, label, crossed))
    return made


def _reached(plot: Plot, amount: int) -> int:
    """The first age at which the pension received is that much; the last one when it never is."""
    ages = [one.age for one in plot.years if one.pension_amount >= amount]
    return ages[0] - 1 if ages and ages[0] < plot.years[-1].age else plot.years[-1].age


def _drawn(line: _Line) -> str:
    points = " ".join(f"{across:.1f},{down:.1f}" for across, down in line.points)
    dash = f' stroke-dasharray="{line.dash}"' if line.dash else ""
    return (
        f'<polyline points="{points}" fill="none" stroke="{line.colour}" '
        f'stroke-width="{line.width}" stroke-linejoin="round"{dash}/>'
    )


def _labels(lines: Sequence[_Line]) -> Iterator[str]:
    """Each above its line: left of where the pension crosses it when there is room, else at the right end; none
    over another."""
    below = HEIGHT - BOTTOM + 8.0
    for line in sorted(lines, key=lambda one: one.end, reverse=True):
        height = max(min(line.end - 6, below - GAP), TOP - 7)
        below = height
        room = line.crossed - 8
        across = room if room - LEFT > len(line.label) * LETTER else WIDTH - RIGHT
        yield (
            f'<text x="{across:.1f}" y="{height:.1f}" text-anchor="end" font-size="13" '
            f'font-weight="600" fill="{line.colour}" stroke="#ffffff" stroke-width="4" '
            f'stroke-linejoin="round" paint-order="stroke">{escape(line.label)}</text>'
        )


def _axis(plot: Plot, ages: Sequence[int], x: Callable[[float], float]) -> Iterator[str]:
    """The ground line, and the ages that matter: today, the pension, the end of the savings, the last."""
    ground = HEIGHT - BOTTOM
    yield f'<path d="M{LEFT} {ground}H{WIDTH - RIGHT}" stroke="{MUTED}" fill="none"/>'
    taken: list[float] = []
    for age in dict.fromkeys((ages[0], plot.begins_age, ages[-1], plot.empty_age)):
        if age is None or not ages[0] <= age <= ages[-1]:
            continue
        across = x(age)
        if any(abs(across - other) < 24 for other in taken):
            continue
        taken.append(across)
        yield f'<path d="M{across:.1f} {ground}v5" stroke="{MUTED}" fill="none"/>'
        anchor = "start" if age == ages[0] else "end" if age == ages[-1] else "middle"
        name = f"{age} {plot.table.heads[0].lower()}" if age == ages[0] else str(age)
        yield (
            f'<text x="{across:.1f}" y="{ground + 20}" text-anchor="{anchor}" font-size="13" '
            f'fill="{MUTED}">{escape(name)}</text>'
        )


def millions(amount: int, lang: str) -> str:
    """264,6 triệu đ."""
    written = in_language(format_decimal(Fraction(amount, 1_000_000), 1), lang)
    return f"{written} triệu đ" if lang == "vi" else f"{written} million VND"
