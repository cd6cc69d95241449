"""The trend in the reader's language: its sentence, the label of its plan, the numbers drawn."""

from datetime import date

from vandong.papers.charts import trend_svg
from vandong.papers.content import Trend, TrendPoint
from vandong.reporting.charts import trend_sentence

CHART = Trend(
    points=(TrendPoint(date(2022, 12, 31), 41098), TrendPoint(date(2023, 5, 31), 44134)),
    label="BHXH tự nguyện",
    plan_label="Kế hoạch 52.139",
)


def test_the_sentence_in_both_languages() -> None:
    assert trend_sentence(CHART, "BHXH tự nguyện") == (
        "BHXH tự nguyện: 41.098 ngày 31/12/2022, 44.134 ngày 31/05/2023; Kế hoạch 52.139"
    )
    english = Trend(points=CHART.points, label="", plan_label="Plan 52,139", lang="en")
    assert trend_sentence(english, "Voluntary") == (
        "Voluntary: 41,098 on 31/12/2022, 44,134 on 31/05/2023; Plan 52,139"
    )


def test_the_numbers_drawn_follow_the_language() -> None:
    assert "44.134" in trend_svg(CHART)
    english = trend_svg(Trend(points=CHART.points, label="", lang="en"))
    assert "44,134" in english
    assert "42,000" in english
