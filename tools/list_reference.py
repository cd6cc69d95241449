"""Writes the second part of docs/reference/list-files.md: the kinds of lists, the heads they are known by.

The first part, what lists may look like, is written by hand. The test of the docs calls `reference()`.
"""

from pathlib import Path

from vandong.intake.heads import known_heads
from vandong.intake.kinds import FIELD_TITLES, KINDS, ListField
from vandong.intake.mapping import needed_words

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "list-files.md"

MARK = "<!-- What follows is written by tools/list_reference.py: do not edit. -->"


def kinds_table() -> str:
    """Each kind, what it is about, and the columns it needs."""
    lines = ["| `--as` | list | needs |", "|---|---|---|"]
    for kind, facts in KINDS.items():
        needs = "; ".join(needed_words(needed) for needed in facts.needed)
        lines.append(f"| `{kind}` | {facts.title} | {needs} |")
    return "\n".join(lines)


def heads_table() -> str:
    """Each field with the heads it is recognised by."""
    written = known_heads()["everywhere"]
    lines = ["| field | carries | heads |", "|---|---|---|"]
    for field in ListField:
        heads = ", ".join(f"“{head}”" for head in written.get(field.value, []))
        lines.append(f"| `{field}` | {FIELD_TITLES[field]} | {heads} |")
    return "\n".join(lines)


def own_heads_table() -> str:
    """Heads that mean something else in one kind."""
    lines = ["| kind | head | field |", "|---|---|---|"]
    for kind, heads in known_heads()["in_one_kind"].items():
        lines += [f"| `{kind}` | “{head}” | `{field}` |" for head, field in heads.items()]
    return "\n".join(lines)


def reference() -> str:
    """The whole page: what stands above the mark, then the tables."""
    above = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    heads = (
        "## Heads\n\nCompared without case, diacritics and signs; numbers such as “(1)” or “A.” in front and"
        "\nexplanations in brackets behind do not matter. Merged heads are written “A / B”."
    )
    own = "## Heads that mean something else in one kind"
    tables = ["## Kinds", kinds_table(), heads, heads_table(), own, own_heads_table()]
    return f"{above}{MARK}\n\n" + "\n\n".join(tables) + "\n"


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
