"""How a result came about, for readers and machines: the law used, the steps, and what must be said."""

from collections.abc import Iterator, Sequence

from vandong.kernel.numbers import decimal_text
from vandong.kernel.periods import Month
from vandong.law import Fact
from vandong.phrases import finding_sentence, sentence
from vandong.phrases.forms import FORMS
from vandong.phrases.law_words import (
    citation_words,
    local_group_words,
    row_words,
    span_words,
    value_words,
)
from vandong.rules.local_support import local_parts
from vandong.rules.trace import Trace

Document = dict[str, object]


def trace_document(trace: Trace, lang: str) -> list[Document]:
    """Every value of the law that was used, each once, in the order of its first use.

    `value` is exact text with a decimal point; `name`, `value_printed` and `source` are for readers.
    """
    return [fact_document(fact, lang) for fact in trace.facts]


def fact_document(fact: Fact, lang: str) -> Document:
    """One value of the law. `until` is exclusive; null without end."""
    check = {"by": fact.check.by, "on": fact.check.on.isoformat()} if fact.check else None
    return {
        "parameter": fact.name,
        "name": fact_name(fact, lang),
        "value": decimal_text(fact.value),
        "value_printed": value_words(fact.value, fact.unit, lang),
        "unit": fact.unit,
        "from": fact.valid_from.isoformat(),
        "until": fact.valid_until.isoformat() if fact.valid_until else None,
        "document": fact.citation.document,
        "article": fact.citation.article,
        "clause": fact.citation.clause,
        "signed_on": fact.citation.signed_on.isoformat() if fact.citation.signed_on else None,
        "source": citation_words(fact.citation, lang),
        "confidence": fact.confidence.value,
        "check": check,
        "note": fact.note,
    }


def fact_name(fact: Fact, lang: str) -> str:
    """The name of a value; a row of a table with the name of the row."""
    local = local_parts(fact.parameter)
    name = _local_name(*local, lang) if local else FORMS["law_name"](fact.parameter, lang)
    return f"{name} ({row_words(fact.key, lang)})" if fact.key else name


def _local_name(scheme: str, group: str, lang: str) -> str:
    """What a province adds; its resolution is cited beside, so the province is not named again."""
    values = {
        "scheme": sentence(f"local_scheme_{scheme}", {}, lang),
        "group": local_group_words(group, lang),
    }
    return sentence("local_support_of_province", values, lang)


def step_sentences(trace: Trace, lang: str) -> list[str]:
    """The steps of a calculation as sentences, in their order."""
    return [sentence(step.code, step.values, lang) for step in trace.steps]


def note_sentences(trace: Trace, lang: str) -> list[str]:
    """What must be said with a result: its notes, then every value of the law that is not verified, from
    which text it is, and who confirms it."""
    return list(dict.fromkeys([*_noted(trace, lang), *uncertain_sentences(trace, lang)]))


def uncertain_sentences(trace: Trace, lang: str) -> list[str]:
    """ "Chưa xác minh …" for every value that was not read in the official text itself; the rows of one table
    are said once."""
    tables: dict[tuple[str, object], list[Fact]] = {}
    for fact in trace.facts:
        if not fact.confidence.is_verified:
            tables.setdefault((fact.parameter, fact.valid_from), []).append(fact)
    return [_uncertain(facts, lang) for facts in tables.values()]


def month_text(month: Month | None) -> str | None:
    """A month as documents write it: "2026-11"."""
    return f"{month.year:04d}-{month.month:02d}" if month else None


def _noted(trace: Trace, lang: str) -> Iterator[str]:
    return (finding_sentence(note, lang) for note in trace.notes)


def _uncertain(facts: Sequence[Fact], lang: str) -> str:
    fact, rows = facts[0], [row_words(one.key, lang) for one in facts]
    name, value = fact_name(fact, lang), value_words(fact.value, fact.unit, lang)
    if len(facts) > 1:
        name = f"{FORMS['law_name'](fact.parameter, lang)} ({', '.join(rows)})"
        value = sentence("law_rows", {"count": len(facts)}, lang)
    values = {
        "name": name,
        "value": value,
        "span": span_words(fact.valid_from, fact.valid_until, lang),
        "source": citation_words(fact.citation, lang),
    }
    return sentence("law_not_verified", values, lang)
