"""`vandong demo`: the figures of the five articles and a made-up province."""

import typer
from django.conf import settings
from django.utils import timezone

from vandong.accounts.queries.scope import Actor
from vandong.console.list_follow_ups import following
from vandong.console.output import AsJson, print_json
from vandong.console.problems import Problem
from vandong.console.wording import language
from vandong.phrases import sentence
from vandong.planning.demo.loading import load_demo


def register(app: typer.Typer) -> None:
    """Adds `demo` to the command line."""
    app.command()(demo)


def demo(as_json: AsJson = False) -> None:
    """Nạp dữ liệu mẫu; chạy lại không đổi gì. / Load the demo; running again changes nothing."""
    if not settings.DEMO:
        raise Problem.of("demo_not_allowed")
    lang, actor, at = language(), Actor.system("vandong demo"), timezone.now()
    loaded = load_demo(
        actor=actor,
        at=at,
        is_demo=settings.DEMO,
        step=lambda code: typer.echo(f"· {sentence(code, {}, lang)}", err=True),
        follow_up=following(actor, at),
    )
    counts = {
        "figures": loaded.article_figure_count,
        "plans": loaded.article_plan_count,
        "made_up": loaded.made_up_count,
        "people": loaded.people_count,
    }
    if as_json:
        print_json(counts)
    else:
        typer.echo(_told(counts, lang))


def _told(counts: dict[str, int], lang: str) -> str:
    code = "demo_loaded" if any(counts.values()) else "demo_stands"
    return sentence(code, counts, lang)
