"""Every variable of the environment that is read stands in docs/reference/settings.md, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "settings.md"
OWN = re.compile(r"^(VANDONG_[A-Z_]+|DATABASE_URL|DATABASE_OWNER_URL|PORT)$")
FOREIGN = {
    "PATH",
    "XDG_RUNTIME_DIR",
    "DJANGO_SETTINGS_MODULE",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "PYTHONPATH",
}
"""Variables of others that the code passes on or sets itself."""


def read_from_environment(tree: ast.AST) -> Iterator[str]:
    """Constant names in `os.environ[…]`, `….get("NAME")`, `os.getenv("NAME")`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("environ"):
            named: ast.expr | None = node.slice
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
            ("environ.get", "getenv")
        ):
            named = node.args[0]
        else:
            continue
        if isinstance(named, ast.Constant):
            yield str(named.value)


def variables_in_code() -> set[str]:
    found = set()
    for file in (ROOT / "src").rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found |= set(read_from_environment(tree)) - FOREIGN
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and OWN.match(node.value)
        }
    return found | set(re.findall(r"VANDONG_[A-Z_]+", (ROOT / "dev").read_text(encoding="utf-8")))


def test_every_variable_is_described_and_no_other() -> None:
    described = set(
        re.findall(r"^\| `([A-Z_]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert described == variables_in_code()
