import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandong.kernel.findings import Severity, Spot
from vandong.kernel.identifiers import (
    MOBILE_PREFIXES,
    PREFIXES_OF_2018,
    HealthCard,
    PersonalId,
    Phone,
    PhoneKind,
    Refusal,
    Sex,
    SiNumber,
    UnitCode,
    check_health_card,
    check_personal_id,
    check_phone,
    check_si_number,
    check_unit_code,
)


def codes(found: PersonalId | SiNumber | HealthCard | Phone | UnitCode | Refusal) -> list[str]:
    return [found.code] if isinstance(found, Refusal) else [note.code for note in found.notes]


def test_a_personal_number_tells_province_sex_and_year() -> None:
    found = check_personal_id("024 190 012 345")
    assert found == PersonalId("024190012345", "024", Sex.FEMALE, 1990)
    later = check_personal_id("001205012345")
    assert isinstance(later, PersonalId)
    assert (later.sex, later.birth_year) == (Sex.MALE, 2005)
    abroad = check_personal_id("101190012345")
    assert isinstance(abroad, PersonalId)
    assert abroad.province_code == "101"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("79012345678.0", "079012345678"),
        ("24190012345", "024190012345"),
        ("1190012345", "001190012345"),
    ],
)
def test_noughts_lost_by_spreadsheets_come_back(text: str, value: str) -> None:
    found = check_personal_id(text)
    assert isinstance(found, PersonalId)
    assert found.value == value
    assert codes(found) == ["leading_zeros_restored"]
    assert dict(found.notes[0].finding(Spot(7)).values) == {"text": text, "value": value}


def test_an_old_card_is_known_and_noted() -> None:
    found = check_personal_id("121234567")
    assert isinstance(found, PersonalId)
    assert found.is_old_card
    assert (found.province_code, found.sex, found.birth_year) == (None, None, None)
    assert codes(found) == ["old_citizen_card"]
    assert codes(check_personal_id("12345678")) == ["leading_zeros_restored", "old_citizen_card"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "missing_personal_id"),
        ("7.9012E+10", "lost_digits"),
        ("02419OO12345", "letter_for_digit"),
        ("không có", "not_digits"),
        ("1234567", "personal_id_length"),
        ("0241900123456", "personal_id_length"),
        ("099190012345", "personal_id_province"),
        ("000190012345", "personal_id_province"),
        ("97012345678", "personal_id_length"),
    ],
)
def test_personal_numbers_refused(text: str, code: str) -> None:
    found = check_personal_id(text)
    assert isinstance(found, Refusal)
    assert found.code == code
    assert found.finding().severity is Severity.ERROR


def test_si_numbers() -> None:
    assert check_si_number("2420 123 456") == SiNumber("2420123456")
    assert codes(check_si_number("123456789")) == ["leading_zeros_restored"]
    stands = check_si_number("24190012345")
    assert isinstance(stands, SiNumber)
    assert stands.is_personal_id
    assert codes(stands) == ["leading_zeros_restored", "personal_id_as_si_number"]
    assert codes(check_si_number("1234567")) == ["si_number_length"]
    assert codes(check_si_number("")) == ["missing_si_number"]
    assert codes(check_si_number("099190012345")) == ["si_number_length"]


def test_health_cards_old_and_new() -> None:
    old = check_health_card("gd 4 24 2420123456")
    assert old == HealthCard("GD4242420123456", "2420123456", "GD", 4, "24")
    assert check_health_card("2420123456") == HealthCard("2420123456", "2420123456")
    assert codes(check_health_card("420123456")) == ["leading_zeros_restored"]
    assert codes(check_health_card("024190012345")) == ["personal_id_as_si_number"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GD424242012345", "health_card_form"),
        ("GD9242420123456", "health_card_benefit"),
        ("GD0242420123456", "health_card_benefit"),
        ("GD424242O123456", "letter_for_digit"),
        ("12", "health_card_form"),
        ("", "missing_si_number"),
        ("GD4 chưa có", "health_card_form"),
    ],
)
def test_health_cards_refused(text: str, code: str) -> None:
    assert codes(check_health_card(text)) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "0912.345.678",
        "091-234-5678",
        "+84912345678",
        "84912345678",
        "0084 912 345 678",
        "+84 0912345678",
        "(+84) 912345678",
    ],
)
def test_mobile_numbers_in_every_form(text: str) -> None:
    assert check_phone(text) == Phone("0912345678", PhoneKind.MOBILE)


def test_phone_repairs_are_noted() -> None:
    lost = check_phone("912345678")
    assert isinstance(lost, Phone)
    assert (lost.value, codes(lost)) == ("0912345678", ["leading_zeros_restored"])
    old = check_phone("01629123456")
    assert isinstance(old, Phone)
    assert (old.value, codes(old)) == ("0329123456", ["phone_prefix_of_2018"])
    both = check_phone("1629123456.0")
    assert isinstance(both, Phone)
    assert (both.value, codes(both)) == (
        "0329123456",
        ["leading_zeros_restored", "phone_prefix_of_2018"],
    )
    home = check_phone("0204 3855 123")
    assert isinstance(home, Phone)
    assert (home.kind, codes(home)) == (PhoneKind.LANDLINE, ["phone_is_landline"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "missing_phone"),
        ("O912345678", "letter_for_digit"),
        ("0912345678/0987654321", "several_phones"),
        ("0912345678 - 0987654321", "several_phones"),
        ("0952345678", "phone_prefix"),
        ("091234567", "phone_length"),
        ("01699", "phone_length"),
        ("024123456", "phone_length"),
        ("9.12E+8", "lost_digits"),
        ("gọi mẹ", "not_digits"),
    ],
)
def test_phones_refused(text: str, code: str) -> None:
    assert codes(check_phone(text)) == [code]


def test_every_prefix_of_2018_leads_to_one_of_today() -> None:
    assert set(PREFIXES_OF_2018.values()) <= MOBILE_PREFIXES
    assert len(set(PREFIXES_OF_2018.values())) == len(PREFIXES_OF_2018)


@given(st.sampled_from(sorted(MOBILE_PREFIXES)), st.integers(min_value=0, max_value=9_999_999))
def test_a_number_checked_again_stays(prefix: str, rest: int) -> None:
    number = f"{prefix}{rest:07d}"
    for text in (number, number[1:], f"+84{number[1:]}"):
        found = check_phone(text)
        assert isinstance(found, Phone)
        assert found.value == number


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("70", "commune", "00070"),
        ("70.0", "commune", "00070"),
        ("1", "province", "01"),
        ("7", "district", "007"),
    ],
)
def test_unit_codes_padded_with_a_note(text: str, kind: str, value: str) -> None:
    found = check_unit_code(text, kind)
    assert isinstance(found, UnitCode)
    assert (found.value, found.kind, codes(found)) == (value, kind, ["leading_zeros_restored"])


@pytest.mark.parametrize(
    ("text", "kind"), [("24", "province"), ("277", "district"), ("00070", "commune")]
)
def test_unit_codes_tell_their_kind_by_length(text: str, kind: str) -> None:
    assert check_unit_code(text) == check_unit_code(text, kind) == UnitCode(text, kind)


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("", None, "missing_unit_code"),
        ("7", None, "unit_code_length"),
        ("0070", None, "unit_code_length"),
        ("000", "district", "unit_code_length"),
        ("277", "province", "unit_code_length"),
        ("Hà Nội", None, "not_digits"),
    ],
)
def test_unit_codes_refused(text: str, kind: str | None, code: str) -> None:
    assert codes(check_unit_code(text, kind)) == [code]


def test_a_kind_without_statistical_code_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="cluster"):
        check_unit_code("01", "cluster")


@given(st.text(max_size=30))
def test_any_text_is_answered(text: str) -> None:
    for check in (
        check_personal_id,
        check_si_number,
        check_health_card,
        check_phone,
        check_unit_code,
    ):
        found = check(text)
        if not isinstance(found, Refusal):
            assert check(found.value).value == found.value  # type: ignore[union-attr]
