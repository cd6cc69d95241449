"""/tu-van: open to all, light, without a statement once warm; the same link gives the same figures."""

import re
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from django.test import Client

from vandong.advice.citizen import MUST_SAY
from vandong.advice.editions import keep_edition
from vandong.contacts.models import LawEdition
from vandong.documents.models import LocalSupport
from vandong.law import law_book
from vandong.law.book import Parameter
from vandong.places.models import Unit, UnitKind
from vandong.web.advice import law_in_use, limits, views

pytestmark = pytest.mark.django_db
PLAIN = {
    "dang-dong": "chua",
    "viec": "khong",
    "gioi": "nu",
    "thang-sinh": "5",
    "nam-sinh": "1988",
    "muc": "thap-nhat",
    "ngay": "2026-11-22",
}
AT = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def cold(settings: Any) -> None:
    """Nothing in memory, as after a start."""
    views.PAGES.clear()
    views.SHEETS.clear()
    limits.RESULTS.clear()
    limits.SHEETS.clear()
    law_in_use.forget_kept()


def asked(client: Client, **changed: str) -> Any:
    """The result page of the plain person with some answers changed, at its lasting address."""
    texts = PLAIN | {name.replace("_", "-"): value for name, value in changed.items()}
    answer = client.get(f"/tu-van/ket-qua?{urlencode(texts)}")
    return client.get(answer["Location"]) if answer.status_code == 302 else answer


def page(answer: Any) -> str:
    return " ".join(answer.content.decode().split()).replace("\u00a0", " ")


def test_the_questions_are_open_and_light(client: Client) -> None:
    answer = client.get("/tu-van")
    assert answer.status_code == 200
    assert len(answer.content) + len(style()) < 100_000
    assert "<script" not in page(answer)


def style() -> bytes:
    from django.contrib.staticfiles import finders

    found = finders.find("web/citizen.css")
    assert isinstance(found, str)
    with open(found, "rb") as file:
        return file.read()


def test_the_result_is_light_even_uncompressed(client: Client) -> None:
    answer = asked(client, nguoi="4", nhom_the="ho-gia-dinh", the="lan-dau")
    assert len(answer.content) + len(style()) < 125_000
    packed = client.get(answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"],
                        headers={"accept-encoding": "gzip"})  # fmt: skip
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) + len(style()) < 100_000


def test_the_heading_is_the_answer(client: Client) -> None:
    text = page(asked(client))
    heading = re.search(r"<h1>(.*?)</h1>", text)
    assert heading is not None
    assert heading[1] == (
        "Bạn đóng 264.000 đ mỗi tháng, từ 60 tuổi hưởng lương hưu khoảng 885.000 đ mỗi tháng"
    )


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_five_things_stand_on_the_page(client: Client, lang: str) -> None:
    text = page(asked(client, lang=lang))
    for code in MUST_SAY:
        assert re.search(rf'<li data-code="{code}">[^<]{{30,}}</li>', text), code


def test_what_is_uncertain_is_visible(client: Client) -> None:
    text = page(asked(client))
    amber = re.findall(r'<p class="amber">(.*?)</p>', text)
    assert any("2.200.000" in one and "387.200" in one and "264.000" in one for one in amber)
    assert '<em class="mark">Chưa xác minh</em>' in text
    assert '<strong class="doubt">Chưa xác minh</strong>' in text


def test_every_amount_of_law_opens_its_trace(client: Client) -> None:
    text = page(asked(client))
    opened = re.findall(r'<details class="lines"><summary>(.*?)</summary>(.*?)</details>', text)
    assert len(opened) > 15
    shown = "".join(summary for summary, _ in opened)
    for amount in ("264.000 đ", "330.000 đ", "885.000 đ", "6.060.801 đ", "387.200 đ"):
        assert amount in shown
    assert all('<div class="why">' in why and "<li>" in why for _, why in opened)


def test_the_plot_says_what_it_shows(client: Client) -> None:
    text = page(asked(client))
    assert '<svg class="plot"' in text
    assert "<title" in text
    assert "<desc" in text
    assert text.count("<polyline") == 3
    assert "<caption>" in text
    assert "style=" not in text


def test_the_address_of_the_result_holds_inputs_day_and_law_and_no_person(client: Client) -> None:
    answer = client.get(f"/tu-van/ket-qua?{urlencode(PLAIN)}")
    assert answer.status_code == 302
    query = dict(parse_qsl(answer["Location"].partition("?")[2]))
    assert query["luat"] == law_book().fingerprint
    assert query["ngay"] == "2026-11-22"
    assert set(query) == {
        *("dang-dong", "viec", "gioi", "thang-sinh", "nam-sinh", "muc", "lai"),
        *("tang-thu-nhap", "tang-gia", "dung-sau", "ngay", "luat"),
    }


def test_without_an_answer_one_is_led_to_the_questions(client: Client) -> None:
    for address in ("/tu-van/ket-qua", "/tu-van/phieu.pdf"):
        assert client.get(address)["Location"] == "/tu-van"
    assert client.get("/tu-van?" + "x" * 4000)["Location"] == "/tu-van"


def test_once_warm_a_stranger_costs_no_statement(
    client: Client, django_assert_num_queries: Any
) -> None:
    asked(client)
    client.get("/tu-van")
    with django_assert_num_queries(0):
        asked(client)
        asked(client, nam_sinh="1979", muc="thang", tien="600.000")
        asked(client, nam_sinh="2099")
        client.get("/tu-van")
        client.get(f"/tu-van/phieu.pdf?{urlencode(PLAIN)}")
        client.get(f"/tu-van/phieu.pdf?{urlencode(PLAIN | {'lang': 'en'})}")


def test_the_edition_is_kept_once(client: Client) -> None:
    asked(client)
    asked(client, nam_sinh="1980")
    kept = LawEdition.objects.get()
    assert kept.fingerprint == law_book().fingerprint


def other_book() -> Any:
    """The law as it might have been: a higher poverty line."""
    line = law_book().parameters["poverty_line_rural"]
    entries = tuple(
        type(one)(**{**{f: getattr(one, f) for f in one.__slots__},
                     "rows": {key: value + 100_000 for key, value in one.rows.items()}})
        for one in line.entries
    )  # fmt: skip
    changed = Parameter(line.code, line.unit, line.names, entries, line.is_yearly)
    return law_book().with_parameters([changed])


def test_an_old_link_is_worked_out_by_its_own_law_and_says_so(client: Client) -> None:
    book = other_book()
    keep_edition(book, AT)
    text = page(asked(client, luat=book.fingerprint))
    assert "281.600 đ" in text  # 22 % of 1.600.000 less 20 %
    assert "bản luật lúc được tạo" in text


def test_a_link_of_an_unknown_law_says_that_the_law_changed(client: Client) -> None:
    text = page(asked(client, luat="0123456789abcdef"))
    assert "264.000 đ" in text
    assert "Dữ liệu luật đã thay đổi" in text


@pytest.mark.parametrize("viec", ["ho-kd", "hop-dong"])
def test_no_quote_for_who_may_not_join(client: Client, viec: str) -> None:
    text = page(asked(client, viec=viec))
    assert "264.000" not in text
    assert "phieu.pdf" not in text
    assert "1900 9068" in text
    assert "540.000 đ" in text  # what there is without paying


def test_a_wrong_answer_is_told_beside_its_field_and_everything_typed_is_kept(
    client: Client,
) -> None:
    answer = asked(client, nam_sinh="2090", muc="ngay", tien="5.000", tn_nam="-3", lai="4,5")
    text = page(answer)
    assert answer.status_code == 422
    for name, typed in (("nam-sinh", "2090"), ("tien", "5.000"), ("tn-nam", "-3"), ("lai", "4,5")):
        assert re.search(rf'id="{name}" name="{name}" type="text" value="{re.escape(typed)}"', text)
    for name in ("nam-sinh", "tn-nam"):
        assert re.search(rf'<p class="error" id="{name}-loi">.*?</p>', text)
        assert f'<a href="#{name}">' in text
    assert 'name="viec" value="khong" checked' in text
    assert 'name="gioi" value="nu" checked' in text


@pytest.mark.parametrize("name", [*PLAIN, "tien", "lai", "tinh", "luat", "nhom", "bat-dau", "x"])
def test_what_is_typed_is_never_read_as_markup(client: Client, name: str) -> None:
    for address in ("/tu-van", "/tu-van/ket-qua"):
        answer = client.get(address, {**PLAIN, name: "<script>alert(1)</script>\"'"})
        assert b"<script>" not in answer.content


def test_the_language_is_part_of_the_link(client: Client) -> None:
    text = page(asked(client, lang="en"))
    assert '<html lang="en">' in text
    assert "You pay 264,000 VND a month" in text
    assert "lang=en" in text
    assert '<html lang="vi">' in page(asked(client, lang="xx"))


def test_what_a_province_adds_enters_with_its_resolution(client: Client) -> None:
    unit = Unit.objects.create(
        kind=UnitKind.PROVINCE, code="01", name="Thành phố Hà Nội", sort_key="ha noi",
        valid_from=date(2025, 7, 1),
    )  # fmt: skip
    LocalSupport.objects.create(**support(unit))
    text = page(asked(client, tinh="01"))
    assert "198.000 đ" in text
    assert "12/2026/NQ-HĐND" in text
    kept = set(LawEdition.objects.values_list("fingerprint", flat=True))
    assert law_book().fingerprint not in kept
    assert re.search(r"luat=([0-9a-f]+)", text)[1] in kept  # type: ignore[index]


def support(unit: Unit) -> dict[str, Any]:
    """A fifth of the contribution on the poverty line for the "other" group."""
    return {
        "unit": unit,
        "scheme": "bhxh_tn",
        "group": "other",
        "rate": "0.2",
        "valid_from": date(2026, 1, 1),
        "document_number": "12/2026/NQ-HĐND",
        "article": "1",
        "signed_on": date(2025, 12, 10),
        "confidence": "official",
        "state": "approved",
        "proposed_at": AT,
    }


def test_too_many_of_one_address_wait_and_lose_nothing(client: Client, monkeypatch: Any) -> None:
    """The page says how long, keeps the answers in its links, and does not touch another address."""
    monkeypatch.setattr(views, "RESULTS", limits.Limit(2))
    ages = [asked(client, nam_sinh=str(year)) for year in (1980, 1981, 1982)]
    busy = ages[-1]
    assert busy.status_code == 429
    assert int(busy["Retry-After"]) >= 1
    assert "nam-sinh=1982" in page(busy)
    assert "Câu trả lời của bạn vẫn giữ nguyên" in page(busy)
    assert asked(Client(REMOTE_ADDR="10.9.8.7"), nam_sinh="1982").status_code == 200


def test_what_is_in_memory_is_never_counted(client: Client, monkeypatch: Any) -> None:
    """A link that a whole hall opens is worked out once."""
    monkeypatch.setattr(views, "RESULTS", limits.Limit(2))
    assert {asked(client, luat=law_book().fingerprint).status_code for _ in range(9)} == {200}


def test_sheets_have_a_limit_of_their_own(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(views, "SHEET_LIMIT", limits.Limit(1))
    texts = [urlencode(PLAIN | {"nam-sinh": year, "lang": "en"}) for year in ("1980", "1981")]
    first, second = (client.get(f"/tu-van/phieu.pdf?{text}") for text in texts)
    assert first["Content-Type"] == "application/pdf"
    assert second.status_code == 429
    assert "Look again" in page(second)


def test_a_limit_gives_back_evenly() -> None:
    limit = limits.Limit(60)
    assert [limit.seconds_to_wait("a", 0.0) for _ in range(61)] == [0] * 60 + [1]
    assert limit.seconds_to_wait("b", 0.0) == 0
    assert [limit.seconds_to_wait("a", 3.0) for _ in range(4)] == [0, 0, 0, 1]


def test_problems_are_listed_by_the_name_of_their_field(client: Client) -> None:
    answer = asked(client, gioi="", nam_sinh="88")
    assert answer.status_code == 422
    assert "<strong>Năm sinh:</strong> Năm sinh 88 không thể đúng" in page(answer)


def test_an_explanation_speaks_no_machine_form(client: Client) -> None:
    said = page(asked(client))
    assert "11/2026–05/2048" in said
    assert "2026-11.." not in said
    assert "45,00%" not in said
