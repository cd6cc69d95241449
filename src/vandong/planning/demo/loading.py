"""The demo: official units, the five articles' figures and plans, the made-up province, its accounts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from vandong.accounts.queries.scope import Actor
from vandong.administration.places import load_official_units
from vandong.planning.demo.province import load_made_up_province

ARTICLES = files("vandong.planning.demo") / "articles"


@dataclass(frozen=True, slots=True)
class Article:
    """One of the five source articles: its file, and what its figures give as their source."""

    file_name: str
    source: str


FIGURES = (
    Article("haiphong_2019-04.csv", "Bài báo 10/04/2019, BHXH TP. Hải Phòng, Quý I/2019"),
    Article("hanoi_2021-10.csv", "Bài báo tháng 10/2021, BHXH TP. Hà Nội, hết tháng 9/2021"),
    Article("hanoi_2022-03.csv", "Bài báo 28/03/2022, mô hình xã điểm Hà Nội, năm 2021"),
    Article("bacgiang_2023-06.csv", "Công văn 2966/UBND-KGVX, Bắc Giang, đến 31/05/2023"),
    Article("hanoi_2024-11.csv", "Bài báo tháng 11/2024, lễ ra quân 16/11/2024 tại Hà Nội"),
)
PLANS = Article("plans.csv", "Kế hoạch nêu trong năm bài báo")

Step = Callable[[str], None]
