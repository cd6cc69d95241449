"""Agreed people as the agency's own forms, filled from what is known: nothing is typed twice (`law.md` 6).

D05-TS (voluntary insurance) and D03-TS (household card) come back through "Danh sách vào" as they are; TK1-TS
is one row a declaration, for printing on the agency's form. Official forms are Vietnamese.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from django.db import transaction
from django.db.models import Q, QuerySet

from vandong.accounts.queries.scope import Actor, Right, require
from vandong.administration.audit_trail import Subject, record
from vandong.contacts.models import Aim, Claim, ClaimState
from vandong.kernel.days import format_day
from vandong.kernel.names import clean
from vandong.kernel.numbers import format_count, format_decimal
from vandong.outreach.results.span import ground_units
from vandong.outreach.segments.exporting import ACTION, Exported, export_mark, refuse_export
from vandong.papers.returned_sheet import ReturnedSheet, returned_sheet
from vandong.registry.models import BirthPrecision, Person, Receipt

LANGUAGE = "vi"


class Form(StrEnum):
    """The forms of the agency that are filled."""

    D05 = "d05"
    D03 = "d03"
    TK1 = "tk1"


_AIMS = MappingProxyType(
    {
        Form.D05: (Aim.JOIN_SI, Aim.RENEW_SI),
        Form.D03: (Aim.JOIN_CARD, Aim.RENEW_CARD),
        Form.TK1: (Aim.JOIN_SI, Aim.JOIN_CARD),
    }
)
TITLES = MappingProxyType(
    {
        Form.D05: "Danh sách người tham gia BHXH tự nguyện (Mẫu D05-TS)",
        Form.D03: "Danh sách người chỉ tham gia BHYT (Mẫu D03-TS)",
        Form.TK1: "Tờ khai tham gia, điều chỉnh thông tin BHXH, BHYT (Mẫu TK1-TS): mỗi dòng một tờ khai",
    }
)
_HEADS = MappingProxyType(
    {
        Form.D05: [
            "STT",
            "Họ và tên",
            "Mã số BHXH",
            "Số CCCD",
            "Địa chỉ",
            "Ngày biên lai",
            "Số biên lai",
            "Mức thu nhập",
            "Số tháng",
            "Từ tháng, năm",
            "Số tiền phải đóng",
            "Người tham gia đóng",
            "Tỷ lệ NSNN hỗ trợ (%)",
            "Tiền NSNN hỗ trợ",
            "Tỷ lệ NSĐP hỗ trợ (%)",
            "Tiền NSĐP hỗ trợ",
            "Tỷ lệ hỗ trợ khác (%)",
            "Tiền hỗ trợ khác",
            "Mã NV thu",
            "Ghi chú",
        ],
        Form.D03: [
            "STT",
            "Họ và tên",
            "Mã số BHXH",
            "Ngày sinh",
            "Giới tính",
            "Số CCCD",
            "Địa chỉ",
            "Nơi đăng ký KCB",
            "Ngày biên lai",
            "Số biên lai",
            "Số tiền",
            "Tiền NSĐP hỗ trợ",
            "Tiền hỗ trợ khác",
            "Từ ngày",
            "Số tháng",
            "Mã NV thu",
            "Ghi chú",
        ],
        Form.TK1: [
            "STT",
            "Họ và tên",
            "Giới tính",
            "Ngày sinh",
            "Dân tộc",
            "Số CCCD",
            "Điện thoại",
            "Địa chỉ nhận hồ sơ",
            "Xã, phường",
            "Mã hộ gia đình",
            "Quan hệ với chủ hộ",
            "Mã số BHXH",
            "Tham gia",
            "Mức thu nhập",
            "Phương thức đóng",
            "Nơi đăng ký KCB",
            "Ghi chú",
        ],
    }
)
_SEXES = MappingProxyType({"F": "Nữ", "M": "Nam"})
_JOINS = frozenset({Aim.JOIN_SI, Aim.JOIN_CARD})


@dataclass(frozen=True, slots=True)
class _Line:
    """One person of a form: the claim, the person, the receipt where money was received."""

    claim: Claim
    person: Person
    receipt: Receipt | None


def claims_to_file(actor: Actor, form: Form, on: date) -> QuerySet[Claim]:
    """People of the actor's ground who agreed, or paid and are not accepted yet: joiners first, by name.

    Raises NotAllowed.
    """
    require(actor, Right.IMPORT_PEOPLE)
    units = ground_units(actor, on, None)
    open_ones = Q(state=ClaimState.CLAIMED) | Q(
        state=ClaimState.CONFIRMED, receipt__isnull=False, receipt__accepted_on__isnull=True
    )
    rows = Claim.objects.filter(open_ones, aim__in=_AIMS[form], person__isnull=False)
    return rows if units is None else rows.filter(unit__in=units)


@transaction.atomic
def filed_form(*, actor: Actor, form: Form, reason: str, on: date, at: datetime) -> Exported:
    """The form as an xlsx file, recorded before it exists, counted and limited as every export.

    Raises NotAllowed; Refused: export_reason_missing, export_nobody, export_too_many, export_day_full.
    """
    require(actor, Right.EXPORT_PEOPLE)
    said = clean(reason)
    lines = _lines(claims_to_file(actor, form, on))
    refuse_export(actor, said, len(lines), at)
    subject = Subject("claims", form.value, TITLES[form])
    after = {"count": len(lines), "is_whole": True, "on": on}
    event = record(actor, ACTION, subject, None, after, at, said)
    mark = export_mark(actor, event, at, LANGUAGE)
    sheet = ReturnedSheet(
        heads=[[head] for head in _HEADS[form]],
        rows=_ROWS[form](lines),
        titles=(TITLES[form], f"Ngày {format_day(on)}", mark),
        name=form.value.upper(),
        footer=mark,
    )
    return Exported(returned_sheet(sheet), event.pk, len(lines))


def _lines(claims: QuerySet[Claim]) -> list[_Line]:
    rows = claims.select_related(
        "person__unit_today", "person__household", "receipt__member", "advised_by"
    ).prefetch_related("person__phones")
    found = [_Line(one, one.person, one.receipt) for one in rows if one.person is not None]
    return sorted(found, key=lambda line: (not _is_new(line), line.person.sort_key, line.claim.pk))


def _is_new(line: _Line) -> bool:
    return line.claim.aim in _JOINS


def _grouped(
    lines: Sequence[_Line], width: int, cells: Callable[[_Line], tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    """I.1 joiners and I.2 those who go on, each numbered anew, as the forms part them."""
    number = 0
    for at, line in enumerate(lines):
        if at == 0 or _is_new(line) != _is_new(lines[at - 1]):
            title = ("I.1", "Tăng mới") if _is_new(line) else ("I.2", "Đóng tiếp, gia hạn")
            yield (*title, *[""] * (width - 2))
            number = 0
        number += 1
        yield (str(number), *cells(line))


def _d05(lines: Sequence[_Line]) -> Iterator[tuple[str, ...]]:
    def cells(line: _Line) -> tuple[str, ...]:
        person, paid = line.person, line.receipt
        return (
            *(person.full_name, person.si_number, person.personal_id, _place(person)),
            *_receipt(paid),
            *(_amount(paid, "income_amount"), _months(paid), _month(paid)),
            *(_amount(paid, "total_amount"), _amount(paid, "participant_amount")),
            *_share(paid, "state_amount"),
            *_share(paid, "local_amount"),
            *_share(paid, "other_amount"),
            *(_collector(line), _note(line)),
        )

    return _grouped(lines, len(_HEADS[Form.D05]), cells)


def _d03(lines: Sequence[_Line]) -> Iterator[tuple[str, ...]]:
    def cells(line: _Line) -> tuple[str, ...]:
        person, paid = line.person, line.receipt
        return (
            *(person.full_name, person.si_number, _birth(person), _SEXES.get(person.sex, "")),
            *(person.personal_id, _place(person), ""),
            *_receipt(paid),
            *(_amount(paid, "participant_amount"), _share(paid, "local_amount")[1]),
            *(_share(paid, "other_amount")[1], format_day(paid.covered_from) if paid else ""),
            *(_months(paid), _collector(line), _note(line)),
        )

    return _grouped(lines, len(_HEADS[Form.D03]), cells)


def _tk1(lines: Sequence[_Line]) -> Iterator[tuple[str, ...]]:
    for number, line in enumerate(lines, start=1):
        person, paid = line.person, line.receipt
        yield (
            *(str(number), person.full_name, _SEXES.get(person.sex, ""), _birth(person)),
            *(person.ethnicity, person.personal_id, _phone(person), person.address),
            person.unit_today.name if person.unit_today else "",
            person.household.code if person.household else "",
            *(person.get_relation_display() if person.relation else "", person.si_number),
            str(Aim(line.claim.aim).label),
            *(_amount(paid, "income_amount"), paid.method if paid else ""),
            *("", _note(line)),
        )


_ROWS = MappingProxyType({Form.D05: _d05, Form.D03: _d03, Form.TK1: _tk1})


def _receipt(paid: Receipt | None) -> tuple[str, str]:
    return (format_day(paid.collected_on), paid.number) if paid else ("", "")


def _amount(paid: Receipt | None, name: str) -> str:
    value = getattr(paid, name) if paid else None
    return "" if value is None else format_count(value)


def _share(paid: Receipt | None, name: str) -> tuple[str, str]:
    """Per cent of the whole, and đồng; nothing where nobody bears a part."""
    amount = getattr(paid, name) if paid else 0
    if not paid or not amount or not paid.total_amount:
        return "", ""
    return format_decimal(Fraction(amount * 100, paid.total_amount), 2), format_count(amount)


def _months(paid: Receipt | None) -> str:
    if paid is None:
        return ""
    first, until = paid.covered_from, paid.covered_until
    return str((until.year - first.year) * 12 + until.month - first.month)


def _month(paid: Receipt | None) -> str:
    return f"{paid.covered_from:%m/%Y}" if paid else ""


def _collector(line: _Line) -> str:
    member = (line.receipt.member if line.receipt else None) or line.claim.advised_by
    return member.staff_code if member else ""


def _place(person: Person) -> str:
    unit = person.unit_today.name if person.unit_today else ""
    return ", ".join(part for part in (person.address, unit) if part)


def _birth(person: Person) -> str:
    if person.birth_on is None:
        return ""
    if person.birth_precision == BirthPrecision.YEAR:
        return str(person.birth_on.year)
    return format_day(person.birth_on)


def _phone(person: Person) -> str:
    phones = sorted(person.phones.all(), key=lambda one: one.rank)
    return phones[0].number if phones else ""


def _note(line: _Line) -> str:
    """What the forms ask for in their last column: way of the file, phone, day of birth."""
    parts = ["Phương thức: " + ("Tăng mới" if _is_new(line) else "Đóng tiếp")]
    if phone := _phone(line.person):
        parts.append(f"SĐT {phone}")
    if birth := _birth(line.person):
        parts.append(f"Ngày sinh {birth}")
    if line.receipt is None:
        parts.append("chưa thu tiền")
    return "; ".join(parts)
