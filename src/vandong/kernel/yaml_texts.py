"""Reading YAML that people write: a key that stands twice is refused; plain YAML silently keeps the last.

As in YAML 1.2, `on`, `yes`, `no`, `off` are words (only `true` and `false` are truth values), and a number
that begins with 0 or holds a colon is text, not octal or sexagesimal.
"""

import re
from collections import Counter
from collections.abc import Hashable
from typing import Any

import yaml

_FAST: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where the library was built with it: ten times as fast, the same content."""

_BOOLEAN, _WHOLE = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:int"


class KeyTwice(ValueError):
    """A key stands twice in one mapping; says line and key."""


def read_once(text: str) -> Any:
    """The content of a YAML text, plain types only. Raises KeyTwice, yaml.YAMLError."""
    return yaml.load(text, Loader=_OnceLoader)  # noqa: S506 - a SafeLoader


class _OnceLoader(_FAST):  # type: ignore[misc,valid-type]
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        plain = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        keys = Counter(self.construct_object(key) for key in plain)
        twice = [key for key, count in keys.items() if count > 1]
        if twice:
            line = node.start_mark.line + 1
            raise KeyTwice(f"line {line}: {', '.join(map(str, twice))} stands twice")
        content: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return content


_OnceLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in found if tag not in {_BOOLEAN, _WHOLE}]
    for letter, found in _FAST.yaml_implicit_resolvers.items()
}
_OnceLoader.add_implicit_resolver(
    _BOOLEAN, re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_OnceLoader.add_implicit_resolver(
    _WHOLE, re.compile(r"^[-+]?(?:0|[1-9][0-9_]*)$"), list("-+0123456789")
)
