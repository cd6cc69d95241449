"""Writes docs/reference/commands.md from the command line itself: `python tools/command_reference.py`.

The test of the docs calls `reference()` and fails when the page is stale.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "commands.md"
_HEAD = """# Commands

<!-- Written by tools/command_reference.py from the commands themselves: do not edit. -->

Every command has `--help` in Vietnamese and English (`VANDONG_LANG=vi|en`). Exit codes: 0 done, 1 a problem
in the data (told on stderr, and in the document under `--json`), 2 wrong usage. `--json` prints one JSON
document on stdout and nothing else there: money and counts are integers, rates and percentages strings with
a decimal point, days ISO.
"""


def reference() -> str:
    """The whole page."""
    from typer.main import get_command  # noqa: PLC0415 after Django is set up

    from vandong.console.app import build  # noqa: PLC0415
    from vandong.console.wording import ENGLISH, speaking  # noqa: PLC0415

    with speaking(ENGLISH):
        root = get_command(build())
        sections = [_section(path, command) for path, command in _commands("vandong", root)]
    return "\n".join([_HEAD, *sections])


def _commands(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    below = getattr(command, "commands", None)
    if not below:
        yield path, command
        return
    for name in sorted(below):
        yield from _commands(f"{path} {name}", below[name])


def _section(path: str, command: Any) -> str:
    lines = [f"## `{path}`", "", command.help or "", ""]
    rows = [_row(parameter) for parameter in command.params if parameter.name != "help"]
    if rows:
        lines += ["| | | default |", "|---|---|---|", *rows, ""]
    return "\n".join(lines)


def _row(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        name = f"`{parameter.name.upper()}`"
    else:
        name = ", ".join(f"`{option}`" for option in parameter.opts)
    default = "required" if parameter.required else _default(parameter.default)
    return f"| {name} | {(parameter.help or '').replace('|', chr(92) + '|')} | {default} |"


def _default(value: Any) -> str:
    return "" if value is None or value is False or value == "" else f"`{value}`"


if __name__ == "__main__":
    django.setup()
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(reference(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name} written\n")
