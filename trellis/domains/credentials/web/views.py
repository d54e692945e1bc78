from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.credentials import actions, queries
from trellis.domains.credentials.pdf import certificate_pdf, qr_svg, verify_url
from trellis.domains.credentials.rules import in_groups
from trellis.domains.credentials.web.wording import REFUSALS, title_of
from trellis.domains.learning.models import Course
from trellis.domains.people.access import Role, only_about
from trellis.domains.people.asking import Asked
from trellis.domains.programmes.models import Journey
from trellis.domains.recognition.queries import transfer_by_key
from trellis.kit import clock
from trellis.kit.access import needs, public, require, signed_in
from trellis.kit.paging import page_of


@signed_in
def certificates(request: Asked) -> HttpResponse:
    """Mine, and what can be had."""
    mine = list(queries.loaded().filter(person=request.user))
    page = {
        "certificates": [(c, title_of(c)) for c in mine],
        "courses": queries.courses_to_certify(request.user),
        "sees_all": request.user.has_perm("credentials.see_all"),
        "may_issue": request.user.has_perm("credentials.issue"),
        "sees_bonuses": request.user.has_perm("recognition.see_bonuses"),
    }
    return render(request, "credentials/certificates.html", page)


@needs("credentials.see_all")
def all_certificates(request: Asked) -> HttpResponse:
    """Every certificate, found by name or number."""
    words = request.GET.get("q", "").strip()[:100]
    found = only_about(queries.loaded(), request.user, Role.ACADEMY, Role.HR)
    if words:
        number = words.upper().replace(" ", "")
        found = found.filter(Q(person__name__icontains=words) | Q(number=number))
    page = page_of(request, found)
    rows = [(c, title_of(c)) for c in page.object_list]
    return render(request, "credentials/all.html", {"page": page, "rows": rows, "words": words})


@needs("credentials.issue")
def ceremony(request: Asked) -> HttpResponse:
    """Who was approved and waits for the certificate."""
    page = page_of(request, only_about(queries.waiting_for_issue(), request.user, Role.ACADEMY))
    return render(request, "credentials/ceremony.html", {"page": page})


@needs("credentials.issue")
@require_POST
def issue(request: Asked, journey_id: int) -> HttpResponse:
    """Give the certificate; asked twice it is the same one."""
    journey = get_object_or_404(
        Journey.objects.select_related("person", "version", "programme", "position"), pk=journey_id
    )
    require(request, "credentials.issue", journey)
    outcome = actions.issue(journey=journey, actor=request.user, on=clock.today())
    if not outcome.certificate:
        messages.error(request, REFUSALS[outcome.code])
        return redirect("credentials:ceremony")
    messages.success(
        request,
        _("The certificate of %(person)s is issued.") % {"person": journey.person}
        if outcome.code == "issued"
        else _("%(person)s has this certificate already.") % {"person": journey.person},
    )
    return redirect("credentials:certificate", outcome.certificate.number)


@signed_in
@require_POST
def issue_for_course(request: Asked, code: str) -> HttpResponse:
    """Fetch one's own certificate of a course."""
    course = get_object_or_404(Course, code=code)
    outcome = actions.issue_for_course(person=request.user, course=course, actor=request.user)
    if not outcome.certificate:
        messages.error(request, REFUSALS["course_" + outcome.code])
        return redirect("credentials:certificates")
    return redirect("credentials:certificate", outcome.certificate.number)


@signed_in
def certificate(request: Asked, number: str) -> HttpResponse:
    """One certificate with its bonus, its QR code and its PDF."""
    shown = get_object_or_404(queries.loaded(), number=number)
    require(request, "credentials.see", shown)
    is_own = shown.person_id == request.user.pk
    bonus = transfer_by_key(actions.bonus_key(shown.journey_id)) if is_own and shown.journey_id else None
    page = {
        "certificate": shown,
        "title": title_of(shown),
        "number": in_groups(shown.number),
        "verify": verify_url(shown),
        "bonus": bonus,
        "is_own": is_own,
        "may_withdraw": request.user.has_perm("credentials.withdraw", shown) and not shown.withdrawn_at,
    }
    return render(request, "credentials/certificate.html", page)


@signed_in
def pdf(request: Asked, number: str) -> HttpResponse:
    """The certificate on paper."""
    shown = get_object_or_404(queries.loaded(), number=number)
    require(request, "credentials.see", shown)
    response = HttpResponse(certificate_pdf(shown), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="certificate-{shown.number}.pdf"'
    return response


@public
def qr(request: HttpRequest, number: str) -> HttpResponse:
    """The QR code that leads to the public page; there is nothing in it that the number does not say."""
    shown = get_object_or_404(queries.loaded(), number=number)
    return HttpResponse(qr_svg(verify_url(shown)), content_type="image/svg+xml")


@signed_in
def withdraw(request: Asked, number: str) -> HttpResponse:
    """Declare it void, with the reason; it stays and says so."""
    shown = get_object_or_404(queries.loaded(), number=number)
    require(request, "credentials.withdraw", shown)
    fault = ""
    if request.method == "POST":
        outcome = actions.withdraw(certificate=shown, actor=request.user, reason=request.POST.get("reason", ""))
        if outcome.ok:
            messages.success(request, _("The certificate is withdrawn. Whoever verifies it is told so."))
            return redirect("credentials:certificate", shown.number)
        fault = REFUSALS[outcome.code]
    page = {"certificate": shown, "title": title_of(shown), "fault": fault}
    return render(request, "credentials/withdraw.html", page, status=422 if fault else 200)


@public
def verify_form(request: HttpRequest) -> HttpResponse:
    """For who has a number on paper."""
    if number := request.GET.get("number", "").strip()[:40]:
        signs = (sign for sign in number.upper() if sign.isascii() and sign.isalnum())
        return redirect("credentials:verify", "".join(signs) or "0")
    return render(request, "credentials/verify.html", {})


@public
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """Valid, withdrawn, or unknown: to anybody. Of a transcript whose it is, of which day and by whom."""
    certificate = queries.by_number(number)
    paper = None if certificate else queries.paper_by_number(number)
    shown = certificate or paper
    page = {
        "asked": number[:40],
        "certificate": certificate,
        "paper": paper,
        "title": title_of(certificate) if certificate else "",
        "number": in_groups(shown.number) if shown else "",
    }
    return render(request, "credentials/verify.html", page, status=200 if shown else 404)
