"""The words of a figures file: column names and codes, and what Vietnamese offices write for them."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from vandong.accounts.models import Channel
from vandong.figures.models import Commitment, Measure, PlanKind, Scheme
from vandong.kernel.exactness import Exactness
from vandong.kernel.names import fold
from vandong.places.models import UnitKind

Words = Mapping[str, str]
"""Folded word → code."""


def plain_word(text: str) -> str:
    """A word as it is looked up: folded, underscores as spaces."""
    return fold(text).replace("_", " ")


def _words(codes: Iterable[tuple[str, str]], **more: str) -> Words:
    found: dict[str, str] = {}
    for code, label in codes:
        found[plain_word(code)] = code
        found[plain_word(label)] = code
    for code, aliases in more.items():
        found |= {plain_word(alias): code for alias in aliases.split("|")}
    return MappingProxyType(found)


def _labelled(choices: Iterable[tuple[str, object]]) -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in choices]


SCHEMES = _words(
    _labelled(Scheme.choices),
    bhxh_tn="BHXHTN|BHXH TN|BHXH tự nguyện|bảo hiểm xã hội tự nguyện",
    bhyt_hgd="BHYT HGĐ|BHYTHGĐ|bảo hiểm y tế hộ gia đình|BHYT theo hộ gia đình",
    bhxh_bb="BHXHBB|BHXH BB|bảo hiểm xã hội bắt buộc",
    bhyt="bảo hiểm y tế|BHYT toàn dân",
    bhtn="bảo hiểm thất nghiệp",
)
MEASURES = _words(
    _labelled(Measure.choices),
    stock="số người tham gia|số đang tham gia|số người đang tham gia|lũy kế tham gia",
    first_time="new|tăng mới lần đầu|tham gia mới",
    returning="quay lại|tham gia trở lại",
    renewed="tái tục|đóng tiếp tục",
    lapsed="giảm|ngừng đóng|tạm dừng đóng",
    revenue="số tiền thu|tiền thu",
    population="tổng dân số",
    labour_force="lực lượng lao động",
    working_age="trong độ tuổi lao động|dân số trong độ tuổi lao động",
    households="hộ|số hộ gia đình|hộ gia đình",
)
DENOMINATORS = MappingProxyType(
    {
        word: code
        for word, code in MEASURES.items()
        if code in {"population", "labour_force", "working_age", "households"}
    }
)
CHANNELS = _words(
    _labelled(Channel.choices),
    agency="BHXH|cơ quan",
    post="BĐ|bưu điện văn hóa xã",
    other_agent="đại lý khác|tổ chức dịch vụ khác",
    online="cổng dịch vụ công|VssID",
)
EXACTNESS = _words(
    [(word.value, word.value) for word in Exactness],
    exact="chính xác|đúng",
    over="hơn|trên",
    nearly="gần",
    about="khoảng|ước|xấp xỉ",
)
UNIT_KINDS = _words(
    _labelled(UnitKind.choices),
    province="tỉnh|thành phố|cấp tỉnh",
    district="huyện|quận|thị xã|cấp huyện",
    commune="xã|phường|thị trấn|đặc khu|cấp xã",
    cluster="cụm|tổ|thôn|tổ dân phố|mô hình",
)
PLAN_KINDS = _words(
    _labelled(PlanKind.choices), stock="tổng số người tham gia", net_new="tăng thêm"
)
COMMITMENTS = _words(_labelled(Commitment.choices), assigned="giao|chỉ tiêu", striving="phấn đấu")

DENOMINATOR_MEASURES = frozenset(DENOMINATORS.values())
STOCK_LIKE = frozenset({Measure.STOCK.value}) | DENOMINATOR_MEASURES
CHANGES = frozenset(code for code in Measure.values if code.startswith("change_"))
FLOWS = frozenset(Measure.values) - STOCK_LIKE - CHANGES

FIGURE_COLUMNS = _words(
    [],
    unit="unit|đơn vị|mã đơn vị|tên đơn vị|địa bàn|mã hoặc tên đơn vị",
    kind="kind|loại đơn vị|cấp",
    parent="parent|đơn vị cấp trên|trực thuộc|thuộc|thuộc đơn vị",
    as_of="as_of|ngày|đến ngày|tại ngày|ngày số liệu|thời điểm",
    scheme="scheme|loại hình|chính sách|loại bảo hiểm",
    measure="measure|nội dung|loại số liệu|chỉ số",
    channel="channel|kênh|kênh thu",
    value="value|giá trị|số liệu|số lượng",
    exactness="exactness|độ chính xác|mức chính xác",
    period_from="period_from|từ ngày|kỳ từ ngày|tính từ ngày",
    organisation="organisation|organization|tổ chức|đơn vị thực hiện",
    denominator="denominator|mẫu số|so với",
)
FIGURE_REQUIRED = ("unit", "as_of", "scheme", "measure", "value")

PLAN_COLUMNS = _words(
    [],
    owner="owner|đơn vị giao|cơ quan giao|nơi giao|chủ kế hoạch",
    document="document|văn bản|số văn bản|quyết định",
    unit="unit|đơn vị|mã đơn vị|tên đơn vị|đơn vị nhận|địa bàn",
    scheme="scheme|loại hình|chính sách|loại bảo hiểm",
    kind="kind|chỉ tiêu|loại chỉ tiêu|nội dung",
    channel="channel|kênh|kênh thu",
    period_from="period_from|từ ngày|kỳ từ ngày",
    deadline="deadline|đến ngày|thời hạn|hạn|hạn hoàn thành",
    value="value|giá trị|số giao|số lượng",
    commitment="commitment|mức cam kết|tính chất|giao hay phấn đấu",
    denominator="denominator|mẫu số|so với",
    exactness="exactness|độ chính xác",
    signed_on="signed_on|ngày ký|ngày văn bản",
    parent="parent|đơn vị cấp trên|trực thuộc|thuộc",
)
PLAN_REQUIRED = (
    "owner",
    "unit",
    "scheme",
    "kind",
    "period_from",
    "deadline",
    "value",
    "commitment",
)

IGNORED_COLUMNS = frozenset(
    plain_word(name)
    for name in ("STT", "TT", "Số TT", "Số thứ tự", "Ghi chú", "Note", "Notes", "Nguồn", "Lý do")
)
"""Columns that may stand in a file and are not read. “Lý do” is the one that a file of bad rows adds."""


def known_names(columns: Words) -> tuple[str, ...]:
    """Every name under which a column may stand, for finding the head of a sheet."""
    return tuple(columns) + tuple(word.replace(" ", "_") for word in columns if " " in word)
