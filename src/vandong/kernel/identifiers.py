"""Numbers that name a person, a card, a phone or a place: normal form with notes, or a reason for refusal.

What was typed is never guessed at beyond the faults that spreadsheets are known for: noughts lost in front,
a decimal nought behind. Each repair is noted. Rules: `law.md` 5 (Identifiers), `stack.md` 6 and 7.
Codes are worded in `phrases/texts/identifiers.yaml`.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from vandong.kernel.findings import Finding, Severity, Spot

_OLD_PROVINCES = (
    "01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 49"
    " 51 52 54 56 58 60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96"
)
OLD_PROVINCES = frozenset(_OLD_PROVINCES.split())
"""Statistical codes of the 63 provinces until 30/06/2025; personal numbers keep them."""

FIRST_FOREIGN = 101
"""Personal numbers from 101 on name the country of a birth registered abroad (`law.md` 5)."""

CODE_LENGTHS = {"province": 2, "district": 3, "commune": 5}
"""Digits of the statistical office's codes."""

_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015'\u2019()]")
_WHOLE_FLOAT = re.compile(r"([0-9]+)[.,]0+")
_POWER = re.compile(r"[0-9][0-9.,]*[eE]\+?[0-9]+")
_LETTER_O = re.compile(r"[0-9OoIl]{7,}")


@dataclass(frozen=True, slots=True)
class Note:
    """Something done to, or known of, an accepted number. `text` is as typed, `value` the normal form."""

    code: str
    text: str
    value: str

    def finding(self, spot: Spot | None = None) -> Finding:
        """The same as a finding for the reader."""
        return Finding(self.code, {"text": self.text, "value": self.value}, spot, Severity.INFO)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is not the number wanted."""

    code: str
    text: str

    def finding(self, spot: Spot | None = None) -> Finding:
        """The same as a finding for the reader."""
        return Finding(self.code, {"text": self.text}, spot, Severity.ERROR)


class Sex(StrEnum):
    """As the personal number tells it."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class PersonalId:
    """A personal number of 12 digits, or an old card (CMND) of 9 that tells nothing about its holder.

    `province_code` has three digits: 001 to 096 the province of registration, 101 and more a country.
    """

    value: str
    province_code: str | None = None
    sex: Sex | None = None
    birth_year: int | None = None
    notes: tuple[Note, ...] = ()

    @property
    def is_old_card(self) -> bool:
        """A CMND of 9 digits, no longer valid for use since 31/12/2024."""
        return len(self.value) == 9


@dataclass(frozen=True, slots=True)
class SiNumber:
    """A social insurance number of 10 digits, or the personal number that stands in its place."""

    value: str
    notes: tuple[Note, ...] = ()

    @property
    def is_personal_id(self) -> bool:
        """12 digits: the personal number in place of the SI number."""
        return len(self.value) == 12


@dataclass(frozen=True, slots=True)
class HealthCard:
    """A health card. The first three parts are known from cards of 15 characters only."""

    value: str
    si_number: str
    group: str | None = None
    benefit: int | None = None
    province_code: str | None = None
    notes: tuple[Note, ...] = ()


class PhoneKind(StrEnum):
    """What can be done with it: a landline takes calls and no messages."""

    MOBILE = "mobile"
    LANDLINE = "landline"


@dataclass(frozen=True, slots=True)
class Phone:
    """A Vietnamese telephone number in its national form, starting with 0."""

    value: str
    kind: PhoneKind
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitCode:
    """A code of the statistical office: province 2 digits, district 3, commune 5."""

    value: str
    kind: str
    notes: tuple[Note, ...] = ()


def check_personal_id(text: str) -> PersonalId | Refusal:
    """A personal number (căn cước, 12 digits) or an old card (CMND, 9 digits).

    12 digits = province or country of birth registration, sex with century, year, 6 random (Law on
    Identification, `law.md` 5). Lost noughts come back when the result is a possible number: 10 or 11
    digits → 12, 8 digits → 9. Codes: missing_personal_id, lost_digits, letter_for_digit,
    not_digits, personal_id_length, personal_id_province.
    """
    digits = _digits(text, "missing_personal_id")
    if isinstance(digits, Refusal):
        return digits
    if len(digits) in (8, 9):
        return _old_card(digits, text)
    if not 10 <= len(digits) <= 12:
        return Refusal("personal_id_length", text)
    value = digits.zfill(12)
    province = value[:3]
    if not (province[0] == "0" and province[1:] in OLD_PROVINCES) and int(province) < FIRST_FOREIGN:
        return Refusal("personal_id_length" if len(digits) < 12 else "personal_id_province", text)
    century, female = divmod(int(value[3]), 2)
    year = 1900 + 100 * century + int(value[4:6])
    return PersonalId(
        value, province, Sex.FEMALE if female else Sex.MALE, year, _restored(digits, value, text)
    )


def _old_card(digits: str, text: str) -> PersonalId:
    value = digits.zfill(9)
    known = Note("old_citizen_card", text, value)
    return PersonalId(value, notes=(*_restored(digits, value, text), known))


def check_si_number(text: str) -> SiNumber | Refusal:
    """A social insurance number: 10 digits (`law.md` 5); noughts lost in front come back from 8 digits on.

    A personal number is taken in its place, as the agency does since 01/08/2025 (CV 1804/BHXH-QLT).
    Codes: missing_si_number, lost_digits, letter_for_digit, not_digits, si_number_length.
    """
    digits = _digits(text, "missing_si_number")
    if isinstance(digits, Refusal):
        return digits
    if 8 <= len(digits) <= 10:
        value = digits.zfill(10)
        return SiNumber(value, _restored(digits, value, text))
    person = check_personal_id(digits)
    if isinstance(person, PersonalId) and not person.is_old_card:
        stands = Note("personal_id_as_si_number", text, person.value)
        return SiNumber(person.value, (*_restored(digits, person.value, text), stands))
    return Refusal("si_number_length", text)


_OLD_CARD = re.compile(
    r"(?P<group>[A-Z]{2})(?P<benefit>[0-9])(?P<province>[0-9]{2})(?P<number>[0-9]{10})"
)


def check_health_card(text: str) -> HealthCard | Refusal:
    """A health insurance card number, old or new (`law.md` 5).

    Until 31/03/2021 15 characters: group (2 letters), benefit (1 to 5), province (2 digits), SI number
    (10). Since 01/04/2021 (QĐ 1666/QĐ-BHXH 2020) the SI number alone, and now the personal number.
    Codes: those of `check_si_number`, health_card_form, health_card_benefit.
    """
    body = _SEPARATORS.sub("", text).upper()
    if not body[:2].isalpha() or body[0] == "O":
        number = check_si_number(text)
        if isinstance(number, Refusal):
            wrong = number.code == "si_number_length"
            return Refusal("health_card_form", text) if wrong else number
        return HealthCard(number.value, number.value, notes=number.notes)
    found = _OLD_CARD.fullmatch(body)
    if found is None:
        letter = _OLD_CARD.fullmatch(body[:2] + body[2:].replace("O", "0").replace("I", "1"))
        return Refusal("letter_for_digit" if letter else "health_card_form", text)
    if not 1 <= int(found["benefit"]) <= 5:
        return Refusal("health_card_benefit", text)
    return HealthCard(
        body, found["number"], found["group"], int(found["benefit"]), found["province"]
    )


_MOBILE_PREFIXES = (
    "032 033 034 035 036 037 038 039 086 096 097 098"  # Viettel
    " 081 082 083 084 085 088 091 094"  # VinaPhone
    " 070 076 077 078 079 089 090 093"  # MobiFone
    " 052 056 058 092 059 099 055 087"  # Vietnamobile, Gmobile, networks without masts
)
MOBILE_PREFIXES = frozenset(_MOBILE_PREFIXES.split())
"""Mobile prefixes of today (`law.md` 5)."""

PREFIXES_OF_2018 = {
    **{f"016{n}": f"03{n}" for n in range(2, 10)},
    **{"0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078"},
    **{"0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082"},
    **{"0182": "052", "0186": "056", "0188": "058", "0199": "059"},
}
"""Eleven-digit prefixes and what they became on 15/09/2018; the old ones ended on 14/11/2018."""

_PLUS = re.compile(r"^[\s('\u2019]*\+")
_SEVERAL = re.compile(r"[/,;|\n]|\s-\s")


def check_phone(text: str) -> Phone | Refusal:
    """A telephone number: mobile (10 digits) or landline (02x, 11 digits).

    +84, 84 and 0084 become 0, a nought lost in front comes back, eleven-digit mobile numbers are converted
    to their prefix of 2018; each with a note. Codes: missing_phone, several_phones, lost_digits,
    letter_for_digit, not_digits, phone_length, phone_prefix.
    """
    if len([part for part in _SEVERAL.split(text) if len(re.sub(r"\D", "", part)) >= 8]) > 1:
        return Refusal("several_phones", text)
    digits = _digits(_PLUS.sub("", text), "missing_phone")
    if isinstance(digits, Refusal):
        return digits
    national = _national(digits)
    notes = _restored(digits, national, text) if national == f"0{digits}" else ()
    if (new := PREFIXES_OF_2018.get(national[:4])) and len(national) == 11:
        value = new + national[4:]
        return Phone(value, PhoneKind.MOBILE, (*notes, Note("phone_prefix_of_2018", text, value)))
    return _phone(national, notes, text)


def _phone(national: str, notes: tuple[Note, ...], text: str) -> Phone | Refusal:
    landline = national.startswith("02")
    if len(national) != (11 if landline else 10):
        return Refusal("phone_length", text)
    if landline:
        return Phone(
            national, PhoneKind.LANDLINE, (*notes, Note("phone_is_landline", text, national))
        )
    if national[:3] not in MOBILE_PREFIXES:
        return Refusal("phone_prefix", text)
    return Phone(national, PhoneKind.MOBILE, notes)


def _national(digits: str) -> str:
    if digits.startswith("0084"):
        digits = digits[2:]
    if digits.startswith("84") and len(digits) >= 11:
        return "0" + digits[2:].removeprefix("0")
    return digits if digits.startswith("0") else f"0{digits}"


def check_unit_code(text: str, kind: str | None = None) -> UnitCode | Refusal:
    """A code of the statistical office: province 2 digits, district 3, commune 5.

    With `kind` noughts lost in front come back with a note (70 → 00070); without it only a code of full
    length is taken and its length tells the kind. Whether the unit existed is a question of the day, not of
    the form. Codes: missing_unit_code, lost_digits, letter_for_digit, not_digits, unit_code_length. Raises
    ValueError for a kind that has no statistical code.
    """
    if kind is not None and kind not in CODE_LENGTHS:
        raise ValueError(f"no statistical code for kind {kind!r}")
    digits = _digits(text, "missing_unit_code")
    if isinstance(digits, Refusal):
        return digits
    kinds = {length: name for name, length in CODE_LENGTHS.items()}
    length = CODE_LENGTHS[kind] if kind else len(digits)
    if length not in kinds or len(digits) > length or not digits.strip("0"):
        return Refusal("unit_code_length", text)
    value = digits.zfill(length)
    return UnitCode(value, kinds[length], _restored(digits, value, text))


def _digits(text: str, missing: str) -> str | Refusal:
    body = text.strip().lstrip("'\u2019")
    if not body:
        return Refusal(missing, text)
    if _POWER.fullmatch(body.strip()):
        return Refusal("lost_digits", text)
    if whole := _WHOLE_FLOAT.fullmatch(body):
        body = whole[1]
    body = _SEPARATORS.sub("", body)
    if re.fullmatch(r"[0-9]+", body):
        return body
    return Refusal("letter_for_digit" if _LETTER_O.fullmatch(body) else "not_digits", text)


def _restored(typed: str, value: str, text: str) -> tuple[Note, ...]:
    return (Note("leading_zeros_restored", text, value),) if typed != value else ()
