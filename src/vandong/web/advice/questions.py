"""The questionnaire: its questions in plain words, what was typed, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vandong.advice.citizen import ASK_FIRST, FieldProblem, Situation, card_groups
from vandong.advice.citizen.assumptions import assumed_count, assumed_rate
from vandong.kernel.days import format_day
from vandong.kernel.numbers import decimal_text
from vandong.law import LawBook
from vandong.phrases import finding_sentence
from vandong.phrases.law_words import row_words

Given = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose."""

    value: str
    label: str
    is_chosen: bool
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One field. `kind` is radio, check, select, text or number."""

    name: str
    kind: str
    label: str
    hint: str = ""
    value: str = ""
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    problems: tuple[str, ...] = ()
    is_half: bool = False
    """Stands beside the next one: years and months."""

    @property
    def described_by(self) -> str:
        """Ids of hint and problem for readers of the screen."""
        ids = ([f"{self.name}-goi-y"] if self.hint else []) + (
            [f"{self.name}-loi"] if self.problems else []
        )
        return " ".join(ids)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under one head; `folds` may stay closed, `is_open` when something in it was told."""

    code: str
    title: str
    questions: tuple[Question, ...]
    hint: str = ""
    folds: bool = False
    is_open: bool = False


_HALVES = frozenset({"thang-sinh", "nam-sinh", "tn-nam", "tn-thang", "bb-nam", "bb-thang"})


class Sheet:
    """Makes questions with what was typed and the problems of their field."""

    def __init__(self, given: Given, problems: Sequence[FieldProblem], lang: str) -> None:
        self._given, self.lang = given, lang
        self._problems: dict[str, list[str]] = {}
        for one in problems:
            said = finding_sentence(one.finding, lang)
            self._problems.setdefault(one.field, []).append(said)

    def value(self, name: str) -> str:
        """The last text typed under a name."""
        found = self._given.get(name) or ("",)
        return found[-1]

    def text(
        self,
        name: str,
        label: str,
        kind: str = "text",
        *,
        hint: str = "",
        unit: str = "",
        default: str = "",
    ) -> Question:
        """A field to type in; `default` stands in it when nothing was sent."""
        value = self.value(name) if name in self._given else default
        return Question(
            name,
            kind,
            label,
            hint=hint,
            value=value,
            unit=unit,
            problems=self.wrong(name),
            is_half=name in _HALVES,
        )

    def choose(
        self,
        name: str,
        kind: str,
        label: str,
        choices: Sequence[tuple[str, str] | tuple[str, str, str]],
        *,
        hint: str = "",
        default: str = "",
    ) -> Question:
        """A field to choose in; `default` is chosen when nothing was sent."""
        said = [part for one in self._given.get(name, ()) for part in one.split(",")]
        chosen = set(said) or ({default} if default else set())
        made = tuple(
            Choice(one[0], one[1], one[0] in chosen, one[2] if len(one) > 2 else "")
            for one in choices
        )
        return Question(name, kind, label, hint, choices=made, problems=self.wrong(name))

    def wrong(self, name: str) -> tuple[str, ...]:
        """What is wrong with a field."""
        return tuple(self._problems.get(name, ()))

    def group(self, code: str, title: str, *questions: Question, hint: str = "") -> Group:
        """A group that is always open."""
        return Group(code, title, questions, hint)

    def folded(
        self, code: str, title: str, *questions: Question, hint: str = "", opens: bool = False
    ) -> Group:
        """A group that opens by itself when something in it was told or is wrong."""
        told = any(self.value(one.name) not in {"", ASK_FIRST} for one in questions)
        wrong = any(one.problems for one in questions)
        return Group(code, title, questions, hint, True, wrong or (opens and told))


def question_groups(
    book: LawBook,
    given: Given,
    problems: Sequence[FieldProblem],
    provinces: Sequence[tuple[str, str]],
    *,
    today: date,
    lang: str,
) -> tuple[Group, ...]:
    """All questions, in the order they are asked."""
    sheet = Sheet(given, problems, lang)
    return (
        _person(sheet),
        _standing(sheet),
        _means(sheet),
        _support(sheet, provinces),
        _paid(sheet),
        _household(sheet, book, today),
        _assumed(sheet, today),
    )


def error_links(groups: Sequence[Group]) -> tuple[tuple[str, str, str], ...]:
    """Field, its label and the sentence of every problem, in the order of the page."""
    questions = [one for group in groups for one in group.questions]
    return tuple((one.name, one.label, said) for one in questions for said in one.problems)


def _person(sheet: Sheet) -> Group:
    return sheet.group(
        "ban",
        _("Về bạn"),
        sheet.choose("gioi", "radio", _("Bạn là"), [("nu", _("Nữ")), ("nam", _("Nam"))]),
        sheet.text("thang-sinh", _("Tháng sinh"), "number", hint=_("Không nhớ thì để trống")),
        sheet.text("nam-sinh", _("Năm sinh"), "number", hint=_("Ví dụ 1988")),
    )


def _standing(sheet: Sheet) -> Group:
    paying = [
        ("chua", _("Không đóng")),
        ("tu-nguyen", _("Đang đóng BHXH tự nguyện")),
        ("bat-buoc", _("Đang đóng BHXH bắt buộc ở nơi làm việc")),
        ("khong-ro", _("Không rõ")),
    ]
    return sheet.group(
        "tham-gia",
        _("Bạn có được tham gia không"),
        sheet.choose("dang-dong", "radio", _("Hiện bạn có đang đóng BHXH không?"), paying),
        sheet.choose(
            "viec",
            "check",
            _("Điều nào đúng với bạn lúc này?"),
            _situations(),
            hint=_("Chọn mọi điều đúng. Không có điều nào thì chọn “Không điều nào ở trên”."),
        ),
    )


def _situations() -> list[tuple[str, str]]:
    said = {
        Situation.CONTRACT: _("Đang làm theo hợp đồng lao động từ 1 tháng trở lên"),
        Situation.SUSPENDED: _("Hợp đồng lao động đang tạm hoãn, không đi làm nơi khác"),
        Situation.DOMESTIC: _("Làm giúp việc gia đình"),
        Situation.PART_TIME: _("Làm bán thời gian, có lương"),
        Situation.BUSINESS_DECLARED: _("Chủ hộ kinh doanh có đăng ký, nộp thuế theo kê khai"),
        Situation.BUSINESS: _("Chủ hộ kinh doanh có đăng ký, thuế khoán hoặc không rõ"),
        Situation.PUBLIC: _("Cán bộ, công chức, viên chức, bộ đội, công an"),
        Situation.MANAGER: _("Quản lý doanh nghiệp, hợp tác xã, không hưởng lương"),
        Situation.COMMUNE: _("Hoạt động không chuyên trách ở xã, phường"),
        Situation.HAMLET: _("Hoạt động không chuyên trách ở thôn, tổ dân phố"),
        Situation.MILITIA: _("Dân quân thường trực"),
        Situation.PENSION: _("Đang hưởng lương hưu hoặc trợ cấp BHXH hằng tháng"),
        Situation.FOREIGN: _("Không phải công dân Việt Nam"),
        Situation.NONE: _("Không điều nào ở trên"),
        Situation.UNSURE: _("Tôi không chắc"),
    }
    return [(situation.value, label) for situation, label in said.items()]


def _means(sheet: Sheet) -> Group:
    means = [
        ("thap-nhat", _("Mức thấp nhất")),
        ("thang", _("Số tiền đóng được mỗi tháng")),
        ("ngay", _("Số tiền để dành được mỗi ngày")),
        ("thu-nhap", _("Mức thu nhập muốn chọn để đóng")),
    ]
    return sheet.group(
        "muc-dong",
        _("Bạn đóng được bao nhiêu"),
        sheet.choose("muc", "radio", _("Tính theo"), means, default="thap-nhat"),
        sheet.text(
            "tien",
            _("Số tiền"),
            "number",
            hint=_("Ví dụ 500.000 hoặc 500 nghìn. Chọn mức thấp nhất thì để trống."),
            unit=_("đồng"),
        ),
    )


def _support(sheet: Sheet, provinces: Sequence[tuple[str, str]]) -> Group:
    groups = [
        ("ho-ngheo", _("Hộ nghèo")),
        ("can-ngheo", _("Hộ cận nghèo")),
        ("dan-toc", _("Người dân tộc thiểu số")),
        ("xa-dao", _("Sống ở xã đảo, đặc khu")),
    ]
    places = [("", _("Không chọn")), *provinces]
    return sheet.group(
        "ho-tro",
        _("Bạn có thuộc nhóm được hỗ trợ nhiều hơn không"),
        sheet.choose(
            "nhom",
            "check",
            _("Nhóm của bạn"),
            groups,
            hint=_("Không thuộc nhóm nào thì để trống: Nhà nước vẫn hỗ trợ."),
        ),
        sheet.choose(
            "tinh",
            "select",
            _("Tỉnh, thành phố nơi bạn ở"),
            places,
            hint=_("Để tính phần địa phương hỗ trợ thêm, nếu có."),
        ),
    )


def _paid(sheet: Sheet) -> Group:
    return sheet.folded(
        "da-dong",
        _("Bạn đã từng đóng BHXH"),
        sheet.text(
            "tn-nam",
            _("BHXH tự nguyện: số năm"),
            "number",
            hint=_("Tính cả những tháng đã đóng trước"),
        ),
        sheet.text("tn-thang", _("và số tháng"), "number"),
        sheet.text("tn-muc", _("Mức thu nhập đã chọn"), "number", unit=_("đồng một tháng")),
        sheet.text(
            "dong-den",
            _("Đã đóng trước đến hết tháng"),
            hint=_("Ví dụ 12/2027. Không đóng trước thì để trống."),
        ),
        sheet.text("bb-nam", _("BHXH bắt buộc: số năm"), "number"),
        sheet.text("bb-thang", _("và số tháng"), "number"),
        sheet.text("bb-luong", _("Lương bình quân đã đóng"), "number", unit=_("đồng một tháng")),
        sheet.text("bat-dau", _("Tháng tham gia lần đầu"), hint=_("Ví dụ 06/2015")),
        sheet.text(
            "da-ho-tro",
            _("Số tháng đã được Nhà nước hỗ trợ"),
            "number",
            hint=_("Không nhớ thì để trống: tính theo thời gian đã đóng tự nguyện."),
        ),
        hint=_("Chưa đóng bao giờ thì bỏ qua."),
        opens=True,
    )


def _household(sheet: Sheet, book: LawBook, today: date) -> Group:
    groups = [
        (ASK_FIRST, _("Chưa hỏi")),
        ("ho-gia-dinh", _("Không ai thuộc nhóm khác")),
        *((code, row_words(code, sheet.lang)) for code in card_groups(book, today)),
    ]
    cards = [
        ("khong-ro", _("Không rõ")),
        ("lan-dau", _("Mua thẻ lần đầu")),
        ("da-co", _("Đã có thẻ")),
    ]
    return sheet.folded(
        "ca-nha",
        _("BHYT hộ gia đình cho cả nhà"),
        sheet.text("nguoi", _("Số người cần mua thẻ"), "number"),
        sheet.choose(
            "nhom-the",
            "select",
            _("Những người này có thuộc nhóm được đóng hoặc hỗ trợ thẻ không?"),
            groups,
            default=ASK_FIRST,
        ),
        sheet.choose("the", "radio", _("Thẻ BHYT trước đây"), cards, default="khong-ro"),
        sheet.text("the-het", _("Thẻ hết hạn ngày"), hint=_("Ví dụ 31/12/2026")),
        hint=_("Không cần thì bỏ qua."),
        opens=bool(sheet.value("nguoi")),
    )


def _assumed(sheet: Sheet, today: date) -> Group:
    years = _("mỗi năm")
    return sheet.folded(
        "gia-dinh",
        _("Những điều giả định"),
        sheet.text(
            "lai",
            _("Lãi tiết kiệm để so sánh"),
            "number",
            unit=f"% {years}",
            default=_percent("savings_rate"),
        ),
        sheet.text(
            "tang-thu-nhap",
            _("Thu nhập chọn để đóng tăng"),
            "number",
            unit=f"% {years}",
            default=_percent("income_growth"),
        ),
        sheet.text(
            "tang-gia",
            _("Giá cả tăng"),
            "number",
            unit=f"% {years}",
            default=_percent("price_growth"),
        ),
        sheet.text(
            "dung-sau",
            _("Xem trường hợp dừng đóng sau"),
            "number",
            unit=_("năm"),
            default=str(assumed_count("stop_after_years")),
        ),
        sheet.text("ngay", _("Tính theo luật ngày"), default=format_day(today)),
        hint=_("Đã điền sẵn; bạn đổi được."),
    )


def _percent(name: str) -> str:
    return decimal_text(assumed_rate(name) * 100).replace(".", ",")
