"""Writes docs/reference/measures.md from the code: `python tools/measures_reference.py`.

The test of the docs calls `reference()` and fails when the page is stale.
"""

import re
from pathlib import Path

import django
import yaml

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "measures.md"
TEXTS = ROOT / "src" / "vandong" / "phrases" / "texts"
PLACEHOLDER = re.compile(r"\{([a-z_0-9]+):[a-z_]+\}")
HEAD = """# Measures, plans, formulas, findings

<!-- Written by tools/measures_reference.py from the code: do not edit. -->

The codes that files, `--json` documents and explanations use. Counts are people (households, đồng for revenue).
"""


def reference() -> str:
    """The whole page."""
    from vandong.figures.models import Measure, PlanKind, Scheme, SourceKind  # noqa: PLC0415

    formulas = _texts("progress", "formula_")
    parts = [
        HEAD,
        _choices("Schemes", Scheme),
        _choices("Measures of observations", Measure),
        _choices("Kinds of plans", PlanKind),
        _choices("Kinds of sources", SourceKind),
        _table("Formulas of explanations", formulas),
        _table("Findings", _texts("measures", "")),
    ]
    return "\n".join(parts)


def _choices(title: str, choices: object) -> str:
    rows = [(value, str(label)) for value, label in choices.choices]  # type: ignore[attr-defined]
    lines = [f"| `{value}` | {label} |" for value, label in rows]
    return "\n".join([f"## {title}", "", "| code | Vietnamese |", "|---|---|", *lines, ""])


def _texts(subject: str, prefix: str) -> list[tuple[str, str, str]]:
    content = yaml.safe_load((TEXTS / f"{subject}.yaml").read_text(encoding="utf-8"))
    return [
        (code.removeprefix(prefix), text["vi"], text["en"])
        for code, text in content.items()
        if code.startswith(prefix)
    ]


def _table(title: str, rows: list[tuple[str, str, str]]) -> str:
    lines = [f"| `{code}` | {_plain(vi)} | {_plain(en)} |" for code, vi, en in rows]
    return "\n".join(
        [f"## {title}", "", "| code | Vietnamese | English |", "|---|---|---|", *lines, ""]
    )


def _plain(text: str) -> str:
    return PLACEHOLDER.sub(r"‹\1›", text).replace("|", "\\|").strip()


if __name__ == "__main__":
    django.setup()
    PAGE.write_text(reference(), encoding="utf-8")
