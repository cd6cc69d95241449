"""Records of contacts."""

from vandong.contacts.models.advice import Advice, LawEdition

__all__ = ["Advice", "LawEdition"]
