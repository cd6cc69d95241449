"""How offices head the columns of their lists (`law.md` 6; the made-up lists; our own files)."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from vandong.intake.kinds import ListField, ListKind
from vandong.kernel.names import fold

_F = ListField
HEADS: Mapping[ListField, str] = MappingProxyType(
    {
        _F.FULL_NAME: "full_name|họ và tên|họ tên|họ, tên|họ và tên người tham gia|tên người tham gia|họ tên người tham gia"
        "|họ và tên thành viên|hoten|họ và tên chủ hộ kinh doanh|chủ hộ kinh doanh|tên chủ hộ kinh doanh"
        "|người đại diện|họ và tên người đại diện|họ và tên học sinh|họ và tên học sinh, sinh viên"
        "|họ và tên người lao động|họ tên đệm và tên|họ và tên đối tượng|đại diện hộ kinh doanh",
        _F.BIRTH: "birth_on|ngày sinh|ngày, tháng, năm sinh|ngày tháng năm sinh|năm sinh|sinh ngày|ngaysinh|ns"
        "|ngày/tháng/năm sinh|ngày sinh (dd/mm/yyyy)",
        _F.BIRTH_MALE: "ngày sinh / nam|năm sinh / nam|ngày, tháng, năm sinh / nam|ngày tháng năm sinh / nam",
        _F.BIRTH_FEMALE: "ngày sinh / nữ|năm sinh / nữ|ngày, tháng, năm sinh / nữ|ngày tháng năm sinh / nữ",
        _F.SEX: "sex|giới tính|giới|gioitinh|phái|nam/nữ|nam, nữ|giới tính (nam/nữ)",
        _F.IS_FEMALE: "nữ|giới tính nữ|giới tính (nữ: x)",
        _F.PERSONAL_ID: "personal_id|số cccd|cccd|số định danh cá nhân|số định danh|mã định danh|căn cước|số căn cước"
        "|căn cước công dân|số căn cước công dân|cccd/cmnd|cmnd/cccd|số cccd/cmnd|số cmnd/cccd|số cmnd|cmnd"
        "|số đdcn/cccd|số đdcn/cccd/cmnd|đdcn|số đdcn|ccns|định danh cá nhân|số cmnd/cccd/định danh"
        "|số định danh cá nhân/cccd|số định danh cá nhân/căn cước|số đdcn/cccd/cmnd/hộ chiếu|số cccd/định danh"
        "|mã định danh cá nhân|số định danh cá nhân/cmnd/hộ chiếu",
        _F.SI_NUMBER: "si_number|mã số bhxh|mã bhxh|số sổ bhxh|số bhxh|masobhxh|mã số bảo hiểm xã hội|số sổ|mst bhxh"
        "|mã số bhxh/bhyt|sổ bhxh|mã số",
        _F.CARD_NUMBER: "card_number|số thẻ bhyt|mã thẻ bhyt|số thẻ|mã thẻ|mã bhyt|mã số thẻ bhyt|sothebhyt|mã số bhyt"
        "|số thẻ bảo hiểm y tế|thẻ bhyt|mã số thẻ",
        _F.PHONE: "phone|điện thoại|số điện thoại|sđt|đt|điện thoại liên hệ|số điện thoại liên hệ|di động"
        "|số di động|đtdđ|sdt|số đt|điện thoại di động",
        _F.ADDRESS: "address|địa chỉ|địa chỉ thường trú|địa chỉ liên hệ|nơi ở|nơi cư trú|địa chỉ nơi ở"
        "|địa chỉ kinh doanh|địa điểm kinh doanh|địa chỉ cư trú|hộ khẩu thường trú|nơi thường trú|chỗ ở hiện tại"
        "|nơi ở hiện tại|địa chỉ nhận hồ sơ|địa chỉ hộ|địa chỉ trụ sở",
        _F.CLUSTER: "cluster|thôn, tổ dân phố|thôn|tổ dân phố|thôn/tổ dân phố|thôn, tổ|tổ|khu phố|ấp|bản"
        "|thôn/xóm|xóm|thôn (xóm)|khóm|buôn|thôn, bản|tổ/thôn|thôn/bản|thôn, xóm|tdp|thôn/tdp",
        _F.UNIT: "unit|xã, phường|xã/phường|phường/xã|phường, xã|xã|phường|xã phường|tên xã|đơn vị xã|địa bàn"
        "|xã, phường, đặc khu|xã/phường/đặc khu|xã, phường, thị trấn|xã/phường/thị trấn|tên xã, phường",
        _F.UNIT_CODE: "mã xã|maxa|mã xã, phường|mã đơn vị hành chính|mã đvhc|mã phường, xã|mã xã/phường"
        "|maxa_dangss|ma_xa",
        _F.DISTRICT: "huyện, quận|quận, huyện|quận/huyện|huyện|quận|huyện/quận|huyện, thị xã|tên huyện",
        _F.PROVINCE: "tỉnh, thành phố|tỉnh/thành phố|tỉnh|tỉnh/tp|tỉnh thành|thành phố|tên tỉnh|tỉnh, tp",
        _F.ETHNICITY: "ethnicity|dân tộc|dân tộc thiểu số",
        _F.OCCUPATION: "occupation|nghề nghiệp|công việc|nghề|việc làm|nghề nghiệp hiện tại",
        _F.HOUSEHOLD_CODE: "mã hộ|mã hộ gia đình|số hộ|mahogd|mã hộ gđ|số sổ hộ|mã số hộ|mã hộ gia đình (bhyt)"
        "|số hộ khẩu|mã hộ nghèo|mã hộ cận nghèo|mã hộ dân",
        _F.RELATION: "relation|quan hệ với chủ hộ|mối quan hệ với chủ hộ|quan hệ chủ hộ|mối quan hệ|quan hệ"
        "|mqh với chủ hộ|mqhchuho|mqh chủ hộ|mối quan hệ chủ hộ|quan hệ với chủ hộ gia đình",
        _F.HOUSEHOLD_ORDER: "household_order|member_order|thứ tự trong hộ|người thứ|thứ tự thành viên"
        "|thứ tự tham gia|stt trong hộ",
        _F.MEMBER_CODE: "collector|mã nv thu|mã nhân viên thu|nhân viên thu|manvthu|mã nhân viên|mã nv"
        "|mã số nhân viên thu",
        _F.ORGANISATION_CODE: "organisation|mã điểm thu|điểm thu|mã tổ chức dịch vụ thu|mã đơn vị thu"
        "|mã đại lý|mã đại lý thu|tổ chức dịch vụ thu",
        _F.CHANNEL: "channel|kênh|kênh tham gia|kênh thu",
        _F.SCHEME: "scheme|loại hình|loại bảo hiểm|loại hình tham gia|loại bh",
        _F.COVERED_FROM: "covered_from|valid_from|từ ngày|giá trị từ|giá trị thẻ từ ngày|hạn thẻ từ|hạn thẻ từ ngày"
        "|ngày bắt đầu|thời hạn từ|thời hạn thẻ từ ngày|tungay|có giá trị từ|giá trị sử dụng từ|thời hạn / từ"
        "|thời hạn sử dụng / từ ngày|giá trị sử dụng từ ngày|hạn sử dụng / từ ngày|giá trị thẻ / từ ngày"
        "|giá trị thẻ / từ|hạn thẻ / từ",
        _F.COVERED_THROUGH: "đến ngày|giá trị đến|giá trị thẻ đến ngày|hạn thẻ đến|hạn thẻ đến ngày|hạn thẻ"
        "|hạn sử dụng|ngày hết hạn|hạn sử dụng thẻ|ngày hết hạn thẻ|thời hạn đến|denngay|thời hạn / đến|hạn sd"
        "|thời hạn thẻ đến ngày|có giá trị đến|giá trị sử dụng đến|giá trị sử dụng đến ngày|giá trị thẻ / đến"
        "|hạn thẻ bhyt|giá trị thẻ / đến ngày|hạn thẻ / đến",
        _F.COVERED_UNTIL: "covered_until|valid_until",
        _F.FROM_MONTH: "từ tháng|từ tháng, năm|từ tháng/năm|tuthang|đóng từ tháng|từ tháng năm|tháng bắt đầu"
        "|thời gian đóng / từ tháng|đóng từ tháng, năm|tham gia từ tháng",
        _F.MONTH_COUNT: "months|số tháng|số tháng đóng|sothang|số tháng tham gia|số tháng mua|thời hạn (tháng)"
        "|thời gian đóng / số tháng|số tháng đóng bhyt",
        _F.METHOD: "method|phương thức|phương thức đóng|phuongthuc|hình thức đóng|kỳ đóng|chu kỳ đóng"
        "|phương thức đóng (tháng)",
        _F.INCOME_AMOUNT: "income_amount|mức thu nhập|mức thu nhập tháng|thu nhập|muctien|mức thu nhập lựa chọn"
        "|mức thu nhập đóng|mức đóng|mức tiền đóng|thu nhập làm căn cứ đóng|mức thu nhập làm căn cứ đóng"
        "|mức thu nhập chọn đóng|mức tn",
        _F.SUPPORT_GROUP: "support_group|đối tượng|nhóm đối tượng|đối tượng hỗ trợ|diện hỗ trợ|loại đối tượng",
        _F.ENDED_THROUGH: "ngày kết thúc hợp đồng|ngày chấm dứt hợp đồng|ngày kết thúc|ngày nghỉ việc"
        "|ngày hết hạn hợp đồng|ngày chấm dứt hđlđ|ngày kết thúc hđlđ|ngày chấm dứt|nghỉ việc từ ngày"
        "|ngày làm việc cuối cùng|tháng dừng đóng",
        _F.ENDED_ON: "ended_on",
        _F.END_REASON: "ended_because|end_reason|lý do|lý do giảm|lý do nghỉ|lý do dừng|nguyên nhân",
        _F.DIED_ON: "died_on|ngày chết|ngaychet|ngày mất",
        _F.MOVED_OUT_ON: "moved_out_on|ngày chuyển đi",
        _F.LISTED_FROM: "listed_from|hưởng từ ngày|hưởng từ tháng|ngày công nhận|công nhận từ ngày|áp dụng từ"
        "|hưởng từ|ngày hưởng|thời điểm hưởng",
        _F.LISTED_UNTIL: "listed_until",
        _F.RECEIPT_BOOK: "book|quyển|quyển số|số quyển|ký hiệu biên lai|ký hiệu|quyển biên lai",
        _F.RECEIPT_NUMBER: "number|số biên lai|số bl|sobienlai|biên lai / số|biên lai số|biên lai thu tiền / số"
        "|biên lai thu / số",
        _F.COLLECTED_ON: "paid_on|ngày biên lai|ngày bl|ngaybienlai|biên lai / ngày|ngày thu|ngày đóng"
        "|ngày nộp tiền|ngày lập biên lai|biên lai thu tiền / ngày|biên lai thu / ngày|ngày nộp",
        _F.REMITTED_ON: "remitted_on|ngày nộp cơ quan bhxh|ngày chuyển tiền",
        _F.ACCEPTED_ON: "accepted_on|ngày tiếp nhận|ngày duyệt",
        _F.TOTAL_AMOUNT: "gross_amount|total_amount|số tiền phải đóng|tổng số tiền|tổng tiền|tongtien|số tiền"
        "|tiendong|số phải đóng|tổng số tiền đóng|số tiền đóng bhyt|thành tiền|tổng số tiền phải đóng",
        _F.PARTICIPANT_AMOUNT: "pay_amount|người tham gia đóng|ntg đóng|số tiền ntg đóng|tientudong|thực đóng"
        "|người tham gia|số tiền người tham gia đóng|số tiền đã đóng|số tiền thực đóng|số tiền đóng"
        "|số tiền đã nộp|số tiền thu",
        _F.STATE_AMOUNT: "state_support_amount|nhà nước hỗ trợ|nsnn hỗ trợ|tienhotro|tiền nsnn|nsnn|nsnn / tiền"
        "|ngân sách nhà nước hỗ trợ|ngân sách nhà nước|nsnn (tiền)|số tiền nsnn hỗ trợ|tiền nsnn hỗ trợ"
        "|ngân sách trung ương|nstw|nstw hỗ trợ",
        _F.LOCAL_AMOUNT: "local_support_amount|địa phương hỗ trợ|nsđp hỗ trợ|tiennsdp|tiền nsđp|nsđp|nsđp / tiền"
        "|ngân sách địa phương hỗ trợ|ngân sách địa phương|số tiền nsđp hỗ trợ|tiền nsđp hỗ trợ",
        _F.OTHER_AMOUNT: "other_amount|hỗ trợ khác|tienhotrokhac|nguồn khác|khác hỗ trợ|hotrokhac|tiền hỗ trợ khác"
        "|khác / tiền|nguồn khác hỗ trợ",
        _F.EST_NAME: "tên hộ kinh doanh|hộ kinh doanh|tên cơ sở|tên cơ sở kinh doanh|tên hkd|tên đơn vị"
        "|tên cửa hàng|biển hiệu",
        _F.EST_TAX_CODE: "mã số thuế|mst|mã số thuế hộ kinh doanh|masothue|mã số hộ kinh doanh",
        _F.EST_TRADE: "ngành nghề|ngành nghề kinh doanh|ngành, nghề kinh doanh|lĩnh vực|ngành kinh doanh",
        _F.EST_TAX_METHOD: "phương pháp nộp thuế|phương pháp tính thuế|hình thức nộp thuế|pp nộp thuế",
        _F.EST_WORKER_COUNT: "số lao động|số lao động sử dụng|lao động|số người lao động|số lđ",
        _F.PERSON_REF: "person_id",
        _F.HOUSEHOLD_REF: "household_id",
        _F.TRUTH: "truth_person",
        _F.SKIP: "stt|số tt|tt|ghi chú|ghichu|nơi kcb|nơi đăng ký kcb|nơi đăng ký kcb ban đầu|lương cơ sở|luongcoso"
        "|mức lương cơ sở|hệ số|heso|tỷ lệ|tyle|tylensnn|tylensdp|tỷ lệ nsnn|tỷ lệ nsđp|% nsnn|% nsđp|%nsnn|%nsđp"
        "|thẻ điện tử|thẻ giấy|phương án|pa|id|loai|mavungss|muchuong|mức hưởng|mabenhvien|matinhbenhvien|made_up"
        "|truth_faults|phone_shared|phone_dead|card_group|unit_before_2025_07|spell_id|entry|receipt_id|kind|state"
        "|months_supported_before|đơn vị cũ|số tháng đã đóng|quốc tịch|email|kiểu ngày sinh|nơi khai sinh|trường"
        "|lớp|tên trường|mã trường|chức vụ|tên đơn vị cũ|matinh|mahuyen|mã tỉnh|mã huyện|maphongban|cogiamchet"
        "|nsnn / tỷ lệ|nsđp / tỷ lệ|khác / tỷ lệ|nsnn / %|nsđp / %|khác / %|tylehotrokhac|hình thức nhận thẻ|ký nhận",
    }
)
"""Heads of each field, parted by |; merged heads as “A / B”. Compared without case, diacritics and signs."""

BY_KIND: Mapping[ListKind, Mapping[str, ListField]] = MappingProxyType(
    {
        ListKind.BUSINESS_HOUSEHOLDS: {"họ tên": _F.FULL_NAME, "chủ hộ": _F.FULL_NAME},
        ListKind.POOR: {"chủ hộ": _F.FULL_NAME, "họ và tên chủ hộ": _F.FULL_NAME, "số hộ": _F.SKIP},
        ListKind.NEAR_POOR: {"chủ hộ": _F.FULL_NAME, "họ và tên chủ hộ": _F.FULL_NAME},
        ListKind.AVERAGE_LIVING: {"chủ hộ": _F.FULL_NAME, "họ và tên chủ hộ": _F.FULL_NAME},
        ListKind.SOCIAL_PENSION: {
            "mức đóng": _F.SKIP,
            "mức hưởng": _F.SKIP,
            "từ tháng": _F.LISTED_FROM,
        },
        ListKind.PROSPECTS: {"chủ hộ": _F.SKIP, "mức đóng": _F.SKIP},
        ListKind.ENDED_CONTRACTS: {
            "tên đơn vị": _F.SKIP,
            "đơn vị": _F.SKIP,
            "đến ngày": _F.ENDED_THROUGH,
            "số tháng": _F.SKIP,
        },
        ListKind.BHYT_HGD: {"đối tượng": _F.SKIP},
        ListKind.D03: {"từ tháng": _F.FROM_MONTH, "đối tượng": _F.SKIP},
        ListKind.D05: {"địa chỉ": _F.ADDRESS},
        ListKind.MAU4: {"mã số": _F.CARD_NUMBER, "mã số bhxh": _F.CARD_NUMBER},
    }
)
"""What a head means in one kind of list and not in others."""

RULES: tuple[tuple[re.Pattern[str], ListField], ...] = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"(ty le|%|phan tram)", _F.SKIP),
        (r"(nsdp|dia phuong).*(tien|dong)|tien.*(nsdp|dia phuong)", _F.LOCAL_AMOUNT),
        (r"(nsnn|nstw|ngan sach|nha nuoc).*(tien|dong)|tien.*(nsnn|nha nuoc)", _F.STATE_AMOUNT),
        (r"(khac|to chuc, ca nhan).*(tien|dong)|tien.*ho tro khac", _F.OTHER_AMOUNT),
        (r"(ntg|nguoi tham gia).*(dong|tien)", _F.PARTICIPANT_AMOUNT),
        (r"bien lai.*ngay|ngay.*bien lai", _F.COLLECTED_ON),
        (r"bien lai.*so\b|so\b.*bien lai", _F.RECEIPT_NUMBER),
        (r"(han|gia tri|thoi han).*den", _F.COVERED_THROUGH),
        (r"(han|gia tri|thoi han).*tu", _F.COVERED_FROM),
        (r"^ho (va )?ten\b", _F.FULL_NAME),
        (r"\b(cccd|can cuoc|dinh danh)\b", _F.PERSONAL_ID),
        (r"dien thoai|\bsdt\b", _F.PHONE),
        (r"quan he.*chu ho", _F.RELATION),
        (r"ma so bhxh", _F.SI_NUMBER),
        (r"the bhyt", _F.CARD_NUMBER),
        (r"(ngay|nam).*sinh", _F.BIRTH),
    )
)
"""Heads that say more than the usual words, looked at last; text folded, levels parted by “ / ”."""

_COMPACT = re.compile(r"[^a-z0-9%]+")
_NUMBERED = re.compile(
    r"^\s*(?:\(?(?:[A-ZĐ]|[0-9]{1,2}(?:\.[0-9]{1,2})?)\)|[0-9]{1,2}(?:\.[0-9]{1,2})*\.)\s+"
)
_EXPLAINED = re.compile(r"\s*\((?![^)]*[%])[^)]*\)\s*$")
EXACT, LOWEST, LIKELY = 0, 1, 2
"""How surely a head tells its field: by all its levels, by its lowest, by words in it."""


def compact(head: str) -> str:
    """A head as it is compared: “Họ và tên” = “HỌ VÀ TÊN:” = “ho_va_ten”."""
    return _COMPACT.sub("", fold(head))


@cache
def _known(kind: ListKind) -> Mapping[str, ListField]:
    words = {compact(head): field for field, heads in HEADS.items() for head in heads.split("|")}
    own = {compact(head): field for head, field in BY_KIND.get(kind, {}).items()}
    return MappingProxyType(words | own)


def field_of(kind: ListKind, head: str) -> tuple[ListField | None, int]:
    """What a column headed so carries in a list of this kind (None: not known), and how surely."""
    if not head.strip():
        return None, LIKELY
    known = _known(kind)
    levels = [_NUMBERED.sub("", level) for level in head.split(" / ")]
    for written in (head, " / ".join(levels), _EXPLAINED.sub("", " / ".join(levels))):
        if field := known.get(compact(written)):
            return field, EXACT
    folded = fold(head).replace("_", " ")
    for pattern, field in RULES[:4] if len(levels) > 1 else ():
        if pattern.search(folded):
            return field, LIKELY
    for written in (levels[-1], _EXPLAINED.sub("", levels[-1])):
        if field := known.get(compact(written)):
            return field, LOWEST if len(levels) > 1 else EXACT
    return next(
        ((field, LIKELY) for pattern, field in RULES if pattern.search(folded)), (None, LIKELY)
    )
