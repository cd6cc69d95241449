"""Sending a file in, and the sample to fill."""

from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from vandong.accounts.queries.scope import require
from vandong.administration.refusals import Refused
from vandong.papers.returned_sheet import ReturnedSheet, returned_sheet
from vandong.phrases import finding_sentence
from vandong.planning.undoing import FIGURES, PLANS, RIGHTS
from vandong.planning.uploads import Upload, receive_upload
from vandong.web.access import DoorRequest
from vandong.web.figures.forms import UploadForm
from vandong.web.figures.received import on_disk
from vandong.web.figures.wording import language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIGURES_SAMPLE = (
    "unit,kind,parent,as_of,scheme,measure,channel,value,exactness,period_from,organisation,denominator",
    "01,,,31/10/2025,bhxh_tn,stock,,100.000,over,,,",
    "00070,,,31/10/2025,bhxh_tn,gross_new,post,12,exact,01/10/2025,,",
    "00070,,,31/10/2025,,labour_force,,25.300,about,,,",
    "01,,,31/10/2025,bhxh_tn,pct_of_plan,,84.65,,,,",
)
_PLANS_SAMPLE = (
    "owner,document,unit,scheme,kind,channel,period_from,deadline,value,commitment,denominator,signed_on",
    "UBND Thành phố,123/KH-UBND,01,bhxh_tn,stock,,01/01/2026,31/12/2026,120.000,assigned,,15/12/2025",
    "BHXH Thành phố,45/KH-BHXH,00070,bhxh_tn,gross_new,,01/01/2026,31/12/2026,150,striving,,20/12/2025",
)


@require_http_methods(["GET", "POST"])
def upload_figures(request: DoorRequest) -> HttpResponse:
    """ "/so-lieu/nap/": a file of figures."""
    return _upload(request, FIGURES)


@require_http_methods(["GET", "POST"])
def upload_plans(request: DoorRequest) -> HttpResponse:
    """ "/ke-hoach/nap/": a file of plans."""
    return _upload(request, PLANS)


@require_safe
def figures_sample(request: DoorRequest) -> HttpResponse:
    """ "/so-lieu/mau.xlsx": the columns of a figures file with a row of each sort."""
    require(request.actor, RIGHTS[FIGURES])
    return _sample(_FIGURES_SAMPLE, "mau-so-lieu.xlsx")


@require_safe
def plans_sample(request: DoorRequest) -> HttpResponse:
    """ "/ke-hoach/mau.xlsx": the columns of a plans file with a row of each sort."""
    require(request.actor, RIGHTS[PLANS])
    return _sample(_PLANS_SAMPLE, "mau-chi-tieu.xlsx")


def attached(content: bytes, name: str) -> HttpResponse:
    """A workbook to be saved under a name."""
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _upload(request: DoorRequest, kind: str) -> HttpResponse:
    require(request.actor, RIGHTS[kind])
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            with on_disk(file) as path:
                upload = Upload(kind, path, Path(file.name or "").name, form.cleaned_data["source"])
                batch = receive_upload(actor=request.actor, upload=upload, at=timezone.now())
        except Refused as refusal:
            for finding in refusal.findings:
                form.add_error("file", finding_sentence(finding, language()))
        else:
            return redirect("figures:batch", batch.pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "is_plans": kind == PLANS}
    return render(request, "web/figures/upload.html", context, status=status)


def _sample(lines: tuple[str, ...], name: str) -> HttpResponse:
    heads, *rows = [line.split(",") for line in lines]
    sheet = ReturnedSheet(heads=[(head,) for head in heads], rows=rows, name="Mẫu")
    return attached(returned_sheet(sheet), name)
