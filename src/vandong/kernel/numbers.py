"""Numbers as Vietnamese and English offices write them, read without guessing and written one way.

A count is whole. Its thousands may be parted by points, commas or spaces (1.724.171; 1,724,171;
1 724 171), one sign throughout, groups of exactly three. The rules where two readings exist:

- one sign before exactly three digits parts thousands: 12.345 and 12,345 are twelve thousand, as a
  count has no decimals; a leading nought makes it doubtful (0.500) and it is refused;
- any other digits after a last point or comma are decimals, taken only when all are nought, because
  spreadsheets hand whole numbers over as 44134.0;
- powers of ten (1e308, 1,2E+05) are refused: such a cell has lost its digits.

A percentage has decimals: one sign only is the decimal sign (84,65 and 84.65), however many digits
follow; when both signs occur the last one is.
"""

import re
from fractions import Fraction

MINUS = "\u2212"
LARGEST = 10**15
"""Counts and amounts stay below: spreadsheets keep no more than fifteen digits."""

_SPACES = re.compile(r"[ \u00a0\u2007\u2009\u202f]")
_POWER = re.compile(r"[+-]?[0-9][0-9.,]*[eE][+-]?[0-9]+")
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}([.,' ])[0-9]{3}(?:\1[0-9]{3})*")
_WITH_DECIMALS = re.compile(r"(?P<whole>[0-9][0-9.,' ]*)(?P<sign>[.,])(?P<decimals>[0-9]*)")


class NumberProblem(ValueError):
    """A text that is not the number wanted. `code` is one of `phrases/texts/numbers.yaml`."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text


def parse_count(text: str) -> int:
    """The whole number, 0 or more, that `text` stands for. Raises NumberProblem.

    Codes: missing_number, not_a_number, not_whole, negative_count, ambiguous_number,
    scientific_notation, number_too_large.
    """
    value = parse_change(text)
    if value < 0:
        raise NumberProblem("negative_count", text)
    return value


def parse_change(text: str) -> int:
    """A whole number with or without a sign: -, −, +, or accountants' brackets. Raises NumberProblem."""
    body, negative = _unsigned(text)
    digits = _whole_digits(body, text)
    value = int(digits)
    if value >= LARGEST:
        raise NumberProblem("number_too_large", text)
    return -value if negative else value


def parse_percent(text: str) -> tuple[Fraction, int]:
    """The share as a fraction (84,65% → 0.8465) and how many decimals were printed. Raises NumberProblem.

    The per cent sign may be missing: the column says what it is.
    """
    body, negative = _unsigned(text.strip().removesuffix("%"))
    if _POWER.fullmatch(body):
        raise NumberProblem("scientific_notation", text)
    whole, decimals = _split_decimals(body, text)
    if len(whole) > 15 or len(decimals) > 30:
        raise NumberProblem("number_too_large", text)
    value = Fraction(int(whole + decimals), 10 ** len(decimals) * 100)
    return (-value if negative else value), len(decimals)


def _unsigned(text: str) -> tuple[str, bool]:
    body = _SPACES.sub(" ", text).strip().replace(MINUS, "-").replace("\u2013", "-")
    if not body:
        raise NumberProblem("missing_number", text)
    if body.startswith("(") and body.endswith(")"):
        return body[1:-1].strip(), True
    return body.lstrip("+-").strip() if body[1:2] not in "+-" else body, body.startswith("-")


def _whole_digits(body: str, text: str) -> str:
    if _PLAIN.fullmatch(body):
        return _short(body, text)
    if _GROUPED.fullmatch(body):
        if body.startswith("0"):
            raise NumberProblem("ambiguous_number", text)
        return _short(re.sub(r"[.,' ]", "", body), text)
    if _POWER.fullmatch(body):
        raise NumberProblem("scientific_notation", text)
    whole, decimals = _split_decimals(body, text)
    if decimals.strip("0"):
        raise NumberProblem("not_whole", text)
    return _short(whole, text)


def _split_decimals(body: str, text: str) -> tuple[str, str]:
    if _PLAIN.fullmatch(body):
        return body, ""
    found = _WITH_DECIMALS.fullmatch(body)
    if found is None or not found["decimals"]:
        raise NumberProblem("not_a_number", text)
    whole = found["whole"]
    if _PLAIN.fullmatch(whole):
        return whole, found["decimals"]
    grouped = _GROUPED.fullmatch(whole)
    if grouped is None or grouped[1] == found["sign"]:
        raise NumberProblem("not_a_number", text)
    return re.sub(r"[.,' ]", "", whole), found["decimals"]


def _short(digits: str, text: str) -> str:
    if len(digits) > 40:
        raise NumberProblem("number_too_large", text)
    return digits


def format_count(value: int) -> str:
    """1724171 → "1.724.171"; negatives with the true minus."""
    grouped = f"{abs(value):,}".replace(",", ".")
    return f"{MINUS}{grouped}" if value < 0 else grouped


def format_signed(value: int) -> str:
    """A change: 4934 → "+4.934", −1898 → "−1.898", 0 → "0"."""
    return f"+{format_count(value)}" if value > 0 else format_count(value)


def format_percent(share: Fraction, decimals: int = 2) -> str:
    """A fraction as per cent without the sign %: 0.8465 → "84,65". Rounded half up."""
    return format_decimal(share * 100, decimals)


def format_decimal(value: Fraction, decimals: int = 2) -> str:
    """Exactly so many decimals, Vietnamese signs: 4934.5 → "4.934,50". Rounded half up."""
    scaled = rounded(value * 10**decimals)
    whole, rest = divmod(abs(scaled), 10**decimals)
    sign = MINUS if scaled < 0 else ""
    tail = f",{rest:0{decimals}d}" if decimals else ""
    return f"{sign}{format_count(whole)}{tail}"


def decimal_text(value: Fraction, places: int = 10) -> str:
    """For machines: decimal point, no thousands. A number that ends within `places` decimals is written to
    its end (0.125); one that does not gets all of them, rounded half up (84.6468094900)."""
    exact = value * 10**places
    scaled = rounded(exact)
    whole, rest = divmod(abs(scaled), 10**places)
    tail = f"{rest:0{places}d}" if places else ""
    if exact.denominator == 1:
        tail = tail.rstrip("0")
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole}.{tail}" if tail else f"{sign}{whole}"


def rounded(value: Fraction) -> int:
    """The nearest whole number; a half goes away from nought, as Decimal's ROUND_HALF_UP."""
    above, below = value.numerator, value.denominator
    size = (2 * abs(above) + below) // (2 * below)
    return -size if above < 0 else size
