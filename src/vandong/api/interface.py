"""The interface itself: one GET address for each question, and its description at `openapi.json`.

Open without signing in: nothing personal is asked or kept. A visitor has so many requests a minute
(counted in each process of the site).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer
from ninja.throttling import AnonRateThrottle

from vandong.advice.asking import FieldProblem, Reader
from vandong.api.fields import Field
from vandong.api.problems import LANGUAGES, add_handlers, language, refused
from vandong.api.questions import QUESTIONS, Document, Question
from vandong.kernel.findings import Finding, Severity
from vandong.law import law_book

VERSION = "1"
REQUESTS_A_MINUTE = 120
LONGEST_QUERY = 4_000
"""Characters; a question is far shorter."""

_PROBLEMS = {
    "type": "object",
    "properties": {
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in ("field", "code", "message")},
                "required": ["field", "code", "message"],
            },
        }
    },
}
_LANGUAGE = {
    "name": "lang",
    "in": "query",
    "required": False,
    "schema": {"type": "string", "enum": list(LANGUAGES), "default": "vi"},
}


class _Letters(JSONRenderer):
    """Vietnamese letters as letters: people read these answers in a terminal too."""

    def __init__(self) -> None:
        self.json_dumps_params = {"ensure_ascii": False}


def interface() -> NinjaAPI:
    """The interface with every question."""
    api = NinjaAPI(
        title="Vận Động",
        version=VERSION,
        description="Mức đóng và quyền lợi theo luật của từng ngày. / Contributions and benefits by the law.",
        docs_url=None,
        urls_namespace="api",
        throttle=[AnonRateThrottle(f"{REQUESTS_A_MINUTE}/m")],
        renderer=_Letters(),
    )
    add_handlers(api)
    for question in QUESTIONS:
        api.get(
            f"/{question.path}",
            url_name=question.name,
            operation_id=question.name,
            summary=question.title,
            description=question.meaning,
            openapi_extra=_described(question),
        )(_view(question))
    api.get("/{path:rest}", include_in_schema=False, url_name="nowhere")(_nowhere)
    return api


def _nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """An address without a question: a document like every other, with the addresses that there are."""
    known = ", ".join(question.path for question in QUESTIONS)
    found = Finding("no_such_question", {"path": rest, "known": known}, severity=Severity.ERROR)
    return refused(request, [FieldProblem("", found)], status=404)


def _view(question: Question) -> Callable[[HttpRequest], Document]:
    def view(request: HttpRequest) -> Document:
        reader = Reader(dict(request.GET.lists()))
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            reader.add("", "question_too_long", most=LONGEST_QUERY)
            reader.stop()
        return question.answer(law_book(), reader, language(request))

    view.__name__ = question.name
    view.__doc__ = question.meaning
    return view


def _described(question: Question) -> dict[str, object]:
    problems = {"content": {"application/json": {"schema": _PROBLEMS}}}
    return {
        "parameters": [*(_parameter(field) for field in question.fields), _LANGUAGE],
        "responses": {
            422: {"description": "Câu hỏi chưa trả lời được. / It cannot be answered.", **problems},
            429: {"description": "Quá nhiều yêu cầu. / Too many requests.", **problems},
        },
    }


def _parameter(field: Field) -> dict[str, object]:
    text: dict[str, object] = {"type": "string"}
    return {
        "name": field.name,
        "in": "query",
        "required": field.needed,
        "description": field.meaning,
        "example": field.example,
        "schema": {"type": "array", "items": text} if field.several else text,
    }


api = interface()
