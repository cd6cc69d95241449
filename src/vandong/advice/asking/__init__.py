"""What people ask, as named texts, read into the requests of the rules: one reading for every door."""

from vandong.advice.asking.reader import AskedWrongly, FieldProblem, Given, Reader

__all__ = ["AskedWrongly", "FieldProblem", "Given", "Reader"]
