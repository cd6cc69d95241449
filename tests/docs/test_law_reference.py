"""The reference of the law is what the parameters say."""

from tools.law_reference import PAGE, reference

from vandong.law import law_book


def test_the_page_is_not_stale() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "run: python tools/law_reference.py"


def test_every_parameter_has_its_section() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [code for code in law_book().parameters if f"## `{code}`" not in page] == []
