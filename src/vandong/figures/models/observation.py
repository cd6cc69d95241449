"""Counts as somebody stated them: insert-only, one live row for a subject and source kind."""

from django.db import models

from vandong.accounts.models import Channel, Organisation
from vandong.documents.models import Batch
from vandong.kernel.exactness import Exactness
from vandong.places.models import Unit


class Scheme(models.TextChoices):
    """Insurance schemes."""

    BHXH_TN = "bhxh_tn", "BHXH tự nguyện"
    BHYT_HGD = "bhyt_hgd", "BHYT hộ gia đình"
    BHXH_BB = "bhxh_bb", "BHXH bắt buộc"
    BHYT = "bhyt", "BHYT"
    BHTN = "bhtn", "BHTN"


class Measure(models.TextChoices):
    """What is counted. Stocks and denominators hold on a day; the others over a span."""

    STOCK = "stock", "Đang tham gia"
    FIRST_TIME = "first_time", "Tham gia lần đầu"
    RETURNING = "returning", "Tham gia lại"
    GROSS_NEW = "gross_new", "Tăng mới"
    RENEWED = "renewed", "Đóng tiếp"
    LAPSED = "lapsed", "Dừng đóng"
    MOVED_IN = "moved_in", "Chuyển đến"
    MOVED_OUT = "moved_out", "Chuyển đi"
    TO_COMPULSORY = "to_compulsory", "Chuyển sang BHXH bắt buộc"
    TO_PENSION = "to_pension", "Hưởng lương hưu"
    DECEASED = "deceased", "Đã mất"
    REVENUE = "revenue", "Số thu"
    APPROACHED = "approached", "Đã tiếp cận"
    CHANGE_PREVIOUS_MONTH = "change_previous_month", "Tăng, giảm so với tháng trước"
    CHANGE_PREVIOUS_DECEMBER = "change_previous_december", "Tăng, giảm so với tháng 12 năm trước"
    CHANGE_SAME_PERIOD = "change_same_period", "Tăng, giảm so với cùng kỳ"
    POPULATION = "population", "Dân số"
    LABOUR_FORCE = "labour_force", "Lực lượng lao động trong độ tuổi"
    WORKING_AGE = "working_age", "Người trong độ tuổi lao động"
    HOUSEHOLDS = "households", "Số hộ"


class SourceKind(models.TextChoices):
    """Where a figure comes from."""

    OFFICIAL = "official", "Số liệu báo cáo"
    REGISTER = "register", "Dữ liệu quản lý"
    DERIVED = "derived", "Suy ra"
    MADE_UP = "made_up", "Dữ liệu mẫu"


class Observation(models.Model):
    """A count (people, households; đồng for revenue). `scheme` is empty for denominators."""

    # No index of its own for the unit: `observation_one_live` begins with it. Each index costs every import.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="observations", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, db_index=False)
    scheme = models.CharField(max_length=10, choices=Scheme.choices, blank=True)
    measure = models.CharField(max_length=30, choices=Measure.choices)
    channel = models.CharField(max_length=20, choices=Channel.choices, blank=True)
    as_of = models.DateField()
    period_from = models.DateField(null=True, help_text="first day of a flow; empty for stocks")
    value = models.BigIntegerField()
    exactness = models.CharField(
        max_length=10,
        choices=[(word.value, word.value) for word in Exactness],
        default=Exactness.EXACT,
    )
    source_kind = models.CharField(max_length=10, choices=SourceKind.choices)
    source_text = models.CharField(max_length=500, blank=True)
    restated = models.BooleanField(
        default=False, help_text="stands on a unit that did not exist on that day"
    )
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="observations")
    batch_row = models.IntegerField(null=True)
    live = models.BooleanField(default=True)
    superseded_by = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="superseded")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "unit",
                    "scheme",
                    "measure",
                    "channel",
                    "source_kind",
                    "as_of",
                    "period_from",
                    "organisation",
                ],
                condition=models.Q(live=True),
                nulls_distinct=False,
                name="observation_one_live",
            ),
        ]
        indexes = [
            # The site's default day is the last observation: asked on every page.
            models.Index(
                fields=["as_of"],
                condition=models.Q(live=True) & ~models.Q(scheme=""),
                name="observation_live_day",
            ),
        ]


class PrintedFigure(models.Model):
    """A percentage as printed, with its decimals: kept only to check what is recomputed."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="printed_figures")
    scheme = models.CharField(max_length=10, choices=Scheme.choices, blank=True)
    kind = models.CharField(max_length=40)
    denominator = models.CharField(max_length=100, blank=True)
    as_of = models.DateField()
    period_from = models.DateField(null=True)
    value = models.DecimalField(max_digits=12, decimal_places=6, help_text="per cent")
    decimals = models.PositiveSmallIntegerField()
    source_text = models.CharField(max_length=500, blank=True)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="printed_figures")
    batch_row = models.IntegerField(null=True)
    live = models.BooleanField(default=True)
    superseded_by = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "scheme", "kind", "denominator", "as_of", "period_from"],
                condition=models.Q(live=True),
                nulls_distinct=False,
                name="printed_figure_one_live",
            )
        ]
