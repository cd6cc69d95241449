"""Vietnamese names: the stored form and the three keys made from it (`stack.md` 6).

Identity is the stored form or, between sources that set the tone elsewhere, `tone_key`.
`fold` is for search only: Cẩm Giang and Cẩm Giàng fold alike and are two communes.
"""

import re
import unicodedata

TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
"""Huyền, hỏi, ngã, sắc, nặng, in the order of Vietnamese dictionaries; no mark comes before all."""

SHAPES = {"\u0306": "{", "\u0302": "|", "\u031b": "}"}
"""Breve, circumflex, horn as signs that sort after z: a < ă < â, e < ê, o < ô < ơ, u < ư."""

_LOOKALIKES = str.maketrans(
    {"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ"}  # eth, African D, D with tail
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_APOSTROPHES = re.compile("[\u2018\u2019\u02bc\u00b4`\u2032]")
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"[0-9]+")


def clean(text: str) -> str:
    """The form that is stored: NFC, every space one plain space, eth → đ, nothing invisible."""
    visible = _UNSEEN.sub("", text).translate(_LOOKALIKES)
    return " ".join(unicodedata.normalize("NFC", visible).split())


def tone_key(text: str) -> str:
    """Equal for names that differ only in where the tone stands, in case, apostrophe or dash.

    hòa = hoà, thủy = thuỷ, quý = qúy; hoà ≠ hoa. Each syllable is written without its tone, the tone
    follows as a digit.
    """
    plain = _DASHES.sub("-", _APOSTROPHES.sub("'", clean(text))).lower()
    return _SYLLABLE.sub(
        lambda found: _tone_last(found.group()), unicodedata.normalize("NFC", plain)
    )


def _tone_last(syllable: str) -> str:
    letters, tones = _split_tones(syllable)
    return unicodedata.normalize("NFC", letters) + tones


def _split_tones(syllable: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", syllable)
    letters = "".join(part for part in parts if part not in TONES)
    return letters, "".join(TONES[part] for part in parts if part in TONES)


def fold(text: str) -> str:
    """For search only: lower case, no diacritics, đ → d, dashes to spaces, no apostrophes."""
    plain = _APOSTROPHES.sub("", clean(text)).replace("'", "")
    parts = unicodedata.normalize("NFD", _DASHES.sub(" ", plain).lower())
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return " ".join(unicodedata.normalize("NFC", bare.replace("đ", "d")).split())


def sort_key(text: str) -> str:
    """A key whose plain binary order is the Vietnamese alphabetical order.

    A, Ă, Â, B, C, D, Đ, E, Ê …; syllable by syllable, in a syllable the letters before the tone (ngang,
    huyền, hỏi, ngã, sắc, nặng); whole numbers by their value (Phường 2 before Phường 10).
    """
    plain = _DASHES.sub(" ", _APOSTROPHES.sub("'", clean(text))).lower()
    numbered = _DIGITS.sub(lambda found: found.group().lstrip("0").zfill(8), plain)
    return _SYLLABLE.sub(lambda found: _ordered(found.group()), numbered)


def _ordered(syllable: str) -> str:
    letters, tones = _split_tones(syllable)
    return "".join(_letter_order(letter) for letter in letters) + tones


def _letter_order(letter: str) -> str:
    if letter == "đ":
        return "d{"
    return SHAPES.get(letter, letter)
