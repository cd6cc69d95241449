"""Words of names as typed with the Telex or VNI keys and never turned into letters: Nguyeenx, Nguye6n4.

Only a word that cannot be a Vietnamese syllable is read so, and only when the reading is one: names of other
peoples and foreign names stay as they are.
"""

import re
import unicodedata

from vandong.kernel.names import TONES, clean, fold, tone_key

_ONSET = r"(?:ngh?|nh|ch|gh?|gi|kh|ph|qu|th|tr|[bcdhklmnprstvx])?"
_SYLLABLE = re.compile(rf"{_ONSET}[aeiouy](?:[aeiouy]{{0,2}})(?:ch|ng|nh|[cmnpt])?")
_DOUBLED = re.compile(r"aa|ee|oo|ii|yy")

_MARKS = {place: mark for mark, place in TONES.items()}
_TELEX_TONES = {"f": "1", "r": "2", "x": "3", "s": "4", "j": "5", "z": ""}
_VNI_TONES = {"1": "4", "2": "1", "3": "2", "4": "3", "5": "5", "0": ""}
_TELEX_SHAPES = (
    *(("dd", "đ"), ("uow", "ươ"), ("uwow", "ươ"), ("aa", "â"), ("aw", "ă"), ("ee", "ê")),
    *(("oo", "ô"), ("ow", "ơ"), ("uw", "ư")),
)
_TELEX_TONE = re.compile(r"(?<=[aeiouyăâêôơưw])([a-zăâêôơư]*?)([fsrxjz])(?=[a-zăâêôơư]*$)")
_VNI_SHAPES = {
    "6": {"a": "â", "e": "ê", "o": "ô"},
    "7": {"o": "ơ", "u": "ư"},
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}


def is_syllable(word: str) -> bool:
    """Whether a word without diacritics, in lower case, can be one Vietnamese syllable."""
    return _SYLLABLE.fullmatch(word) is not None and not _DOUBLED.search(word)


def read_word(word: str) -> str:
    """The word as it was meant, in lower case: nguyeenx → nguyễn, nguye6n4 → nguyễn, hoa → hoa."""
    plain = clean(word).lower()
    if is_syllable(fold(plain)):
        return plain
    read = _vni(plain) if any(letter.isdigit() for letter in plain) else _telex(plain)
    return read if is_syllable(fold(read)) else plain


def word_keys(word: str) -> tuple[str, str]:
    """Key with its tone, key without diacritics, of the word as it was meant."""
    read = read_word(word)
    return tone_key(read), fold(read)


def _telex(word: str) -> str:
    found = _TELEX_TONE.search(word)
    tone = ""
    if found is not None:
        tone = _TELEX_TONES[found[2]]
        word = word[: found.start(2)] + word[found.end(2) :]
    for typed, letter in _TELEX_SHAPES:
        word = word.replace(typed, letter)
    return _toned(word, tone)


def _vni(word: str) -> str:
    letters: list[str] = []
    tone = ""
    for sign in word:
        if sign in _VNI_TONES:
            tone = _VNI_TONES[sign]
        elif sign in _VNI_SHAPES:
            _shape(letters, _VNI_SHAPES[sign])
        else:
            letters.append(sign)
    return _toned("".join(letters), tone)


def _shape(letters: list[str], shapes: dict[str, str]) -> None:
    """The sign changes the last letter before it that it can change; the two of “uo” together."""
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] in shapes:
            if letters[place] == "o" and place and letters[place - 1] == "u" and "u" in shapes:
                letters[place - 1] = shapes["u"]
            letters[place] = shapes[letters[place]]
            return


def _toned(word: str, tone: str) -> str:
    """The tone on the first vowel: where it stands makes no difference to the keys."""
    if not tone:
        return word
    place = next((at for at, one in enumerate(word) if fold(one) in "aeiouy"), None)
    if place is None:
        return word
    return unicodedata.normalize("NFC", word[: place + 1] + _MARKS[tone] + word[place + 1 :])
