"""A citizen's advice as words and as JSON."""

from vandong.advice.documents.citizen.content import Cited, Plot, Row, Section, Told, Why
from vandong.advice.documents.citizen.paper import sheet_of
from vandong.advice.documents.citizen.told import citizen_document, told

__all__ = ["Cited", "Plot", "Row", "Section", "Told", "Why", "citizen_document", "sheet_of", "told"]
