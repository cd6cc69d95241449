"""The law as dated parameters: what a value was on a day, by which article, and how sure we are of it.

`law_book()` is the law as shipped; `LawBook.fact` looks a value up and refuses rather than guess.
"""

from vandong.law.book import LawBook
from vandong.law.facts import Citation, Confidence, Fact, ParameterMissing
from vandong.law.loading import law_book

__all__ = ["Citation", "Confidence", "Fact", "LawBook", "ParameterMissing", "law_book"]
