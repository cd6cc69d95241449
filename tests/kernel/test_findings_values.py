import pytest

from vandong.kernel.findings import Finding, Severity, Spot


def test_a_finding_keeps_its_values_from_change() -> None:
    values = {"text": "abc"}
    finding = Finding("not_a_number", values, Spot(7, "value"), Severity.ERROR)
    values["text"] = "other"
    assert finding.values["text"] == "abc"
    with pytest.raises(TypeError):
        finding.values["text"] = "other"  # type: ignore[index]
