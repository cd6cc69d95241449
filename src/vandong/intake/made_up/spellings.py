"""Wrong spellings of one Vietnamese word, as they are met in lists (`domain.md` 3.1)."""

import unicodedata
from collections.abc import Callable

from vandong.kernel.names import TONES

_MOVED = {
    **{"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ"},
    **{"òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ"},
    **{"ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ"},
    **{"uý": "úy", "uỳ": "ùy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"},
}
_TELEX_TONES = {"1": "f", "2": "r", "3": "x", "4": "s", "5": "j"}
_VNI_TONES = {"1": "2", "2": "3", "3": "4", "4": "1", "5": "5"}
_TELEX_SHAPES = {
    "ă": "aw",
    "â": "aa",
    "ê": "ee",
    "ô": "oo",
    "ơ": "ow",
    "ư": "uw",
    "đ": "dd",
    "Đ": "DD",
}
_VNI_SHAPES = {
    "ă": "a8",
    "â": "a6",
    "ê": "e6",
    "ô": "o6",
    "ơ": "o7",
    "ư": "u7",
    "đ": "d9",
    "Đ": "D9",
}
_OTHER_TONE = {"1": "4", "4": "1", "2": "3", "3": "2", "5": ""}
_MARK_OF = {place: mark for mark, place in TONES.items()}


def without_diacritics(word: str) -> str:
    """Nguyễn → Nguyen, Đỗ → Do."""
    plain = word.replace("đ", "d").replace("Đ", "D")
    parts = unicodedata.normalize("NFD", plain)
    return "".join(part for part in parts if not unicodedata.combining(part))


def tone_moved(word: str) -> str:
    """Thủy → Thuỷ, Hòa → Hoà, Quý → Qúy; a word whose tone has one place only stays."""
    return word[:-2] + _MOVED.get(word[-2:], word[-2:])


def d_without_stroke(word: str) -> str:
    """Đặng → Dặng, which is another name."""
    return word.replace("Đ", "D").replace("đ", "d")


def wrong_mark(word: str) -> str:
    """Another tone: Nguyễn → Nguyển, Hà → Há; a word without tone loses its hook or roof."""
    letters, tone = _parted(word)
    if tone:
        return unicodedata.normalize("NFC", _with_tone(word, _OTHER_TONE[tone]))
    return without_diacritics(letters)


def telex(word: str) -> str:
    """As typed with the Telex keys and not turned into letters: Nguyễn → Nguyeenx."""
    return _typed(word, _TELEX_SHAPES, _TELEX_TONES)


def vni(word: str) -> str:
    """As typed with the VNI keys and not turned into letters: Nguyễn → Nguye6n4."""
    return _typed(word, _VNI_SHAPES, _VNI_TONES)


def right(word: str) -> str:
    """The word itself."""
    return word


def _typed(word: str, shapes: dict[str, str], tones: dict[str, str]) -> str:
    letters, tone = _parted(word)
    return "".join(shapes.get(letter, letter) for letter in letters) + tones.get(tone, "")


def _parted(word: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", word)
    letters = "".join(part for part in parts if part not in TONES)
    tone = "".join(TONES[part] for part in parts if part in TONES)
    return unicodedata.normalize("NFC", letters), tone


def _with_tone(word: str, tone: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return "".join(_MARK_OF.get(tone, "") if part in TONES else part for part in parts)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "": right,
    "no_diacritics": without_diacritics,
    "tone_place": tone_moved,
    "d_for_đ": d_without_stroke,
    "wrong_mark": wrong_mark,
    "telex": telex,
    "vni": vni,
}
"""The faults of spelling by name: some touch the whole name, the others one word."""
WHOLE_NAME = ("no_diacritics", "tone_place", "d_for_đ")
ONE_WORD = ("wrong_mark", "telex", "vni")
