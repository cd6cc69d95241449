"""A citizen's advice in words: the same sections for page, paper and JSON."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from vandong.advice.citizen.assumptions import assumed_count
from vandong.advice.citizen.savings import YearOfLife
from vandong.kernel.money import round_dong


def about(amount: int) -> int:
    """An estimate as it is said after "khoảng", in whole thousands; the line below tells it to the đồng."""
    step = assumed_count("estimate_step")
    return round_dong(Fraction(amount, step)) * step


@dataclass(frozen=True, slots=True)
class Cited:
    """A value of the law behind an amount, with its word of certainty."""

    name: str
    value: str
    source: str
    span: str
    certainty: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Why:
    """How an amount came about."""

    steps: tuple[str, ...]
    law: tuple[Cited, ...]
    notes: tuple[str, ...]

    @property
    def is_verified(self) -> bool:
        """Whether every value of the law in it was read in the official text."""
        return all(one.is_verified for one in self.law)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is, the amount as a number (None: the text says all) and as text, how it came about.

    `tone` is `total` for the answer of a section, `minus` for what is subtracted, else empty."""

    code: str
    label: str
    amount: int | None
    text: str
    note: str = ""
    tone: str = ""
    why: Why | None = None
    rests_on_doubt: bool | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether a value that is not verified enters: marked beside the amount itself. `rests_on_doubt` tells
        it of a line that shares its explanation with others; else the explanation does."""
        if self.rests_on_doubt is not None:
            return self.rests_on_doubt
        return self.why is not None and not self.why.is_verified


@dataclass(frozen=True, slots=True)
class Table:
    """A small table: heads, and rows whose last cells are numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the advice. `lead` is its answer in a sentence; `amber` what is uncertain and why;
    `refusal` why it cannot be worked out, with what to do."""

    code: str
    title: str
    lead: str = ""
    rows: tuple[Row, ...] = ()
    says: tuple[str, ...] = ()
    amber: tuple[str, ...] = ()
    refusal: str = ""
    why: Why | None = None

    @property
    def groups(self) -> tuple[tuple[Row, ...], ...]:
        """Lines one after another that share an explanation, so that it is shown once."""
        found = groupby(self.rows, key=lambda row: id(row.why) if row.why else id(row))
        return tuple(tuple(rows) for _, rows in found)

    @property
    def marked(self) -> frozenset[str]:
        """Codes of the lines that carry the mark of a doubt: of lines that share an explanation the answer, or
        the first."""
        answers = (
            next((row for row in rows if row.tone == "total"), rows[0]) for rows in self.groups
        )
        return frozenset(row.code for row in answers)


@dataclass(frozen=True, slots=True)
class Said:
    """One of the things every offer says: its code and sentence."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Money in and out over life: sums in today's money at each age. `labels` are those of the three lines and
    of the social pension, which stands in the table only."""

    years: tuple[YearOfLife, ...]
    title: str
    description: str
    begins_age: int
    empty_age: int | None
    labels: tuple[str, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Told:
    """Everything in words. `may_join` False: there is no offer and `must_say` is empty. `doubts` names every
    value that is not verified; `assumed` what is assumed of years to come."""

    lang: str
    may_join: bool
    headline: str
    summary: str
    verdict: Section
    sections: tuple[Section, ...]
    must_say: tuple[Said, ...]
    doubts: tuple[str, ...]
    assumed: tuple[str, ...]
    plot: Plot | None
    fingerprint: str

    def section(self, code: str) -> Section | None:
        """The section of that code."""
        return next((one for one in self.sections if one.code == code), None)
