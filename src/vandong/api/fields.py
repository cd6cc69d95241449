"""The fields of the questions: what OpenAPI says of them. Their reading is in `advice.asking`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a question: name, what it means, an example; `several` may be given more than once."""

    name: str
    meaning: str
    example: str
    needed: bool = False
    several: bool = False


ON = Field("on", "Ngày tính. / The day reckoned with.", "2026-11-22", needed=True)
SEX = Field("sex", "F (nữ), M (nam). / F (woman), M (man).", "F", needed=True)
BIRTH = Field("birth", "Ngày, tháng hoặc năm sinh. / Day, month or year of birth.", "1971-05")
SEGMENTS = Field(
    "segments",
    "Tháng đã đóng và thu nhập. / Months paid, each stretch with its income.",
    "2016-01..2025-12:3000000,missing:60:5000000",
)
AVERAGE = Field(
    "average", "Mức bình quân, thay cho segments. / The average, instead of segments.", "10000000"
)

CONTRIBUTION = (
    Field(
        "income",
        "Thu nhập chọn, đồng một tháng. / Chosen income a month.",
        "1500000",
        needed=True,
    ),
    Field("method", "1, 3, 6, 12, ahead:2..5, missing:1..60", "12", needed=True),
    ON,
    Field("group", "poor, near_poor, ethnic_minority, island, other", "other", several=True),
    Field("from", "Tháng đầu được đóng. / First month covered.", "2026-11"),
    Field("months_supported", "Số tháng đã hỗ trợ. / Months supported before.", "0"),
    Field(
        "local_rate",
        "Địa phương hỗ trợ, phần của mức đóng theo chuẩn nghèo. "
        "/ Local support, as a share of the contribution on the poverty line.",
        "0.20",
    ),
    Field("local_amount", "Địa phương hỗ trợ, đồng một tháng. / Local support a month.", "0"),
    Field("other_rate", "Nguồn khác, tỷ lệ. / Another payer, as a share.", "0"),
    Field("other_amount", "Nguồn khác, đồng một tháng. / Another payer, a month.", "0"),
)

HOUSEHOLD_CARD = (
    Field("members", "Số người nộp lần này. / Members who pay this time.", "4", needed=True),
    Field("months", "3, 6, 12", "12", needed=True),
    ON,
    Field("base_group", "household, hoặc nhóm được hỗ trợ. / or a supported group.", "household"),
    Field("already", "Số người đã tham gia trong năm. / Members joined this year.", "0"),
    Field("last_valid_until", "Ngày cuối của thẻ cũ. / Last day of the old card.", "2026-10-31"),
    Field("first_time", "1: tham gia lần đầu. / 1: joins for the first time.", "0"),
    Field("continuous_since", "Ngày bắt đầu liên tục. / Continuous since.", "2022-01-01"),
    Field("local_rate", "Địa phương hỗ trợ, phần của mức đóng. / Local support.", "0.20"),
)

PENSION = (
    SEX,
    BIRTH,
    SEGMENTS,
    ON,
    Field("retire_on", "Ngày bắt đầu hưởng. / First day of the pension.", "2029-06-01"),
    AVERAGE,
    Field("years", "Số năm đóng, nguyên, cùng average. / Whole years, with average.", "25"),
    Field("months", "Số tháng lẻ. / Odd months.", "0"),
    Field("income_growth", "Thu nhập đóng tăng mỗi năm. / Yearly growth of income.", "0.05"),
    Field("price_growth", "Giá cả tăng mỗi năm. / Yearly growth of prices.", "0.03"),
)

LUMP_SUM = (
    ON,
    SEGMENTS,
    Field("case", "a, b, c, d, dd (đ)", "a"),
    Field("group", "Nhóm đã được hỗ trợ. / Support group of the months paid.", "other"),
    Field("sex", "F, M: để kiểm tra tuổi. / to check the age.", "F"),
    BIRTH,
    AVERAGE,
    Field("years_before_2014", "Năm trước 2014. / Years before 2014.", "10"),
    Field("months_before_2014", "Tháng lẻ trước 2014. / Odd months before 2014.", "2"),
    Field("years_after", "Năm từ 2014. / Years from 2014.", "6"),
    Field("months_after", "Tháng lẻ từ 2014. / Odd months from 2014.", "2"),
)

RETIREMENT_AGE = (
    SEX,
    Field("birth", BIRTH.meaning, BIRTH.example, needed=True),
    Field("on", "Theo luật của ngày này; bỏ trống: hôm nay. / By the law of this day.", ON.example),
)
