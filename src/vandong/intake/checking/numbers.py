"""Personal numbers, social insurance numbers, cards, phones: the forms of whole columns at once, the odd ones
through `kernel.identifiers`, which stays the rule.

A number that cannot be read refuses its row, because matching would go wrong; a phone that cannot is left out.
"""

import re
from collections.abc import Callable, Iterable

import polars as pl

from vandong.intake.checking.cells import (
    EMPTY_NUMBERS,
    Cells,
    Said,
    Verdict,
    text_and_value,
)
from vandong.intake.kinds import ListField
from vandong.kernel.identifiers import (
    FIRST_FOREIGN,
    MOBILE_PREFIXES,
    OLD_PROVINCES,
    PREFIXES_OF_2018,
    HealthCard,
    Note,
    PersonalId,
    Phone,
    Refusal,
    SiNumber,
    check_health_card,
    check_personal_id,
    check_phone,
    check_si_number,
)

_PROVINCES = [f"0{code}" for code in sorted(OLD_PROVINCES)]
_SEVERAL = re.compile(r"[/,;|\n]|\s-\s|\s{2,}|\svà\s|\shoặc\s")
_LETTERS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1"})
_RESTORED, _STANDS = "leading_zeros_restored", "personal_id_as_si_number"


def check_numbers(cells: Cells) -> None:
    """Makes personal_id, si_number, card_number, phone."""
    personal = _personal_ids(cells)
    numbers = _si_numbers(cells, personal)
    cards = _cards(cells)
    told = cards.str.len_chars() == 15
    from_card = cards.str.slice(5)
    differs = told & (numbers != "") & (numbers.str.len_chars() == 10) & (numbers != from_card)
    cells.say(
        differs, ListField.CARD_NUMBER, "list_card_of_other_number", text_and_value(cards, numbers)
    )
    numbers = numbers.zip_with(~(told & (numbers == "")), from_card)
    bare = (personal == "") & (numbers.str.len_chars() == 12)
    cells.made["personal_id"] = personal.zip_with(~bare, numbers)
    cells.made["si_number"] = numbers
    cells.made["card_number"] = cards
    cells.made["phone"] = _phones(cells)


def _possible(numbers: pl.Series) -> pl.Series:
    """Whether numbers of 12 digits begin with a province or a country."""
    province = numbers.str.slice(0, 3)
    return province.is_in(_PROVINCES) | (province >= str(FIRST_FOREIGN))


def _personal_ids(cells: Cells) -> pl.Series:
    texts = cells.text(ListField.PERSONAL_ID, EMPTY_NUMBERS)
    padded = texts.str.zfill(12)
    quick = texts.str.contains(r"^[0-9]{10,12}$") & _possible(padded)
    restored = quick & (texts.str.len_chars() < 12)
    told = text_and_value(texts, padded)
    cells.say(restored, ListField.PERSONAL_ID, _RESTORED, told)
    return _joined(cells, texts, (quick, padded), ListField.PERSONAL_ID, _judged(check_personal_id))


def _si_numbers(cells: Cells, personal: pl.Series) -> pl.Series:
    """A personal number in the place of the SI number is told only where the row does not have it anyway."""
    texts = cells.text(ListField.SI_NUMBER, EMPTY_NUMBERS)
    quick, values = _quick_si(texts)
    cells.say(
        quick & (values.str.len_chars() != texts.str.len_chars()),
        ListField.SI_NUMBER,
        _RESTORED,
        text_and_value(texts, values),
    )
    stands = quick & (values.str.len_chars() == 12) & (values != personal)
    cells.say(stands, ListField.SI_NUMBER, _STANDS, text_and_value(texts, values))
    return _joined(cells, texts, (quick, values), ListField.SI_NUMBER, _judged(check_si_number))


def _quick_si(texts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Whether texts are plain numbers that `check_si_number` takes, and what it makes of them."""
    short = texts.str.contains(r"^[0-9]{8,10}$")
    long = texts.str.contains(r"^[0-9]{11,12}$") & _possible(texts.str.zfill(12))
    values = texts.str.zfill(10).zip_with(~long, texts.str.zfill(12))
    return short | long, values


def _cards(cells: Cells) -> pl.Series:
    texts = cells.text(ListField.CARD_NUMBER, EMPTY_NUMBERS).str.to_uppercase()
    quick, values = _quick_si(texts)
    full = texts.str.contains(r"^[A-NP-Z][A-Z][1-5][0-9]{12}$")
    values = values.zip_with(~full, texts)
    cells.say(
        quick & (values.str.len_chars() != texts.str.len_chars()),
        ListField.CARD_NUMBER,
        _RESTORED,
        text_and_value(texts, values),
    )
    judge = _judged(check_health_card, _STANDS)
    return _joined(cells, texts, (quick | full, values), ListField.CARD_NUMBER, judge)


def _joined(
    cells: Cells,
    texts: pl.Series,
    quick: tuple[pl.Series, pl.Series],
    field: ListField,
    judge: Callable[[str], Verdict],
) -> pl.Series:
    """Values of plain texts as they are, of all others as they are judged; '' for nothing."""
    plain, values = quick
    slow = cells.judged(texts.set(plain, ""), field, judge, pl.String).fill_null("")
    return values.zip_with(plain, slow)


Found = PersonalId | SiNumber | HealthCard | Phone


def _judged(check: Callable[[str], Found | Refusal], *quiet: str) -> Callable[[str], Verdict]:
    """The rule for one number; notes of the codes `quiet` are not told."""

    def judge(text: str) -> Verdict:
        found = check(text)
        if isinstance(found, Refusal):
            return Verdict("", (Said(found.code, {"text": text}, grave=True),))
        return Verdict(found.value, _noted(one for one in found.notes if one.code not in quiet))

    return judge


def _noted(notes: Iterable[Note]) -> tuple[Said, ...]:
    return tuple(Said(one.code, {"text": one.text, "value": one.value}) for one in notes)


def _phones(cells: Cells) -> pl.Series:
    texts = cells.text(ListField.PHONE, EMPTY_NUMBERS)
    padded = texts.zip_with(~texts.str.contains(r"^[1-9][0-9]{8,9}$"), "0" + texts)
    prefix = padded.str.slice(0, 4)
    of_2018 = padded.str.contains(r"^01[0-9]{9}$") & prefix.is_in(list(PREFIXES_OF_2018))
    turned = prefix.replace(PREFIXES_OF_2018) + padded.str.slice(4)
    values = padded.zip_with(~of_2018, turned)
    mobile = padded.str.contains(r"^0[0-9]{9}$") & padded.str.slice(0, 3).is_in(
        list(MOBILE_PREFIXES)
    )
    quick = mobile | of_2018
    restored = quick & (padded != texts)
    cells.say(restored, ListField.PHONE, _RESTORED, text_and_value(texts, padded))
    cells.say(of_2018, ListField.PHONE, "phone_prefix_of_2018", text_and_value(texts, values))
    return _joined(cells, texts, (quick, values), ListField.PHONE, judge_phone)


def judge_phone(text: str) -> Verdict:
    """The first usable number of a cell. A letter O or l in the place of a digit is read as the digit, with a
    note; what is no number is left out, with a note."""
    found = check_phone(text)
    if isinstance(found, Phone):
        return Verdict(found.value, _noted(found.notes))
    parts = [part for part in _SEVERAL.split(text) if part.strip()]
    for part in parts if len(parts) > 1 else ():
        first = check_phone(part)
        if isinstance(first, Phone):
            kept = Said("list_first_phone_kept", {"text": text, "value": first.value})
            return Verdict(first.value, (kept,))
    if found.code == "letter_for_digit":
        read = check_phone(text.translate(_LETTERS))
        if isinstance(read, Phone):
            said = Said("list_letter_read_as_digit", {"text": text, "value": read.value})
            return Verdict(read.value, (said,))
    return Verdict("", (Said("list_phone_left_out", {"text": text}),))
