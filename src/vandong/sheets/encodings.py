"""Which signs a text file is written in, and whether they stand for the old Vietnamese fonts.

Text typed with TCVN3 (ABC) or VNI fonts is Latin-1 to a computer: "B¶o hiÓm", "Baûo hieåm". It may sit in a
file of any encoding, in xlsx too. It is recognised by reading its words both ways and seeing which way they
are Vietnamese syllables, and it is named, never converted silently.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache

TCVN3 = "TCVN3 (ABC)"
VNI = "VNI"
WINDOWS_1258 = "windows-1258"

_TCVN3_SIGNS = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦"
_TCVN3_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TCVN3 = str.maketrans(_TCVN3_SIGNS, _TCVN3_LETTERS)

_VNI_MARKS = {
    **dict(zip("ùøûõï", ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True)),
    **dict(
        zip(
            "âáàåãä",
            (
                "\u0302",
                "\u0302\u0301",
                "\u0302\u0300",
                "\u0302\u0309",
                "\u0302\u0303",
                "\u0302\u0323",
            ),
            strict=True,
        )
    ),
    **dict(
        zip(
            "êéèúüë",
            (
                "\u0306",
                "\u0306\u0301",
                "\u0306\u0300",
                "\u0306\u0309",
                "\u0306\u0303",
                "\u0306\u0323",
            ),
            strict=True,
        )
    ),
}
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}
_VNI_PAIR = re.compile("([aeouyôö])([" + "".join(_VNI_MARKS) + "])")

_WORDS = re.compile(r"[^\s0-9,;:.\"'()/\\\[\]{}<>|+*=?!&@#%_\-\u2010-\u2015\u2018-\u201d]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"(?:[aăâeêioôơuưy]|ia|iê|yê|ua|uô|ưa|ươ|oa|oă|oe|uâ|uê|uy|uya|uyê|ai|ay|ây|ao|au|âu|eo|êu|iu|iêu|yêu"
    r"|oi|ôi|ơi|ui|ưi|ươi|ươu|uôi|oai|oay|oao|oeo|uây|uyu|ưu|uơ)"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
SAMPLE = 400
"""Words that are not plain ASCII, looked at to name an encoding."""


@cache
def is_syllable(word: str) -> bool:
    """Whether `word` can be one Vietnamese syllable, with at most one tone."""
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFC", word).lower())
    bare = parts.translate(_TONES)
    if len(parts) - len(bare) > 1:
        return False
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def from_tcvn3(text: str) -> str:
    """Text of a TCVN3 font as Unicode."""
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """Text of a VNI font as Unicode (lower case)."""
    paired = _VNI_PAIR.sub(lambda found: found[1] + _VNI_MARKS[found[2]] + "\0", text.lower())
    parts = [(_VNI_LETTERS.get(sign, sign)) for sign in _kept_pairs(paired)]
    return unicodedata.normalize("NFC", "".join(parts))


def _kept_pairs(paired: str) -> Iterator[str]:
    """Single letters, minus the separators."""
    return (sign for sign in paired if sign != "\0")


def legacy_font(texts: Iterable[str]) -> str | None:
    """TCVN3 or VNI when the words of `texts` are Vietnamese only when read that way, else None."""
    words = foreign_words(texts)
    if not words:
        return None
    plain = _share(words, str)
    readings: list[tuple[float, str]] = [
        (_share(words, from_tcvn3), TCVN3),
        (_share(words, from_vni), VNI),
    ]
    best, name = max(readings)
    return name if best >= 0.6 and best > plain + 0.3 else None


def foreign_words(texts: Iterable[str]) -> list[str]:
    """Up to `SAMPLE` different words that hold a letter beyond ASCII."""
    words: dict[str, None] = {}
    for text in texts:
        if text.isascii():
            continue
        words.update((word, None) for word in _WORDS.findall(text) if not word.isascii())
        if len(words) >= SAMPLE:
            break
    return list(words)[:SAMPLE]


def _share(words: list[str], reading: Callable[[str], str]) -> float:
    return sum(is_syllable(reading(word)) for word in words) / len(words)


def unicode_encoding(start: bytes) -> str | None:
    """UTF-8 with a mark, or UTF-16 with or without one; None when the first bytes do not tell."""
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    half = len(start) // 2
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if half >= 2 and odd > half * 0.3 and even < half * 0.05:
        return "utf-16-le"
    if half >= 2 and even > half * 0.3 and odd < half * 0.05:
        return "utf-16-be"
    return None


def eight_bit_encoding(sample: bytes) -> str | None:
    """How bytes that are not UTF-8 read as Vietnamese: Windows-1258, TCVN3, VNI, or None."""
    latin = sample.decode("latin-1")
    words = foreign_words(latin.splitlines())
    if not words:
        return None
    readings = [
        (_share(words, _read_1258), WINDOWS_1258),
        (_share(words, from_tcvn3), TCVN3),
        (_share(words, from_vni), VNI),
    ]
    best, name = max(readings, key=lambda one: one[0])
    return name if best >= 0.5 else None


def _read_1258(word: str) -> str:
    return unicodedata.normalize("NFC", word.encode("latin-1").decode("cp1258", "replace"))
