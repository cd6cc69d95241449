"""Tables of the documents floor."""

from vandong.documents.models.approval import Approval
from vandong.documents.models.batch import Batch, BatchProblem, BatchState, SourceFile
from vandong.documents.models.document import Document
from vandong.documents.models.local_support import (
    LocalSupport,
    LocalSupportState,
    SupportConfidence,
    SupportedGroup,
    SupportScheme,
)

__all__ = [
    "Approval",
    "Batch",
    "BatchProblem",
    "BatchState",
    "Document",
    "LocalSupport",
    "LocalSupportState",
    "SourceFile",
    "SupportConfidence",
    "SupportScheme",
    "SupportedGroup",
]
