"""The citizen's pages: questions, the answer, the sheet on paper. No sign-in, no script, no personal data."""

import time
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from vandong.advice.citizen import (
    DAY,
    LANGUAGE,
    LAW,
    Answers,
    AskedWrongly,
    FieldProblem,
    answers_query,
    citizen_advice,
    read_answers,
)
from vandong.advice.documents.citizen import sheet_of, told
from vandong.law import LawBook
from vandong.papers.advice_sheet import advice_sheet_pdf
from vandong.web.accounts.throttle import client_address
from vandong.web.advice.law_in_use import (
    PROVINCES,
    LawState,
    LawUsed,
    keep_once,
    law_for_link,
    present_law,
)
from vandong.web.advice.limits import RESULTS
from vandong.web.advice.limits import SHEETS as SHEET_LIMIT
from vandong.web.advice.memory import MadePage, Memory, answer, compressed
from vandong.web.advice.plot import plot_svg
from vandong.web.advice.questions import error_links, question_groups

LONGEST = 3000
"""Letters of a query: our own links have a few hundred."""

PAGES, SHEETS = Memory(), Memory(most=60)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it is answered: language, day, and the texts typed."""

    given: QueryDict
    lang: str
    today: date

    @property
    def texts(self) -> dict[str, list[str]]:
        """Names and texts."""
        return {name: [str(one) for one in texts] for name, texts in self.given.lists()}

    def key(self, page: str) -> tuple[object, ...]:
        """What decides the answer: the query, the language, the day, the law of now."""
        return page, self.given.urlencode(), self.lang, self.today, self.law().fingerprint

    def law(self) -> LawBook:
        """The law of now for the province told."""
        province = self.given.get("tinh", "")
        return present_law(province if len(province) == 2 else "", self.today)


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """The questionnaire, filled with what the address tells."""
    asked = _asked(request)
    if asked is None:
        return HttpResponseRedirect(reverse("advice:questions"))
    key = (*asked.key("questions"), PROVINCES.names(asked.today))
    page = PAGES.get(key) or PAGES.put(key, _questionnaire(asked, ()))
    return answer(request, page)


@require_safe
def result(request: HttpRequest) -> HttpResponse:
    """The advice; the address that gives the very same again is the one shown in the browser."""
    asked = _asked(request)
    if asked is None or not asked.given:
        return HttpResponseRedirect(reverse("advice:questions"))
    key = asked.key("result")
    page = PAGES.get(key)
    if page is not None:
        return answer(request, page)
    if wait := RESULTS.seconds_to_wait(client_address(request), time.monotonic()):
        return _busy(request, asked, wait)
    try:
        answers, used = _answers(asked)
    except AskedWrongly as wrong:
        return answer(request, _questionnaire(asked, wrong.problems, 422))
    if not (asked.given.get(LAW) and asked.given.get(DAY)):
        return HttpResponseRedirect(_address("advice:result", answers, used, request))
    return answer(request, PAGES.put(key, _result(asked, answers, used)))


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The advice on one page of paper, with the link as a QR."""
    asked = _asked(request)
    if asked is None or not asked.given:
        return HttpResponseRedirect(reverse("advice:questions"))
    host = f"{request.scheme}://{request.get_host()}"
    key = (*asked.key("sheet"), host)
    page = SHEETS.get(key)
    if page is None:
        if wait := SHEET_LIMIT.seconds_to_wait(client_address(request), time.monotonic()):
            return _busy(request, asked, wait)
        try:
            answers, used = _answers(asked)
        except AskedWrongly:
            address = f"{reverse('advice:result')}?{asked.given.urlencode()}"
            return HttpResponseRedirect(address)
        page = SHEETS.put(key, _sheet(asked, answers, used, host))
    made = answer(request, page)
    made["Content-Disposition"] = 'inline; filename="phieu-tu-van.pdf"'
    return made


def _busy(request: HttpRequest, asked: Asked, seconds: int) -> HttpResponse:
    """Too much was worked out for this address: what was answered stands in the link."""
    query = asked.given.urlencode()
    with translation.override(asked.lang):
        context = {**_frame(asked), "seconds": seconds, "here": request.path, "query": query}
        html = render_to_string("web/advice/busy.html", context)
    made = answer(request, compressed(html, status=429))
    made["Retry-After"] = str(seconds)
    return made


def _asked(request: HttpRequest) -> Asked | None:
    """What is asked; None when the query is longer than any of ours."""
    if len(request.META.get("QUERY_STRING", "")) > LONGEST:
        return None
    lang = request.GET.get(LANGUAGE, "")
    if lang not in {"vi", "en"}:
        lang = "en" if (translation.get_language() or "").startswith("en") else "vi"
    return Asked(request.GET, lang, timezone.localdate())


def _answers(asked: Asked) -> tuple[Answers, LawUsed]:
    """The answers and the law they are worked out by. Raises AskedWrongly."""
    used = law_for_link(asked.given.get(LAW, ""), asked.law())
    return read_answers(used.book, asked.texts, today=asked.today), used


def _questionnaire(asked: Asked, problems: tuple[FieldProblem, ...], status: int = 200) -> MadePage:
    with translation.override(asked.lang):
        groups = question_groups(
            asked.law(),
            asked.texts,
            problems,
            PROVINCES.names(asked.today),
            today=asked.today,
            lang=asked.lang,
        )
        context = {**_frame(asked), "groups": groups, "errors": error_links(groups)}
        html = render_to_string("web/advice/questions.html", context)
    return compressed(html, status)


def _result(asked: Asked, answers: Answers, used: LawUsed) -> MadePage:
    if used.state is not LawState.KEPT:
        keep_once(used.book, timezone.now())
    advice = told(citizen_advice(used.book, answers), asked.lang)
    query = answers_query(answers, used.book.fingerprint)
    changed = {LawState.KEPT: "kept", LawState.CHANGED: "changed"}.get(used.state, "")
    with translation.override(asked.lang):
        context = {
            **_frame(asked),
            "told": advice,
            "first": [one for one in advice.sections if one.code in _FIRST],
            "more": [one for one in advice.sections if one.code not in _FIRST],
            "svg": plot_svg(advice.plot, asked.lang) if advice.plot else "",
            "law_state": changed,
            "on": answers.on,
            "query": query,
            "edit_query": answers_query(answers),
            "now_query": answers_query(replace(answers, on=asked.today)),
        }
        return compressed(render_to_string("web/advice/result.html", context))


_FIRST = ("paying", "pension", "change", "savings", "nothing")
"""Sections that are shown whole; the others open."""


def _sheet(asked: Asked, answers: Answers, used: LawUsed, host: str) -> MadePage:
    if used.state is not LawState.KEPT:
        keep_once(used.book, timezone.now())
    advice = told(citizen_advice(used.book, answers), asked.lang)
    query = answers_query(answers, used.book.fingerprint)
    link = f"{host}{reverse('advice:result')}?{_with_language(query, asked.lang)}"
    content = advice_sheet_pdf(sheet_of(advice, answers.on, link))
    return MadePage(200, content, "application/pdf", is_gzip=False)


def _address(name: str, answers: Answers, used: LawUsed, request: HttpRequest) -> str:
    query = answers_query(answers, used.book.fingerprint)
    return f"{reverse(name)}?{_with_language(query, request.GET.get(LANGUAGE, ''))}"


def _with_language(query: str, lang: str) -> str:
    return f"{query}&{urlencode({LANGUAGE: lang})}" if lang == "en" else query


def _frame(asked: Asked) -> dict[str, object]:
    """What every page of these has: its language, and the same page in the other one."""
    other = asked.given.copy()
    other[LANGUAGE] = "vi" if asked.lang == "en" else "en"
    suffix = f"&{LANGUAGE}=en" if asked.lang == "en" else ""
    return {"lang": asked.lang, "other_query": other.urlencode(), "lang_suffix": suffix}
