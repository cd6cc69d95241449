"""The reference of measures is what the code says; the glossary knows every measure and scheme."""

from pathlib import Path

import pytest
from tools.measures_reference import PAGE, reference

from vandong.figures.models import Commitment, Measure, Scheme

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_is_not_stale() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), (
        "run: python tools/measures_reference.py"
    )


@pytest.mark.parametrize("code", [*Measure.values, *Scheme.values, *Commitment.values])
def test_the_glossary_knows_the_code(code: str) -> None:
    if code.startswith("change_"):
        code = code.removeprefix("change_")
    assert f"`{code}`" in (DOCS / "glossary.md").read_text(encoding="utf-8")


def test_every_page_of_the_docs_is_reached_from_the_readme() -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    pages = [page.relative_to(DOCS.parent) for page in DOCS.rglob("*.md")]
    missing = [str(page) for page in pages if str(page) not in readme]
    assert missing == []


def test_the_readme_links_only_to_what_is_there() -> None:
    import re

    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"\]\((docs/[^)#]+)\)", readme)
    assert [target for target in targets if not (DOCS.parent / target).exists()] == []
