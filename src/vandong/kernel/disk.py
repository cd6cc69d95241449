"""Whether a failure means that a disk is full: that of the files, or that of the database."""

import errno

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_SQLSTATE = "53100"
"""`disk_full` of PostgreSQL (appendix A of its manual)."""


def is_disk_full(problem: BaseException | None) -> bool:
    """True for the failure itself, or for one that another was raised from."""
    while problem is not None:
        if isinstance(problem, OSError) and problem.errno in _FULL:
            return True
        if getattr(problem, "sqlstate", None) == _SQLSTATE:
            return True
        problem = problem.__cause__
    return False
