"""Reading YAML that people write: a key that stands twice is refused; plain YAML silently keeps the last."""

from collections.abc import Hashable
from typing import Any

import yaml


class KeyTwice(ValueError):
    """A key stands twice in one mapping; says line and key."""


def read_once(text: str) -> Any:
    """The content of a YAML text, plain types only. Raises KeyTwice, yaml.YAMLError."""
    return yaml.load(text, Loader=_OnceLoader)  # noqa: S506 - a SafeLoader


class _OnceLoader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            line = node.start_mark.line + 1
            raise KeyTwice(f"line {line}: {', '.join(map(str, twice))} stands twice")
        return super().construct_mapping(node, deep)
