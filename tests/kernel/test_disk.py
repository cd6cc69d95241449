"""What means that a disk is full."""

import errno

import pytest

from vandong.kernel.disk import is_disk_full


class Sql(Exception):
    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def from_(cause: Exception) -> Exception:
    problem = RuntimeError("wrapped")
    problem.__cause__ = cause
    return problem


@pytest.mark.parametrize(
    ("problem", "is_full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), True),
        (Sql("53100"), True),
        (from_(Sql("53100")), True),
        (from_(from_(OSError(errno.ENOSPC, "full"))), True),
        (OSError(errno.EACCES, "Permission denied"), False),
        (Sql("57P01"), False),
        (RuntimeError("other"), False),
        (None, False),
    ],
)
def test_full_is_told_from_every_other_failure(problem: Exception | None, is_full: bool) -> None:
    assert is_disk_full(problem) is is_full
