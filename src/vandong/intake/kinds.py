"""The kinds of lists that come in: what each is about and what a list of it must tell.

Sources: `interface.md` (Lists and people), official forms D03-TS, D05-TS and Mẫu 4 (`law.md` 6), lists that
officers work from (`domain.md` 2.C). How columns are recognised: `heads`; forms of the cells: `checking`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class ListKind(StrEnum):
    """What a list is about. The last three are our own files of a whole register."""

    BHYT_HGD = "bhyt_hgd"
    BHXH_TN = "bhxh_tn"
    D03 = "d03"
    D05 = "d05"
    MAU4 = "mau4"
    ENDED_CONTRACTS = "ended_contracts"
    BUSINESS_HOUSEHOLDS = "business_households"
    PROSPECTS = "prospects"
    POOR = "poor"
    NEAR_POOR = "near_poor"
    AVERAGE_LIVING = "average_living"
    STUDENTS = "students"
    SOCIAL_PENSION = "social_pension"
    RETURNED = "returned"
    PERSONS = "persons"
    PARTICIPATION = "participation"
    RECEIPTS = "receipts"


class ListField(StrEnum):
    """What a column can carry.

    `covered_through`: last day of validity (“đến ngày”, “hạn thẻ”), inclusive as cards print it;
    `covered_until`: first day no longer covered, as our own files write it. `from_month` with `month_count`
    tells the months paid for. `ended_through`: last day of a contract. `skip`: known, holds nothing we keep.
    """

    FULL_NAME = "full_name"
    BIRTH = "birth"
    BIRTH_MALE = "birth_male"
    BIRTH_FEMALE = "birth_female"
    SEX = "sex"
    IS_FEMALE = "is_female"
    PERSONAL_ID = "personal_id"
    SI_NUMBER = "si_number"
    CARD_NUMBER = "card_number"
    PHONE = "phone"
    ADDRESS = "address"
    CLUSTER = "cluster"
    UNIT = "unit"
    UNIT_CODE = "unit_code"
    DISTRICT = "district"
    PROVINCE = "province"
    ETHNICITY = "ethnicity"
    OCCUPATION = "occupation"
    HOUSEHOLD_CODE = "household_code"
    RELATION = "relation"
    HOUSEHOLD_ORDER = "household_order"
    MEMBER_CODE = "member_code"
    ORGANISATION_CODE = "organisation_code"
    CHANNEL = "channel"
    SCHEME = "scheme"
    COVERED_FROM = "covered_from"
    COVERED_THROUGH = "covered_through"
    COVERED_UNTIL = "covered_until"
    FROM_MONTH = "from_month"
    MONTH_COUNT = "month_count"
    METHOD = "method"
    INCOME_AMOUNT = "income_amount"
    SUPPORT_GROUP = "support_group"
    ENDED_ON = "ended_on"
    ENDED_THROUGH = "ended_through"
    END_REASON = "end_reason"
    DIED_ON = "died_on"
    MOVED_OUT_ON = "moved_out_on"
    LISTED_FROM = "listed_from"
    LISTED_UNTIL = "listed_until"
    RETURNED_ON = "returned_on"
    RETURN_REASON = "return_reason"
    RECEIPT_BOOK = "receipt_book"
    RECEIPT_NUMBER = "receipt_number"
    COLLECTED_ON = "collected_on"
    REMITTED_ON = "remitted_on"
    ACCEPTED_ON = "accepted_on"
    TOTAL_AMOUNT = "total_amount"
    PARTICIPANT_AMOUNT = "participant_amount"
    STATE_AMOUNT = "state_amount"
    LOCAL_AMOUNT = "local_amount"
    OTHER_AMOUNT = "other_amount"
    EST_NAME = "est_name"
    EST_TAX_CODE = "est_tax_code"
    EST_TRADE = "est_trade"
    EST_TAX_METHOD = "est_tax_method"
    EST_WORKER_COUNT = "est_worker_count"
    PERSON_REF = "person_ref"
    HOUSEHOLD_REF = "household_ref"
    TRUTH = "truth"
    SKIP = "skip"


FIELD_TITLES: Mapping[ListField, str] = MappingProxyType(
    {
        ListField.FULL_NAME: "Họ và tên",
        ListField.BIRTH: "Ngày sinh",
        ListField.BIRTH_MALE: "Ngày sinh (cột nam)",
        ListField.BIRTH_FEMALE: "Ngày sinh (cột nữ)",
        ListField.SEX: "Giới tính",
        ListField.IS_FEMALE: "Nữ (đánh dấu)",
        ListField.PERSONAL_ID: "Số định danh (CCCD)",
        ListField.SI_NUMBER: "Mã số BHXH",
        ListField.CARD_NUMBER: "Số thẻ BHYT",
        ListField.PHONE: "Điện thoại",
        ListField.ADDRESS: "Địa chỉ",
        ListField.CLUSTER: "Thôn, tổ dân phố",
        ListField.UNIT: "Xã, phường",
        ListField.UNIT_CODE: "Mã xã, phường",
        ListField.DISTRICT: "Quận, huyện (cũ)",
        ListField.PROVINCE: "Tỉnh, thành phố",
        ListField.ETHNICITY: "Dân tộc",
        ListField.OCCUPATION: "Nghề nghiệp",
        ListField.HOUSEHOLD_CODE: "Mã hộ",
        ListField.RELATION: "Quan hệ với chủ hộ",
        ListField.HOUSEHOLD_ORDER: "Thứ tự trong hộ",
        ListField.MEMBER_CODE: "Mã nhân viên thu",
        ListField.ORGANISATION_CODE: "Mã điểm thu",
        ListField.CHANNEL: "Kênh",
        ListField.SCHEME: "Loại hình",
        ListField.COVERED_FROM: "Từ ngày",
        ListField.COVERED_THROUGH: "Đến hết ngày (hạn thẻ)",
        ListField.COVERED_UNTIL: "Đến trước ngày",
        ListField.FROM_MONTH: "Từ tháng",
        ListField.MONTH_COUNT: "Số tháng",
        ListField.METHOD: "Phương thức đóng",
        ListField.INCOME_AMOUNT: "Mức thu nhập",
        ListField.SUPPORT_GROUP: "Đối tượng hỗ trợ",
        ListField.ENDED_ON: "Kết thúc từ ngày",
        ListField.ENDED_THROUGH: "Ngày cuối của hợp đồng",
        ListField.END_REASON: "Lý do kết thúc",
        ListField.DIED_ON: "Ngày mất",
        ListField.MOVED_OUT_ON: "Ngày chuyển đi",
        ListField.LISTED_FROM: "Thuộc diện từ ngày",
        ListField.LISTED_UNTIL: "Thuộc diện đến trước ngày",
        ListField.RETURNED_ON: "Ngày trả lại",
        ListField.RETURN_REASON: "Lý do trả lại",
        ListField.RECEIPT_BOOK: "Quyển biên lai",
        ListField.RECEIPT_NUMBER: "Số biên lai",
        ListField.COLLECTED_ON: "Ngày biên lai",
        ListField.REMITTED_ON: "Ngày nộp cơ quan BHXH",
        ListField.ACCEPTED_ON: "Ngày cơ quan BHXH tiếp nhận",
        ListField.TOTAL_AMOUNT: "Số tiền phải đóng",
        ListField.PARTICIPANT_AMOUNT: "Người tham gia đóng",
        ListField.STATE_AMOUNT: "Nhà nước hỗ trợ",
        ListField.LOCAL_AMOUNT: "Địa phương hỗ trợ",
        ListField.OTHER_AMOUNT: "Hỗ trợ khác",
        ListField.EST_NAME: "Tên hộ kinh doanh",
        ListField.EST_TAX_CODE: "Mã số thuế",
        ListField.EST_TRADE: "Ngành nghề kinh doanh",
        ListField.EST_TAX_METHOD: "Phương pháp nộp thuế",
        ListField.EST_WORKER_COUNT: "Số lao động",
        ListField.PERSON_REF: "Mã người trong tệp",
        ListField.HOUSEHOLD_REF: "Mã hộ trong tệp",
        ListField.TRUTH: "Người thật (để đo)",
        ListField.SKIP: "Không dùng",
    }
)
"""How a field is called on the mapping page (Vietnamese)."""

Needed = tuple[frozenset[ListField], ...]
"""One of these sets of columns must be there."""


def _one_of(*choices: tuple[ListField, ...]) -> Needed:
    return tuple(frozenset(choice) for choice in choices)


_NAME = _one_of((ListField.FULL_NAME,))
_END_OF_COVER = _one_of(
    (ListField.COVERED_THROUGH,),
    (ListField.COVERED_UNTIL,),
    (ListField.COVERED_FROM, ListField.MONTH_COUNT),
    (ListField.FROM_MONTH, ListField.MONTH_COUNT),
)
_MONTHS_PAID = _one_of(
    (ListField.FROM_MONTH, ListField.MONTH_COUNT),
    (ListField.COVERED_FROM, ListField.COVERED_UNTIL),
    (ListField.COVERED_FROM, ListField.COVERED_THROUGH),
    (ListField.COVERED_FROM, ListField.MONTH_COUNT),
)
_LAST_DAY = _one_of((ListField.ENDED_THROUGH,), (ListField.ENDED_ON,))
_PERSON_REF = _one_of((ListField.PERSON_REF,))
_REASON = _one_of((ListField.RETURN_REASON,))
_SCHEME = _one_of((ListField.SCHEME,))
_STARTS = _one_of((ListField.COVERED_FROM,))
_RECEIPT = (
    _one_of((ListField.COLLECTED_ON,)),
    _one_of((ListField.TOTAL_AMOUNT,), (ListField.PARTICIPANT_AMOUNT,)),
)


@dataclass(frozen=True, slots=True)
class KindFacts:
    """`scheme`: what the spells of the list are in; `group`: the official list a person on it stands on.
    `needed`: of each, one set of columns must be there. `is_of_people`: rows name persons, not only refer to
    them by a key; `tells_people`: what they say of them is taken over."""

    title: str
    needed: tuple[Needed, ...]
    scheme: str = ""
    group: str = ""
    is_of_people: bool = True
    tells_people: bool = True


KINDS: Mapping[ListKind, KindFacts] = MappingProxyType(
    {
        ListKind.BHYT_HGD: KindFacts("BHYT hộ gia đình", (_NAME, _END_OF_COVER), "bhyt_hgd"),
        ListKind.BHXH_TN: KindFacts("BHXH tự nguyện", (_NAME, _MONTHS_PAID), "bhxh_tn"),
        ListKind.D03: KindFacts("Mẫu D03-TS (BHYT)", (_NAME, _END_OF_COVER), "bhyt_hgd"),
        ListKind.D05: KindFacts("Mẫu D05-TS (BHXH tự nguyện)", (_NAME, _MONTHS_PAID), "bhxh_tn"),
        ListKind.MAU4: KindFacts("Mẫu 4 (danh sách hộ tham gia BHYT)", (_NAME,), "bhyt_hgd"),
        ListKind.ENDED_CONTRACTS: KindFacts(
            "Lao động chấm dứt hợp đồng", (_NAME, _LAST_DAY), "bhxh_bb"
        ),
        ListKind.BUSINESS_HOUSEHOLDS: KindFacts("Hộ kinh doanh", (_NAME,)),
        ListKind.PROSPECTS: KindFacts("Người cần vận động", (_NAME,)),
        ListKind.POOR: KindFacts("Hộ nghèo", (_NAME,), group="poor"),
        ListKind.NEAR_POOR: KindFacts("Hộ cận nghèo", (_NAME,), group="near_poor"),
        ListKind.AVERAGE_LIVING: KindFacts(
            "Hộ nông, lâm, ngư nghiệp có mức sống trung bình", (_NAME,), group="average_living"
        ),
        ListKind.STUDENTS: KindFacts("Học sinh, sinh viên", (_NAME,), group="student"),
        ListKind.SOCIAL_PENSION: KindFacts(
            "Hưởng trợ cấp hưu trí xã hội", (_NAME,), group="social_pension"
        ),
        ListKind.RETURNED: KindFacts(
            "Hồ sơ cơ quan BHXH trả lại", (_NAME, _REASON), tells_people=False
        ),
        ListKind.PERSONS: KindFacts("Người dân (tệp của hệ thống)", (_NAME, _PERSON_REF)),
        ListKind.PARTICIPATION: KindFacts(
            "Quá trình tham gia (tệp của hệ thống)",
            (_PERSON_REF, _SCHEME, _STARTS),
            is_of_people=False,
        ),
        ListKind.RECEIPTS: KindFacts(
            "Biên lai (tệp của hệ thống)",
            (_PERSON_REF, _SCHEME, _STARTS, *_RECEIPT),
            is_of_people=False,
        ),
    }
)
"""Facts of each kind, in the order in which they are offered."""


def kind_title(kind: ListKind) -> str:
    """How the kind is called on pages (Vietnamese)."""
    return KINDS[kind].title
