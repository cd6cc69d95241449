"""Addresses in the order in which one walks: the street, then the lanes and numbers along it. Pure."""

import re

from vandong.kernel.names import fold

_NUMBER = re.compile(r"\d+")
_SIGNS = re.compile(r"[^a-z]+")
_PLAIN_WORDS = frozenset({"so", "nha", "duong", "pho", "ngo", "ngach", "hem", "kiet", "to", "lo"})


def street_order(address: str) -> tuple[str, tuple[int, ...]]:
    """A sort key: the name of the street without words like "số nhà", then its numbers from the widest (lane)
    to the narrowest (house): "12 ngõ 3 Phố Huế" comes after "5 ngõ 3 Phố Huế" and before "1 ngõ 4 Phố Huế"."""
    text = fold(address)
    words = [word for word in _SIGNS.split(text) if word and word not in _PLAIN_WORDS]
    numbers = tuple(int(one[:9]) for one in _NUMBER.findall(text))
    return " ".join(words), numbers[::-1]
