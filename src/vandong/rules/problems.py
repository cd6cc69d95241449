"""Why nothing can be worked out: a code with values, never a wrong number."""

from vandong.kernel.findings import Finding, Severity


class RuleProblem(ValueError):
    """What was given breaks a rule (income below the floor, months not allowed). `field` names the input."""

    def __init__(self, code: str, field: str = "", **values: object) -> None:
        super().__init__(code)
        self.code, self.field, self.values = code, field, values

    @property
    def finding(self) -> Finding:
        """The same for `phrases`."""
        return Finding(self.code, self.values, severity=Severity.ERROR)
