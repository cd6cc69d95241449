"""One request, the same bytes; what cannot be made is refused before anything is written."""

import hashlib
from datetime import date

import numpy as np
import polars as pl
import pytest

from vandong.administration.refusals import Refused
from vandong.intake.made_up import FILES, MadeUpRequest, write_made_up_province
from vandong.intake.made_up.draws import after_months
from vandong.law import LawBook, law_book
from vandong.phrases import finding_sentence
from vandong.rules.household_card.validity import last_day


def written(
    folder, *, people=1500, seed=7, province="01", as_of=date(2026, 10, 31), overwrite=False
):
    request = MadeUpRequest(province, people, seed, as_of)
    return write_made_up_province(request, folder, book=law_book(), overwrite=overwrite)


def prints(folder):
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}


def test_one_seed_gives_the_same_bytes_and_another_one_others(tmp_path):
    written(tmp_path / "a")
    written(tmp_path / "b")
    written(tmp_path / "c", seed=8)
    assert prints(tmp_path / "a") == prints(tmp_path / "b")
    other = prints(tmp_path / "c")
    assert all(other[name] != told for name, told in prints(tmp_path / "a").items())


def test_every_file_is_there_with_a_readme_and_nothing_else(tmp_path):
    done = written(tmp_path / "out")
    names = {
        str(one.relative_to(tmp_path / "out"))
        for one in (tmp_path / "out").rglob("*")
        if one.is_file()
    }
    assert names == {*FILES, "README.txt"}
    text = (tmp_path / "out" / "README.txt").read_text(encoding="utf-8")
    assert text.startswith("DỮ LIỆU MẪU, KHÔNG CÓ THẬT.")
    assert "NOBODY IS REAL" in text
    assert done.rows["persons.csv"] == 1500
    for name, count in done.rows.items():
        assert pl.read_csv(tmp_path / "out" / name, infer_schema=False).height == count


@pytest.mark.parametrize("people", [1, 2, 7, 60])
def test_the_smallest_provinces_have_all_files(tmp_path, people):
    assert written(tmp_path, people=people).rows["persons.csv"] == people


@pytest.mark.parametrize(("province", "surname"), [("24", "Vũ"), ("79", "Huỳnh"), ("04", "Nông")])
def test_other_provinces_have_their_names_and_numbers(tmp_path, province, surname):
    written(tmp_path, people=3000, province=province)
    persons = pl.read_csv(tmp_path / "persons.csv", infer_schema=False)
    assert persons["full_name"].str.starts_with(f"{surname} ").mean() > 0.02
    births = set(
        persons["personal_id"]
        .drop_nulls()
        .str.slice(0, 3)
        .value_counts()
        .filter(pl.col("count") > 300)
        .to_series(0)
    )
    assert births == {"24": {"024", "027"}, "79": {"079", "074", "077"}, "04": {"004"}}[province]


def test_another_day_has_its_own_law(tmp_path):
    written(tmp_path, people=6000, as_of=date(2027, 3, 31))
    receipts = pl.read_csv(tmp_path / "receipts.csv", infer_schema=False).filter(
        pl.col("scheme") == "bhxh_tn"
    )
    incomes = receipts.with_columns(pl.col("income_amount").cast(pl.Int64))
    floors = incomes.group_by(pl.col("paid_on").str.slice(0, 4)).agg(pl.col("income_amount").min())
    assert dict(floors.iter_rows())["2026"] == 1_500_000
    assert dict(floors.iter_rows())["2027"] == 2_200_000


def refusal(tmp_path, **given):
    with pytest.raises(Refused) as refused:
        written(tmp_path / "new", **given)
    assert not (tmp_path / "new").exists(), "nothing is written"
    for finding in refused.value.findings:
        assert finding_sentence(finding, "vi")
        assert finding_sentence(finding, "en")
    return {finding.code for finding in refused.value.findings}


@pytest.mark.parametrize("province", ["02", "99", "1000", "Hà Nội", ""])
def test_an_unknown_province_is_refused(tmp_path, province):
    assert refusal(tmp_path, province=province) == {"made_up_province"}


@pytest.mark.parametrize("people", [0, -5, 10**9])
def test_too_few_or_too_many_people_are_refused(tmp_path, people):
    assert refusal(tmp_path, people=people) == {"made_up_people"}


def test_all_problems_are_told_at_once(tmp_path):
    codes = refusal(tmp_path, people=0, seed=-1, as_of=date(2020, 1, 1))
    assert codes == {"made_up_people", "made_up_seed", "made_up_day"}


def test_a_folder_with_files_is_refused_unless_told_and_keeps_what_is_not_ours(tmp_path):
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        written(tmp_path)
    assert refused.value.findings[0].code == "made_up_folder_not_empty"
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]
    written(tmp_path, overwrite=True)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "kept"
    assert (tmp_path / "persons.csv").exists()
    written(tmp_path, people=900, overwrite=True)
    assert pl.read_csv(tmp_path / "persons.csv").height == 900


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        written(tmp_path / "out")
    assert refused.value.findings[0].code == "made_up_folder_is_file"


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        written(tmp_path / "file" / "below", people=50)
    [finding] = refused.value.findings
    assert finding.code == "made_up_not_written"
    assert str(finding.values["folder"]).endswith("below")
    assert "Không ghi được" in finding_sentence(finding, "vi")


def test_a_failure_leaves_no_half_written_files(tmp_path):
    empty = LawBook({})
    with pytest.raises(LookupError):
        write_made_up_province(MadeUpRequest("01", 500, 7), tmp_path / "out", book=empty)
    assert not list(tmp_path.rglob("*.csv"))


@pytest.mark.parametrize(
    "first", ["2026-01-31", "2025-12-01", "2024-02-29", "2026-08-31", "2025-11-30"]
)
@pytest.mark.parametrize("months", [1, 3, 6, 12])
def test_periods_end_as_the_rule_says(first, months):
    after = after_months(np.array([first], dtype="datetime64[D]"), np.array([months]))[0]
    assert (after - 1).item() == last_day(date.fromisoformat(first), months)
