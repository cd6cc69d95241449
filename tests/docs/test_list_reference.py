"""The page of list files tells the kinds and heads that the code knows."""

from tools.list_reference import PAGE, reference


def test_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "run: python tools/list_reference.py"
