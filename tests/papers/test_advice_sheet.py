"""The sheet of paper: one A4 page, everything that must be said, what is uncertain, a QR with the link."""

import io
from datetime import date
from urllib.parse import parse_qs

import pytest
from pypdf import PdfReader

from vandong.advice.citizen import citizen_advice, read_answers
from vandong.advice.documents.citizen import sheet_of, told
from vandong.law import law_book
from vandong.papers.advice_sheet import advice_sheet_pdf

ON = date(2026, 11, 22)
PLAIN = "dang-dong=chua&viec=khong&gioi=nu&thang-sinh=5&nam-sinh=1988"
CASES = {
    "plain": PLAIN,
    "longest": "dang-dong=tu-nguyen&viec=tam-hoan&gioi=nam&thang-sinh=3&nam-sinh=1968&muc=thang&tien=700000"
    "&tn-nam=4&tn-muc=1500000&bb-nam=3&bb-luong=5000000&bat-dau=2014-02&nhom=can-ngheo&nguoi=5",
    "no quote": PLAIN.replace("=khong&", "=ho-kd&"),
    "law silent": PLAIN + "&ngay=2027-03-01&tn-nam=2&tn-muc=1500000&bat-dau=2024-01",
    "old": PLAIN.replace("1988", "1947"),
    "paid ahead": PLAIN.replace("chua", "tu-nguyen")
    + "&tn-nam=2&tn-muc=1500000&bat-dau=2026-01&dong-den=2027-12",
}


def sheet(query: str, lang: str) -> tuple[PdfReader, str, list[str]]:
    answers = read_answers(law_book(), parse_qs(query), today=ON)
    words = told(citizen_advice(law_book(), answers), lang)
    link = "https://bhxh.example/tu-van/ket-qua?" + query * 2
    read = PdfReader(io.BytesIO(advice_sheet_pdf(sheet_of(words, answers.on, link))))
    text = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    return read, text.replace("\u00a0", " "), [one.text for one in words.must_say]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("case", CASES)
def test_it_is_one_page_of_a4(case: str, lang: str) -> None:
    read, text, _ = sheet(CASES[case], lang)
    assert len(read.pages) == 1
    box = read.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    assert "1900 9068" in text


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("case", ["plain", "longest", "law silent"])
def test_the_five_things_stand_on_it(case: str, lang: str) -> None:
    _, text, must_say = sheet(CASES[case], lang)
    assert len(must_say) == 5
    squeezed = text.replace(" ", "")
    for said in must_say:
        assert said.replace("\u00a0", "").replace(" ", "") in squeezed


@pytest.mark.parametrize(("lang", "word"), [("vi", "Chưa xác minh"), ("en", "Not verified")])
def test_what_is_uncertain_is_said_on_it(lang: str, word: str) -> None:
    _, text, _ = sheet(CASES["plain"], lang)
    assert text.count(word) >= 2
    assert ("2.200.000" if lang == "vi" else "2,200,000") in text
    assert ("387.200" if lang == "vi" else "387,200") in text


def test_who_may_not_join_gets_no_amount_of_contribution() -> None:
    _, text, _ = sheet(CASES["no quote"], "vi")
    assert "264.000" not in text
    assert "BHXH cơ sở" in text


def test_what_the_law_does_not_tell_is_said_on_it() -> None:
    _, text, _ = sheet(CASES["law silent"], "vi")
    assert "Không tính được" in text
    assert "387.200" in text
