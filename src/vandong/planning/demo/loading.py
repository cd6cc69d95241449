"""The demo: official units, the five articles' figures and plans, the made-up province, its accounts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import as_file, files

from vandong.accounts.queries.scope import Actor
from vandong.administration.demo_law import enter_demo_resolution
from vandong.administration.demo_people import DEMO_ACCOUNTS, DemoAccount, create_demo_users
from vandong.administration.places import load_official_units
from vandong.intake.kinds import ListKind
from vandong.intake.lists import FollowUp, unfollowed
from vandong.kernel.findings import Finding
from vandong.planning.demo.people import load_made_up_people
from vandong.planning.demo.province import load_made_up_province
from vandong.planning.figure_files.importing import import_figures
from vandong.planning.figure_files.options import ImportOptions
from vandong.planning.import_results import ImportResult
from vandong.planning.plan_files.importing import PlanOptions, import_plans

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

PEOPLE = 50_000

Step = Callable[[str], None]
"""Told before each part, with a code of `phrases`."""


class DemoRefused(RuntimeError):
    """An article's file was not taken whole: the demo is no longer what the articles say."""

    def __init__(self, file_name: str, problems: tuple[Finding, ...]) -> None:
        super().__init__(f"{file_name}: {[(one.code, dict(one.values)) for one in problems]}")
        self.file_name = file_name
        self.problems = problems


@dataclass(frozen=True, slots=True)
class LoadedDemo:
    """What came in: nothing new on a second run."""

    article_figure_count: int
    article_plan_count: int
    made_up_count: int
    people_count: int
    accounts: tuple[DemoAccount, ...]


def load_demo(
    *,
    actor: Actor,
    at: datetime,
    is_demo: bool,
    people: int = PEOPLE,
    step: Step = lambda code: None,
    follow_up: FollowUp = unfollowed,
) -> LoadedDemo:
    """Loads what `./dev up` shows; running again changes nothing. `follow_up` is told from which day on the
    figures of the register have changed.

    Each part is a transaction of its own, so that a part that came in stands. Raises NotADemo, NotAllowed,
    DemoRefused.
    """
    step("demo_step_units")
    load_official_units(actor=actor, at=at)
    step("demo_step_articles")
    figure_count = sum(_figures(article, actor, at) for article in FIGURES)
    plan_count = _plans(actor, at)
    step("demo_step_province")
    province = load_made_up_province(actor=actor, at=at)
    step("demo_step_accounts")
    create_demo_users(actor=actor, at=at, is_demo=is_demo)
    enter_demo_resolution(proposer="quantri", approver="kehoach", at=at)
    step("demo_step_people")
    taken = load_made_up_people(actor=actor, at=at, people=people, follow_up=follow_up)
    return LoadedDemo(
        article_figure_count=figure_count,
        article_plan_count=plan_count,
        made_up_count=province.observation_count,
        people_count=taken.get(ListKind.PERSONS, 0),
        accounts=DEMO_ACCOUNTS,
    )


def _figures(article: Article, actor: Actor, at: datetime) -> int:
    with as_file(ARTICLES / article.file_name) as path:
        options = ImportOptions(source_text=article.source, create_units=True)
        result = import_figures(
            actor=actor, path=path, name=article.file_name, at=at, options=options
        )
    return _taken(article, result)


def _plans(actor: Actor, at: datetime) -> int:
    with as_file(ARTICLES / PLANS.file_name) as path:
        options = PlanOptions(source_text=PLANS.source)
        result = import_plans(actor=actor, path=path, name=PLANS.file_name, at=at, options=options)
    return _taken(PLANS, result)


def _taken(article: Article, result: ImportResult) -> int:
    if result.problems:
        raise DemoRefused(article.file_name, result.problems)
    return result.new_count
