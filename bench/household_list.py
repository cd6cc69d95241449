"""A long household list as an office sends it, from a made-up province: every person has a card in it.

Run as a program of its own (`python -m bench.household_list ROWS FILE`), so that making it does not count as
memory of what is measured.
"""

import sys
import tempfile
from pathlib import Path

import polars as pl

from vandong.intake.made_up.request import DEFAULT_DAY, MadeUpRequest
from vandong.intake.made_up.writing import write_made_up_province
from vandong.law import law_book

SEED, PROVINCE = 11, "01"
_RELATIONS = {
    "head": "Chủ hộ",
    "spouse": "Vợ/chồng",
    "child": "Con",
    "parent": "Bố/mẹ",
    "grandchild": "Cháu",
    "sibling": "Anh/chị/em",
}


def household_list(rows: int) -> pl.DataFrame:
    """So many rows with the heads of a household list. Needs Django and the official units."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made_up"
        write_made_up_province(
            MadeUpRequest(PROVINCE, rows, SEED, DEFAULT_DAY), made, book=law_book()
        )
        people = pl.read_csv(made / "persons.csv", infer_schema=False)
    starts = pl.date(2025, 11, 1) + pl.duration(days=pl.int_range(pl.len()) % 330)
    ends = starts + pl.duration(days=364)
    return people.select(
        pl.int_range(1, pl.len() + 1).cast(pl.String).alias("STT"),
        pl.col("household_id").alias("Mã hộ"),
        pl.col("full_name").alias("Họ và tên"),
        pl.col("birth_on").str.to_date().dt.strftime("%d/%m/%Y").alias("Ngày sinh"),
        pl.col("sex").replace_strict({"M": "Nam", "F": "Nữ"}, default="").alias("Giới tính"),
        pl.col("relation").replace_strict(_RELATIONS, default="Khác").alias("Quan hệ với chủ hộ"),
        pl.col("personal_id").alias("Số CCCD"),
        pl.col("si_number").alias("Mã số BHXH"),
        pl.col("phone").alias("Điện thoại"),
        pl.col("address").alias("Địa chỉ"),
        pl.col("unit").alias("Mã xã"),
        starts.dt.strftime("%d/%m/%Y").alias("Từ ngày"),
        ends.dt.strftime("%d/%m/%Y").alias("Đến ngày"),
    )


def write_household_list(rows: int, path: Path) -> None:
    """As csv, or as xlsx by the name of the file."""
    frame = household_list(rows)
    if path.suffix == ".csv":
        frame.write_csv(path)
    else:
        frame.write_excel(path, autofit=False)


if __name__ == "__main__":
    from bench.site import open_installation

    open_installation()
    write_household_list(int(sys.argv[1]), Path(sys.argv[2]))
