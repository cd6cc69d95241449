"""The lists that offices send: faults at their rates, the truth beside them."""

import polars as pl
import pytest

from vandong.intake.made_up import rates, spellings
from vandong.kernel.names import fold, tone_key
from vandong.sheets import open_table

LISTS = {
    "bhyt_hgd": "Họ và tên",
    "bhxh_tn": "Họ và tên",
    "business_households": "Chủ hộ kinh doanh",
    "ended_contracts": "Họ và tên",
}
NUMBERS = ("Số CCCD", "Mã số BHXH", "Số thẻ BHYT", "Mã hộ")


@pytest.fixture(scope="session")
def cards(table):
    return with_truth(table, "bhyt_hgd")


def with_truth(table, name):
    listed = table(f"lists/{name}").with_columns(
        name=pl.col(LISTS[name]), faults=pl.col("truth_faults").fill_null("").str.split(" ")
    )
    return listed.join(table("persons"), left_on="truth_person", right_on="person_id", how="left")


def only(rows, *faults):
    """Rows whose name has one of these faults and no other fault of the name."""
    others = {"name_order", "thi_dropped", *spellings.WHOLE_NAME, *spellings.ONE_WORD} - set(faults)
    has = pl.col("faults").list.set_intersection(list(faults)).list.len() > 0
    return rows.filter(has & (pl.col("faults").list.set_intersection(list(others)).list.len() == 0))


@pytest.mark.parametrize("name", LISTS)
def test_every_list_keeps_the_truth_and_says_that_it_is_made_up(table, name):
    listed = with_truth(table, name)
    assert listed.height
    assert listed["Ghi chú"].str.contains("Dữ liệu mẫu").all()
    known = listed.filter(pl.col("truth_person").is_not_null())
    assert known["full_name"].is_not_null().all()
    clean = known.filter(pl.col("truth_faults").is_null())
    assert (clean["name"] == clean["full_name"]).all()
    assert (clean["Giới tính"] == clean["sex"].replace({"F": "Nữ", "M": "Nam"})).all()


@pytest.mark.parametrize("name", LISTS)
def test_our_own_reader_opens_the_lists(folder, table, name):
    opened = open_table(folder / "lists" / f"{name}.csv", f"{name}.csv")
    assert LISTS[name] in [column.path[-1] for column in opened.header]
    assert sum(1 for _ in opened.rows()) == table(f"lists/{name}").height


def test_business_households_have_no_numbers_some_owners_twice_some_strangers(table):
    listed = table("lists/business_households")
    assert not set(NUMBERS) & set(listed.columns)
    assert listed.height == 1000
    assert 0.03 < listed["truth_person"].is_null().mean() < 0.09
    assert 5 <= listed["truth_person"].drop_nulls().is_duplicated().sum() <= 45


def test_faults_fall_at_their_rates(cards):
    for fault, rate in rates.FAULTS.items():
        found = cards["faults"].list.contains(fault).mean()
        if fault == "year_only":
            old = cards.filter(pl.col("birth_on") < "1966-10-31")
            found = old["faults"].list.contains(fault).mean()
        assert found == pytest.approx(rate, rel=0.35, abs=0.004), fault


def test_names_are_damaged_as_their_fault_says(cards):
    bare = only(cards, "no_diacritics")
    assert bare.height > 50
    assert (bare["name"].str.to_lowercase() == bare["full_name"].map_elements(fold, str)).all()
    moved = only(cards, "tone_place")
    assert (moved["name"] != moved["full_name"]).all()
    keys = [moved[column].map_elements(tone_key, str) for column in ("name", "full_name")]
    assert (keys[0] == keys[1]).all()
    dropped = only(cards, "thi_dropped")
    assert (dropped["name"] == dropped["full_name"].str.replace(" Thị", "", literal=True)).all()
    turned = only(cards, "name_order")
    words = turned["full_name"].str.split(" ").to_list()
    assert turned["name"].to_list() == [" ".join([one[-1], *one[:-1]]) for one in words]
    for fault in ("d_for_đ", "wrong_mark", "telex", "vni"):
        rows = only(cards, fault)
        assert rows.height
        assert (rows["name"] != rows["full_name"]).all()


def test_births_are_damaged_as_their_fault_says(cards):
    year = cards.filter(pl.col("faults").list.contains("year_only"))
    assert (year["Ngày sinh"] == year["birth_on"].str.slice(0, 4)).all()
    written = cards.filter(pl.col("Ngày sinh").str.contains(r"^\d\d/\d\d/\d{4}$"))
    parts = pl.col("birth_on").str.to_date().dt.strftime
    swapped = written.filter(pl.col("faults").list.contains("day_month_swapped"))
    right = written.filter(~pl.col("faults").list.contains("day_month_swapped"))
    assert swapped.height > 10
    assert swapped.select(pl.col("Ngày sinh") == parts("%m/%d/%Y")).to_series().all()
    assert right.select(pl.col("Ngày sinh") == parts("%d/%m/%Y")).to_series().all()


def test_lost_noughts_come_back_and_old_phones_had_eleven_digits(cards):
    lost = cards.filter(pl.col("faults").list.contains("zero_lost"))
    known = lost.filter(pl.col("Số CCCD").is_not_null() & pl.col("personal_id").is_not_null())
    assert (known["Số CCCD"].str.zfill(12) == known["personal_id"]).all()
    assert not lost["Số CCCD"].fill_null("1").str.starts_with("0").any()
    assert not lost["Điện thoại"].fill_null("1").str.starts_with("0").any()
    old = cards.filter(
        pl.col("faults").list.contains("phone_of_2018")
        & ~pl.col("faults").list.contains("zero_lost")
    )
    assert (old["Điện thoại"].str.len_chars() == 11).all()
    assert (old["Điện thoại"].str.slice(4) == old["phone"].str.slice(3)).all()


def test_old_communes_are_those_of_the_household(cards, folder):
    old = cards.filter(
        pl.col("faults").list.contains("old_commune")
        & ~pl.col("faults").list.contains("no_diacritics")
    )
    assert old["Xã, phường"].str.contains(", ").all()
    now = cards.filter(pl.col("truth_faults").is_null())
    told = [name in address for name, address in now.select("Xã, phường", "address").iter_rows()]
    assert all(told)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("Nguyễn", ("Nguyeenx", "Nguye6n4", "Nguyễn", "Nguyển", "Nguyen")),
        ("Thủy", ("Thuyr", "Thuy3", "Thuỷ", "Thũy", "Thuy")),
        ("Hòa", ("Hoaf", "Hoa2", "Hoà", "Hóa", "Hoa")),
        ("Quý", ("Quys", "Quy1", "Qúy", "Quỳ", "Quy")),
        ("Đặng", ("DDawngj", "D9a8ng5", "Đặng", "Đăng", "Dang")),
        ("Sơn", ("Sown", "So7n", "Sơn", "Son", "Son")),
        ("Lan", ("Lan", "Lan", "Lan", "Lan", "Lan")),
    ],
)
def test_spellings_of_one_word(word, told):
    changes = (
        *(spellings.telex, spellings.vni, spellings.tone_moved),
        *(spellings.wrong_mark, spellings.without_diacritics),
    )
    assert tuple(change(word) for change in changes) == told
