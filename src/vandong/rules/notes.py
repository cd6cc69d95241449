"""What must be said with a result: notes for its trace."""

from vandong.kernel.findings import Finding, Severity


def note(code: str, **values: object) -> Finding:
    """A note by its code and the values of its sentence."""
    return Finding(code, values, severity=Severity.INFO)
