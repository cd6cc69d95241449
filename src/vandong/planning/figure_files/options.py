"""What is asked of an import of figures."""

from dataclasses import dataclass

from vandong.figures.models import SourceKind


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """`source_text` is told with every figure (empty: the file's name). `accept_good` takes the good lines
    although others have problems; `create_units` makes unknown units under their `parent`."""

    source_text: str = ""
    accept_good: bool = False
    create_units: bool = False
    source_kind: str = SourceKind.OFFICIAL.value
