"""How a result came about: steps as codes and values, with the facts of the law behind each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from vandong.kernel.findings import Finding
from vandong.law import Confidence, Fact

_ORDER = (Confidence.OFFICIAL, Confidence.SECONDARY, Confidence.UNVERIFIED)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a calculation: `code` and `values` make its sentence, `facts` are the law it rests on."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))


@dataclass(frozen=True, slots=True)
class Trace:
    """The steps of a result in their order, and what must be said with it (`notes`)."""

    steps: tuple[Step, ...] = ()
    notes: tuple[Finding, ...] = ()

    def __add__(self, other: "Trace") -> "Trace":
        """First this one, then the other; a note that stands in both is said once."""
        more = tuple(note for note in other.notes if note not in self.notes)
        return Trace(self.steps + other.steps, self.notes + more)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact used, each once, in the order of its first use."""
        return tuple(dict.fromkeys(fact for step in self.steps for fact in step.facts))

    @property
    def confidence(self) -> Confidence:
        """That of the least certain fact."""
        return max((fact.confidence for fact in self.facts), key=_ORDER.index, default=_ORDER[0])
