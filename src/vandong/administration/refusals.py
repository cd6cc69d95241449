"""How a verb says no to what was asked, with every problem at once."""

from vandong.kernel.findings import Finding, Severity, Spot


class Refused(Exception):
    """Nothing was stored. `findings` hold all problems; a spot's column is the name of the field."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings


class StaleVersion(Refused):
    """Somebody else stored the row after it was read: what was typed must be looked at again."""

    def __init__(self, name: str) -> None:
        super().__init__(problem("stale_version", name=name))


def problem(code: str, column: str | None = None, **values: object) -> Finding:
    """One problem of a field (`column`), or of the whole."""
    spot = Spot(column=column) if column else None
    return Finding(code=code, values=values, spot=spot, severity=Severity.ERROR)


def refuse_all(problems: list[Finding]) -> None:
    """Raises Refused when there is any problem."""
    if problems:
        raise Refused(*problems)


def check_version(name: str, stored: int, read: int) -> None:
    """Raises StaleVersion when the row is no longer the one that was read."""
    if stored != read:
        raise StaleVersion(name)
