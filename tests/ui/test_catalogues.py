"""The English and Vietnamese catalogues: whole, compiled, with the same placeholders as the pages."""

import pytest
from django.utils import translation
from django.utils.translation import gettext
from tools.catalogues import (
    LANGUAGES,
    merged,
    mo_bytes,
    path_of,
    placeholder_faults,
    po_bytes,
    stored,
    untranslated,
)

STALE = "stale: run `python tools/catalogues.py`, fill in what it names, run it again"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_marked_text_stands_in_the_catalogue(lang: str) -> None:
    assert path_of(lang).read_bytes() == po_bytes(merged(lang)), STALE


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_is_translated_with_its_placeholders(lang: str) -> None:
    assert [message.id for message in untranslated(stored(lang))] == []
    assert [message.id for message in placeholder_faults(stored(lang))] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_compiled_catalogue_is_of_these_texts(lang: str) -> None:
    assert path_of(lang, "mo").read_bytes() == mo_bytes(stored(lang)), STALE


def test_django_reads_both() -> None:
    with translation.override("en"):
        assert gettext("Tổng quan") == "Overview"
    with translation.override("vi"):
        assert gettext("Tổng quan") == "Tổng quan"
