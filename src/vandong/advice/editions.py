"""Editions of the law book, kept so that any result can be worked out again by the very law it came from."""

from datetime import datetime
from functools import lru_cache

from vandong.contacts.models import LawEdition
from vandong.law import LawBook, law_book
from vandong.law.editions import edition_text, read_edition

_REMEMBERED = 8
"""Books in memory; an installation uses the shipped one and a few older ones."""


def keep_edition(book: LawBook, at: datetime) -> LawEdition:
    """The kept edition of this book; made when it is the first time that it is used."""
    edition, _ = LawEdition.objects.get_or_create(
        fingerprint=book.fingerprint,
        defaults={"content": edition_text(book), "first_used_at": at},
    )
    return edition


def book_of_edition(fingerprint: str) -> LawBook | None:
    """The law book with this fingerprint: the one shipped, else a kept edition; None when nobody kept it.

    No statement for the shipped one or one that was read before.
    """
    shipped = law_book()
    if fingerprint == shipped.fingerprint:
        return shipped
    try:
        return _kept(fingerprint)
    except LawEdition.DoesNotExist:
        return None


@lru_cache(maxsize=_REMEMBERED)
def _kept(fingerprint: str) -> LawBook:
    return read_edition(LawEdition.objects.get(pk=fingerprint).content)
