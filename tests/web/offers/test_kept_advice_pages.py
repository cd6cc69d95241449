"""Pages of kept advice: kept from the questionnaire's answers, shown the same, ticks that last."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.accounts.conftest import Country, country
from tests.administration.people import someone

from vandong.accounts.models import Role, User
from vandong.advice.citizen import MUST_SAY
from vandong.contacts.models import Advice

__all__ = ["country"]
pytestmark = pytest.mark.django_db

QUERY = "dang-dong=chua&viec=khong&gioi=nu&thang-sinh=5&nam-sinh=1988&muc=thap-nhat&ngay=2026-11-22"


@pytest.fixture
def collector(country: Country) -> User:
    return someone("thu", Role.COLLECTOR, unit=country["new_tam_tien"])


@pytest.fixture
def client(collector: User) -> Client:
    return signed_in(collector)


def signed_in(user: User) -> Client:
    made = Client()
    made.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return made


def keep(client: Client, unit: object, label: str = "Chị Hoà, thôn Đồng") -> int:
    address = reverse("offers:keep")
    posted = {"label": label, "unit": unit, "cau-tra-loi": QUERY}
    return int(client.post(address, posted).status_code)


def test_answers_are_kept_for_a_person_and_shown_again(client: Client, country: Country) -> None:
    offered = client.get(f"{reverse('offers:keep')}?{QUERY}").content.decode()
    assert "264.000" in offered
    assert keep(client, country["new_tam_tien"].pk) == 302
    row = Advice.objects.get()
    page = client.get(reverse("offers:one", args=[row.pk])).content.decode()
    assert "264.000" in page
    assert "trùng khớp với kết quả đã lưu" in page
    assert all(f'value="{code}"' in page for code in MUST_SAY)
    assert "Chị Hoà, thôn Đồng" in page


def test_ticks_last_and_say_when_all_is_told(client: Client, country: Country) -> None:
    keep(client, country["new_tam_tien"].pk)
    row = Advice.objects.get()
    one, tell = (reverse(f"offers:{name}", args=[row.pk]) for name in ("one", "tell"))
    assert "Chưa nói đủ" in client.get(one).content.decode()
    client.post(tell, {"version": row.version, "told": MUST_SAY})
    assert "Đã nói đủ" in client.get(one).content.decode()
    stale = client.post(tell, {"version": row.version, "told": []}, follow=True)
    assert Advice.objects.get().told == list(MUST_SAY)
    assert "Đã nói đủ" in stale.content.decode()


def test_a_unit_outside_the_own_ground_is_no_choice(client: Client, country: Country) -> None:
    assert keep(client, country["new_dai_dong"].pk) == 422
    assert not Advice.objects.exists()


def test_answers_that_do_not_fit_lead_back_to_the_questions(client: Client) -> None:
    answer = client.get(f"{reverse('offers:keep')}?gioi=nu&nam-sinh=abc")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{reverse('advice:questions')}?gioi=nu")


def test_the_list_finds_without_diacritics_and_shows_only_ones_own(
    client: Client, country: Country
) -> None:
    empty = client.get(reverse("offers:list")).content.decode()
    assert "Chưa có phiếu nào" in empty
    keep(client, country["new_tam_tien"].pk)
    found = client.get(reverse("offers:list"), {"tim": "hoa thon"}).content.decode()
    assert "Chị Hoà" in found
    assert "264.000" in found
    assert "Chị Hoà" not in client.get(reverse("offers:list"), {"tim": "bac"}).content.decode()
    other = signed_in(someone("khac", Role.COLLECTOR, unit=country["new_tam_tien"]))
    assert "Chị Hoà" not in other.get(reverse("offers:list")).content.decode()


def test_an_english_reader_reads_the_same_advice_in_english(
    client: Client, country: Country
) -> None:
    keep(client, country["new_tam_tien"].pk)
    client.cookies["ngon_ngu"] = "en"
    page = client.get(reverse("offers:one", args=[Advice.objects.get().pk])).content.decode()
    assert "264,000" in page
