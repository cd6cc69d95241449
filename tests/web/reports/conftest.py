"""Reports have the readers of boards."""

from tests.web.board.conftest import reader  # noqa: F401 - one cast for boards and reports
