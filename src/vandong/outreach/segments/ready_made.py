"""The segments that come with the system, read from `ready_made.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from vandong.kernel.yaml_texts import read_once
from vandong.outreach.segments.conditions import Rule, read_rule


@dataclass(frozen=True, slots=True)
class ReadyMade:
    """A segment by its code; names and explanations are in `phrases` (`segment_<code>`). `source`: the row of
    the source articles. `aim`: the scheme that the people are approached for, empty when for none."""

    code: str
    source: str
    aim: str
    rule: Rule


@cache
def ready_made() -> Mapping[str, ReadyMade]:
    """All of them by code, in the order of the file."""
    text = (files("vandong.outreach.segments") / "ready_made.yaml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            code: ReadyMade(
                code, str(parts["from"]), parts.get("aim", ""), read_rule(parts["rule"])
            )
            for code, parts in read_once(text).items()
        }
    )
