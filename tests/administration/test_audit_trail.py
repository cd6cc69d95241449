"""What `record` keeps, and that every deed has its words."""

import ast
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

import vandong
from vandong.accounts.queries.scope import Actor
from vandong.administration.audit_trail import Subject, record
from vandong.audit.models import AuditEvent
from vandong.phrases.catalogue import catalogue

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
SUBJECT = Subject("figures.plan", "7", "Kế hoạch")


def note(before: object, after: object) -> AuditEvent:
    actor = Actor(user_id=3, name="Trần Minh")
    record(actor, "plan.edited", SUBJECT, before, after, AT, "Vì sao")  # type: ignore[arg-type]
    return AuditEvent.objects.get()


@pytest.mark.django_db
def test_only_what_differs_is_kept() -> None:
    event = note({"a": 1, "b": 2, "gone": 3}, {"a": 1, "b": 4, "new": date(2026, 1, 2)})
    assert event.before == {"b": 2, "gone": 3}
    assert event.after == {"b": 4, "new": "2026-01-02"}


@pytest.mark.django_db
def test_a_row_stands_without_what_it_speaks_of() -> None:
    event = note(None, {"share": Decimal("0.10"), "units": ("x", "y")})
    assert (event.actor_id, event.actor_name, event.subject_name) == (3, "Trần Minh", "Kế hoạch")
    assert (event.before, event.after) == (None, {"share": "0.10", "units": ["x", "y"]})
    assert (event.at, event.reason) == (AT, "Vì sao")


@pytest.mark.django_db
def test_what_cannot_be_kept_faithfully_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        note(None, {"rate": 0.1})


def deeds(file: Path) -> set[str]:
    """The codes of deeds that a module records: every text like "noun.verb" given to `record`."""
    tree = ast.parse(file.read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [call for call in calls if getattr(call.func, "id", "") == "record"]
    texts = (node for call in named for node in ast.walk(call) if isinstance(node, ast.Constant))
    return {
        text.value
        for text in texts
        if isinstance(text.value, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", text.value)
    }


def test_every_deed_in_the_code_has_its_words() -> None:
    modules = Path(vandong.__file__).parent.rglob("*.py")
    found = set().union(*(deeds(file) for file in modules)) - {"places.unit"}
    assert {"user.created", "unit_set.created", "official_units.loaded"} <= found
    missing = {code for code in found if f"audit_{code.replace('.', '_')}" not in catalogue()}
    assert missing == set()
