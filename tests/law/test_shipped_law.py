"""The law as shipped: it loads, says its names, its checkers, and spells each document one way."""

import re
from collections import defaultdict
from datetime import date

from vandong.kernel.names import fold
from vandong.law import Citation, law_book
from vandong.law.book import Dated, Parameter
from vandong.law.review import Certainty, standings

TODAY = date(2026, 11, 22)
NUMBER = re.compile(r"\d+/(?:\d{4}/)?[0-9A-ZĐƯa-z-]+")


def entries() -> list[tuple[Parameter, Dated]]:
    return [(one, entry) for one in law_book().parameters.values() for entry in one.entries]


def citations() -> list[Citation]:
    return [entry.citation for _parameter, entry in entries()]


def test_every_parameter_loads_with_names_in_both_languages() -> None:
    assert law_book().parameters
    for parameter in law_book().parameters.values():
        assert parameter.names["vi"] != parameter.names["en"], parameter.code
        assert len(set(parameter.names.values())) == 2, parameter.code


def test_no_two_parameters_have_the_same_name() -> None:
    for lang in ("vi", "en"):
        names = [one.names[lang] for one in law_book().parameters.values()]
        assert sorted(names) == sorted(set(names))


def test_every_uncertain_value_has_somebody_who_checks_it() -> None:
    for parameter, entry in entries():
        if not entry.confidence.is_verified:
            assert entry.check, f"{parameter.code} from {entry.valid_from}"
            assert entry.check.by
            assert entry.check.on > entry.valid_from or entry.valid_from > TODAY


def test_what_nobody_published_is_checked_for_when_its_time_has_come() -> None:
    last = [(one, one.entries[-1]) for one in law_book().parameters.values()]
    for parameter, entry in last:
        if entry.ended == "never_published":
            assert entry.check, parameter.code
            assert parameter.is_yearly, parameter.code


def test_each_document_has_one_spelling() -> None:
    spellings = defaultdict(set)
    for citation in citations():
        number = NUMBER.search(citation.document)
        spellings[fold(number.group() if number else citation.document)].add(citation.document)
    several = {key: sorted(found) for key, found in spellings.items() if len(found) > 1}
    assert several == {}


def test_a_number_and_its_longer_form_are_not_both_in_use() -> None:
    """ "Luật 41/2024" beside "Luật 41/2024/QH15"."""
    names = sorted({citation.document for citation in citations()})
    cut = [(one, other) for one in names for other in names if other.startswith(f"{one}/")]
    assert cut == []


def test_each_document_was_signed_on_one_day() -> None:
    days = defaultdict(set)
    for citation in citations():
        days[citation.document].add(citation.signed_on)
    several = {name: sorted(map(str, found)) for name, found in days.items() if len(found) > 1}
    assert several == {}


def test_nothing_was_signed_after_the_day_this_was_written() -> None:
    for citation in citations():
        assert citation.signed_on is None or citation.signed_on <= TODAY, citation


def test_today_most_of_the_law_is_known() -> None:
    known = [one for one in standings(law_book(), TODAY) if one.certainty is not Certainty.UNKNOWN]
    assert len(known) > len(law_book().parameters) / 2
