"""Tables of the documents floor."""

from vandong.documents.models.approval import Approval
from vandong.documents.models.batch import Batch, BatchProblem, BatchState, SourceFile
from vandong.documents.models.document import Document

__all__ = ["Approval", "Batch", "BatchProblem", "BatchState", "Document", "SourceFile"]
