"""The four lists of a made-up province as offices would send them: Vietnamese heads, faults, and the truth
beside them (`truth_person`, `truth_faults`)."""

import numpy as np
import polars as pl

from vandong.intake.made_up import rates
from vandong.intake.made_up.amounts import method_words
from vandong.intake.made_up.columns import texts
from vandong.intake.made_up.draws import Flags, Ints, Rng, drawn, first_days, months_of
from vandong.intake.made_up.faults import Damage, bare
from vandong.intake.made_up.people import Role
from vandong.intake.made_up.person_files import old_cards
from vandong.intake.made_up.province import Province
from vandong.intake.made_up.standing import EMPLOYED, PUPIL, STUDENT

NOTE = "Dữ liệu mẫu, không có thật"
RELATIONS = ("Chủ hộ", "", "Con", "", "Anh chị em", "Con", "Con dâu/rể", "Cháu")
TRADES = (
    *(
        "Tạp hóa",
        "Ăn uống",
        "May mặc",
        "Sửa chữa xe máy",
        "Cắt tóc, gội đầu",
        "Vật liệu xây dựng",
        "Rau quả",
    ),
    *(
        "Thịt, cá",
        "Vận tải",
        "Cho thuê phòng trọ",
        "Mộc",
        "Cơ khí",
        "Nông sản",
        "Điện thoại",
        "Thuốc tây",
    ),
)
EMPLOYERS = (
    "Công ty TNHH May",
    "Công ty CP Xây dựng",
    "Công ty TNHH Điện tử",
    "Công ty CP Thương mại",
    "HTX",
)
OWNER_FROM, OWNER_UNTIL = 20, 72
Columns = dict[str, pl.Series]


def household_card_list(province: Province) -> pl.DataFrame:
    """`lists/bhyt_hgd.csv`: holders of household cards, and those whose card ran out in the last 90 days."""
    cards, today = province.cards, np.datetime64(province.request.as_of)
    last = _last_rows(cards.person, cards.covers_until)
    rows = last[cards.covers_until[last] > today - rates.RECENT_CARD_DAYS]
    who = cards.person[rows]
    damage, base = _damaged(province, "bhyt_hgd", who, missing=rates.MISSING_IN_LISTS)
    ends = cards.covers_until[rows] - 1
    old = old_cards(province).gather(who)
    card = old.zip_with(pl.Series(damage.rng.random(len(who)) < 0.45), base["si_number"])
    return _listed(
        {
            "Mã hộ": province.household_ids(province.people.household[who]),
            "Họ và tên": base["full_name"],
            "Ngày sinh": base["birth"],
            "Giới tính": base["sex"],
            "Quan hệ với chủ hộ": _relations(province, who),
            "Số CCCD": base["personal_id"],
            "Mã số BHXH": base["si_number"],
            "Số thẻ BHYT": card,
            "Điện thoại": base["phone"],
            "Thôn, tổ dân phố": base["cluster"],
            "Xã, phường": base["commune"],
            "Từ ngày": damage.days(cards.covers_from[rows]),
            "Đến ngày": damage.days(ends),
            "Số tháng": pl.Series(cards.months[rows]),
            "Số tiền": pl.Series(province.card_amounts.pay[rows]),
            "Ngày biên lai": damage.days(cards.paid_on[rows]),
        },
        province.person_ids(who),
        damage,
    )


def voluntary_list(province: Province) -> pl.DataFrame:
    """`lists/bhxh_tn.csv`: payers of voluntary insurance and those who stopped in the last twelve months."""
    voluntary, paid = province.voluntary, province.voluntary.payments
    last = _last_rows(paid.person, paid.paid_on)
    now = int(months_of(np.array([province.request.as_of], dtype="datetime64[D]"))[0])
    until = first_days(np.array([now - rates.RECENT_PAYER_MONTHS]))[0]
    rows = last[(paid.covers_until[last] > until) | (paid.paid_on[last] > until)]
    who = paid.person[rows]
    damage, base = _damaged(province, "bhxh_tn", who, missing=rates.MISSING_IN_LISTS)
    amounts = province.voluntary_amounts
    groups = ("Khác", "Nghèo", "Cận nghèo", "Dân tộc thiểu số", "Xã đảo, đặc khu")
    return _listed(
        {
            "Họ và tên": base["full_name"],
            "Mã số BHXH": base["si_number"],
            "Số CCCD": base["personal_id"],
            "Ngày sinh": base["birth"],
            "Giới tính": base["sex"],
            "Điện thoại": base["phone"],
            "Thôn, tổ dân phố": base["cluster"],
            "Xã, phường": base["commune"],
            "Đối tượng": texts(groups, province.standing.support[who]),
            "Phương thức": pl.Series(method_words(voluntary.method[rows], paid.months[rows])),
            "Mức thu nhập": pl.Series(amounts.income[rows]),
            "Từ tháng": pl.Series(paid.covers_from[rows]).dt.strftime("%m/%Y"),
            "Số tháng": pl.Series(paid.months[rows]),
            "Số tiền phải đóng": pl.Series(amounts.gross[rows]),
            "Nhà nước hỗ trợ": pl.Series(amounts.state[rows]),
            "Người tham gia đóng": pl.Series(amounts.pay[rows]),
            "Ngày biên lai": damage.days(paid.paid_on[rows]),
        },
        province.person_ids(who),
        damage,
    )


def business_list(province: Province) -> pl.DataFrame:
    """`lists/business_households.csv`: no number. Some owners stand twice, some are strangers."""
    rng = province.request.stream("business")
    who, strangers = _owners(rng, province)
    damage, base = _damaged(province, "business_households", who, strangers=strangers)
    count = len(who)
    workers = np.minimum(rng.geometric(0.45, count) - 1, 30)
    declares = rng.random(count) < rates.BUSINESS_DECLARING
    trade = pl.Series(TRADES).gather(drawn(rng, [1.0] * len(TRADES), count))
    truth = province.person_ids(who).set(pl.Series(strangers), None)
    return _listed(
        {
            "Tên hộ kinh doanh": "Hộ kinh doanh " + base["full_name"],
            "Chủ hộ kinh doanh": base["full_name"],
            "Ngày sinh": base["birth"],
            "Giới tính": base["sex"],
            "Điện thoại": base["phone"],
            "Ngành nghề": trade,
            "Địa chỉ": base["cluster"],
            "Xã, phường": base["commune"],
            "Phương pháp nộp thuế": texts(("Khoán", "Kê khai"), declares.astype(np.int64)),
            "Số lao động": pl.Series(workers),
        },
        truth,
        damage,
    )


def ended_contracts_list(province: Province) -> pl.DataFrame:
    """`lists/ended_contracts.csv`: contracts that ended in the last twelve months, half with numbers."""
    standing = province.standing
    now = int(months_of(np.array([province.request.as_of], dtype="datetime64[D]"))[0])
    since = first_days(np.array([now - rates.RECENT_CONTRACT_MONTHS + 1]))[0]
    who = np.flatnonzero(standing.work_until >= since)
    missing = {name: 1 - share for name, share in rates.CONTRACT_NUMBERS.items()}
    damage, base = _damaged(province, "ended_contracts", who, missing=missing)
    rng = damage.rng
    paid = months_of(standing.work_until[who]) - months_of(standing.work_from[who])
    firm = pl.Series(EMPLOYERS).gather(rng.integers(0, len(EMPLOYERS), len(who)))
    return _listed(
        {
            "Họ và tên": base["full_name"],
            "Ngày sinh": base["birth"],
            "Giới tính": base["sex"],
            "Mã số BHXH": base["si_number"],
            "Số CCCD": base["personal_id"],
            "Điện thoại": base["phone"],
            "Đơn vị cũ": firm + " mẫu " + pl.Series(rng.integers(1, 400, len(who))).cast(pl.String),
            "Ngày kết thúc hợp đồng": damage.days(standing.work_until[who] - 1),
            "Số tháng đã đóng": pl.Series(paid),
            "Thôn, tổ dân phố": base["cluster"],
            "Xã, phường": base["commune"],
        },
        province.person_ids(who),
        damage,
    )


def _listed(columns: Columns, truth: pl.Series, damage: Damage) -> pl.DataFrame:
    frame = pl.DataFrame([column.alias(name) for name, column in columns.items()])
    return frame.select(
        pl.int_range(1, pl.len() + 1).alias("STT"),
        pl.all(),
        pl.lit(NOTE).alias("Ghi chú"),
        truth.alias("truth_person"),
        damage.codes().alias("truth_faults"),
    )


def _last_rows(person: Ints, day: np.ndarray) -> Ints:
    """The row of each person with the latest day, in the order of the people."""
    order = np.lexsort((day, person))
    ends = np.append(person[order][1:] != person[order][:-1], True) if len(order) else order
    last: Ints = order[ends.astype(np.bool_)] if len(order) else order
    return last


def _owners(rng: Rng, province: Province) -> tuple[Ints, Flags]:
    """Owners of businesses: grown people who are neither employed nor at school."""
    people, group = province.people, province.standing.group
    able = (people.age >= OWNER_FROM) & (people.age < OWNER_UNTIL)
    pool = np.flatnonzero(able & ~np.isin(group, (EMPLOYED, PUPIL, STUDENT)))
    rows = max(1, round(people.count * rates.BUSINESS_OWNERS))
    twice = round(rows * rates.BUSINESS_TWICE)
    once = rng.permutation(pool)[: rows - twice] if len(pool) else np.zeros(1, dtype=np.int64)
    who = np.concatenate([once, once[:twice]])[rng.permutation(len(once) + len(once[:twice]))]
    return who, rng.random(len(who)) < rates.BUSINESS_STRANGERS


def _damaged(
    province: Province,
    name: str,
    who: Ints,
    *,
    missing: dict[str, float] | None = None,
    strangers: Flags | None = None,
) -> tuple[Damage, Columns]:
    """What every list tells of its people, with faults. `missing`: the part of rows without a number."""
    damage = Damage(province.request.stream(name), len(who))
    rng, people = damage.rng, province.people
    words = province.names.words[who].astype(np.int64)
    born, age = people.born[who], people.age[who]
    phone = province.phones.number.gather(who)
    if strangers is not None:
        words, born = _strange(rng, words, born, strangers)
        phone = phone.set(pl.Series(strangers), None)
    full_name, birth = damage.names(words), damage.births(born, age)
    bare_row = pl.Series(damage.flags["no_diacritics"])
    cluster, commune = _places(province, damage, who)
    told = {"phone": damage.phones(phone)}
    for column, share in (missing or {}).items():
        number: pl.Series = getattr(province.numbers, column).gather(who)
        told[column] = number.set(pl.Series(rng.random(len(who)) < share), None)
    return damage, {
        "full_name": full_name,
        "birth": birth,
        "sex": texts(("Nam", "Nữ"), people.female[who].astype(np.int64)),
        "cluster": bare(cluster).zip_with(bare_row, cluster),
        "commune": bare(commune).zip_with(bare_row, commune),
        **damage.numbers(told),
    }


def _strange(rng: Rng, words: Ints, born: np.ndarray, strangers: Flags) -> tuple[Ints, np.ndarray]:
    """People who live in no household of the province: a name and a day of birth put together by chance."""
    count = len(words)
    mixed = words[rng.integers(0, count, count)]
    mixed[:, 0] = words[rng.integers(0, count, count), 0]
    other = born[rng.integers(0, count, count)] + rng.integers(-200, 200, count)
    return np.where(strangers[:, None], mixed, words), np.where(strangers, other, born)


def _places(province: Province, damage: Damage, who: Ints) -> tuple[pl.Series, pl.Series]:
    """Cluster and commune; a fifth of the rows have the commune (and district) of before July 2025."""
    clusters, communes = province.clusters, province.ground.communes
    names = [
        f"{clusters.olds[old].name}, {clusters.olds[old].district}"
        if old >= 0 and clusters.olds[old].name != communes[commune].name
        else ""
        for old, commune in zip(clusters.old.tolist(), clusters.commune.tolist(), strict=True)
    ]
    cluster = province.cluster[who]
    old = pl.Series(names).gather(cluster)
    is_old = pl.Series(damage.fall("old_commune", (old != "").to_numpy()))
    now = pl.Series([one.name for one in communes]).gather(province.commune[who])
    return pl.Series(clusters.names).gather(cluster), old.zip_with(is_old, now)


def _relations(province: Province, who: Ints) -> pl.Series:
    """Who somebody is to the head, in the words of the forms."""
    role, female = province.people.role[who], province.people.female[who]
    told = pl.Series(RELATIONS).gather(role)
    for kind, (man, woman) in ((Role.SPOUSE, ("Chồng", "Vợ")), (Role.PARENT, ("Bố", "Mẹ"))):
        word = texts((man, woman), female.astype(np.int64))
        told = word.zip_with(pl.Series(role == kind), told)
    return told
