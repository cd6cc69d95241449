"""Words of a report that stand beside the sentences of `phrases`: names of schemes, baselines, words."""

from datetime import date

from vandong.figures.models import Scheme
from vandong.kernel.exactness import Exactness
from vandong.kernel.numbers import rounded
from vandong.phrases import sentence
from vandong.planning.progress.explained import Explained
from vandong.planning.progress.shapes import Baseline, Growth

LANGUAGE = "vi"
"""Official reports are Vietnamese whatever language their reader has chosen on screen."""


def say(code: str, **values: object) -> str:
    """The sentence of `code` in the language of official reports."""
    return sentence(code, values, LANGUAGE)


def scheme_name(scheme: str) -> str:
    """BHXH tự nguyện, BHYT hộ gia đình …"""
    return str(Scheme(scheme).label)


def word_of(figure: Explained) -> Exactness:
    """The exactness word of a figure as stated; a computed figure with approximate inputs is "khoảng"."""
    if figure.is_exact:
        return Exactness.EXACT
    if figure.formula == "reading" and len(figure.inputs) == 1:
        return figure.inputs[0].exactness
    return Exactness.ABOUT


def whole(figure: Explained) -> int:
    """A count of people as a whole number; an average pace is rounded half up."""
    return rounded(figure.value)


def baseline_name(growth: Growth) -> str:
    """What the growth is measured against: "tháng 04/2023", "tháng 12/2022", "cùng kỳ (30/09/2020)"."""
    if growth.baseline is Baseline.SAME_PERIOD:
        return say("report_baseline_same_period", on=growth.on)
    return say("report_baseline_month", month=month_text(growth.on))


def month_text(on: date) -> str:
    """04/2023."""
    return f"{on:%m/%Y}"
