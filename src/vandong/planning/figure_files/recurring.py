"""Lines whose words were all seen before: staged without looking anything up again.

A large file says the same units, measures, days and small counts many thousand times. What the careful way
made of them once is remembered here; a line with anything new in it goes the careful way again.
"""

from dataclasses import dataclass, field
from datetime import date

from vandong.planning.figure_files.lines import Line
from vandong.planning.figure_files.parsing import Figure
from vandong.planning.figure_files.stages import NULL

MOST = 100_000
"""Contexts, days and counts remembered, each."""

Context = tuple[str, ...]


@dataclass(slots=True)
class _Known:
    """What stands around the day and the value of a line; `units` by the era of the day.

    `words`: organisation, scheme, measure and channel in COPY's text form.
    """

    words: str
    exactness: str
    has_period: bool
    units: dict[int, int] = field(default_factory=dict)


class RecurringLines:
    """Remembers lines that were good counts."""

    def __init__(self) -> None:
        self._contexts: dict[Context, _Known] = {}
        self._days: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, int] = {}

    def staged(self, number: int, line: Line) -> str | None:
        """The line in COPY's text form; None when something in it is new or out of the ordinary."""
        known = self._contexts.get(line.context)
        if known is None or line.is_percent_cell:
            return None
        row, as_of, value, period_from = line[:4]
        day = self._days.get(as_of)
        count = self._counts.get(value)
        if day is None or count is None:
            return None
        unit_id = known.units.get(day[1])
        if unit_id is None:
            return None
        start = NULL
        if known.has_period:
            begun = self._days.get(period_from)
            if begun is None or begun[0] > day[0]:
                return None
            start = begun[0]
        elif period_from:
            return None
        return (
            f"{number}\t{row}\t{unit_id}\t{known.words}\t{day[0]}\t{start}\t{count}\t"
            f"{known.exactness}\n"
        )

    def remember(
        self, line: Line, figure: Figure, place: tuple[int, int | None], eras: tuple[int, int]
    ) -> None:
        """A good count: its unit and organisation (`place`), and the eras of its day and first day."""
        if figure.value < 0 or len(self._contexts) >= MOST:
            return
        unit_id, organisation_id = place
        known = self._contexts.get(line.context)
        if known is None:
            known = self._contexts[line.context] = _Known(
                words=f"{organisation_id or NULL}\t{figure.scheme}\t{figure.measure}\t{figure.channel}",
                exactness=figure.exactness,
                has_period=bool(line.period_from),
            )
        if known.has_period != bool(line.period_from):
            return
        known.units[eras[0]] = unit_id
        self._remember_day(line.as_of, figure.as_of, eras[0])
        if figure.period_from and line.period_from:
            self._remember_day(line.period_from, figure.period_from, eras[1])
        if len(self._counts) < MOST:
            self._counts[line.value] = figure.value

    def _remember_day(self, text: str, day: date, era: int) -> None:
        if len(self._days) < MOST:
            self._days[text] = (day.isoformat(), era)
