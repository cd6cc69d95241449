"""What went wrong, as documents: `{"problems": [{"field", "code", "message"}]}`, whatever the status."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import Throttled

from vandong.advice.asking import AskedWrongly, FieldProblem
from vandong.kernel.findings import Finding, Severity
from vandong.law import ParameterMissing
from vandong.phrases import finding_sentence
from vandong.rules.problems import RuleProblem

LANGUAGES = ("vi", "en")


def language(request: HttpRequest) -> str:
    """`lang=en` asks for English; Vietnamese otherwise."""
    asked = request.GET.get("lang", "vi")
    return asked if asked in LANGUAGES else "vi"


def refused(
    request: HttpRequest, problems: Sequence[FieldProblem], status: int = 422
) -> JsonResponse:
    """The document of problems in the language asked for."""
    lang = language(request)
    told = [
        {
            "field": one.field,
            "code": one.finding.code,
            "message": finding_sentence(one.finding, lang),
        }
        for one in problems
    ]
    # Vietnamese letters as letters: people read these answers in a terminal too.
    return JsonResponse(
        {"problems": told}, status=status, json_dumps_params={"ensure_ascii": False}
    )


def add_handlers(api: NinjaAPI) -> None:
    """Teaches the interface the known problems. Anything else is a fault and goes its way, loudly."""

    @api.exception_handler(AskedWrongly)
    def asked_wrongly(request: HttpRequest, problem: AskedWrongly) -> HttpResponse:
        return refused(request, problem.problems)

    @api.exception_handler(RuleProblem)
    def rule_problem(request: HttpRequest, problem: RuleProblem) -> HttpResponse:
        return refused(request, [FieldProblem(problem.field, problem.finding)])

    @api.exception_handler(ParameterMissing)
    def parameter_missing(request: HttpRequest, problem: ParameterMissing) -> HttpResponse:
        found = Finding(problem.code, problem.values, severity=Severity.ERROR)
        return refused(request, [FieldProblem("", found)])

    @api.exception_handler(Throttled)
    def throttled(request: HttpRequest, problem: Throttled) -> HttpResponse:
        seconds = max(1, int(problem.wait or 1))
        found = Finding("too_many_requests", {"seconds": seconds}, severity=Severity.ERROR)
        answer = refused(request, [FieldProblem("", found)], status=429)
        answer["Retry-After"] = str(seconds)
        return answer
