"""Numbers of the golden cases as the articles print them: "hơn 63.300", "84,65%", "63.164 đến 63.269"."""

from collections.abc import Mapping
from fractions import Fraction

from vandong.kernel.exactness import Exactness
from vandong.kernel.numbers import format_decimal, parse_change, parse_percent
from vandong.measures.printed import PrintedRate
from vandong.measures.quantity import Quantity, exact, stated

WORDS: Mapping[str, Exactness] = {
    "hơn": Exactness.OVER,
    "gần": Exactness.NEARLY,
    "khoảng": Exactness.ABOUT,
}


def quantity(text: str) -> Quantity:
    """A count with or without its word, a decimal ("2,9"), or an exact percentage."""
    word, _, number = text.partition(" ")
    if word in WORDS:
        return stated(parse_change(number), WORDS[word])
    if text.endswith("%") or "," in text:
        rate, _ = parse_percent(text)
        return exact(rate if text.endswith("%") else rate * 100)
    return exact(parse_change(text))


def printed(text: str) -> PrintedRate:
    """A printed percentage with its decimals."""
    return PrintedRate(*parse_percent(text))


def matches(value: Quantity | Fraction | int, expected: str) -> str:
    """Nothing when `value` prints as `expected`, else what it prints as."""
    low_text, _, high_text = expected.partition(" đến ")
    if isinstance(value, int | Fraction):
        value = exact(value)
    ends = [(value.low, low_text), (value.high, high_text)]
    pairs = ends if high_text else [(value.nominal, low_text)]
    wrong = [_written(number, text) for number, text in pairs if _written(number, text) != text]
    return "; ".join(wrong)


def _written(number: Fraction, like: str) -> str:
    """The number written with the decimals and the sign of `like`."""
    percent = like.endswith("%")
    decimals = len(like.rstrip("%").partition(",")[2])
    text = format_decimal(number * 100 if percent else number, decimals)
    return f"{text}%" if percent else text
