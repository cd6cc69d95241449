"""Pages under test take their static files as they lie in the tree: no collecting before a test."""

from tests.static_files import static_files_as_they_lie

__all__ = ["static_files_as_they_lie"]
