from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.kit.access import signed_in
from trellis.kit.notices.forms import WishesForm
from trellis.kit.notices.kinds import kind_of
from trellis.kit.notices.models import Notice
from trellis.kit.notices.notify import mark_read, set_wishes
from trellis.kit.paging import page_of


@signed_in
def notices(request: HttpRequest) -> HttpResponse:
    """What this person was told, newest first."""
    page = page_of(request, Notice.objects.filter(person=request.user.pk))
    rows = [(notice, kind_of(notice.kind), kind_of(notice.kind).sentence(notice.params)) for notice in page]
    unread = any(notice.read_at is None for notice in page)
    return render(request, "notices/list.html", {"page": page, "rows": rows, "any_unread": unread})


@signed_in
@require_POST
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one as read and go where it leads."""
    notice = get_object_or_404(Notice, pk=notice_id)
    if notice.person_id != request.user.pk:
        raise PermissionDenied("notices.open")
    mark_read(person_id=notice.person_id, notice_id=notice.pk)
    return redirect(notice.link or "notices:list")


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    mark_read(person_id=int(request.user.pk or 0))
    return redirect("notices:list")


@signed_in
def preferences(request: HttpRequest) -> HttpResponse:
    """How this person wants to be told of each kind of thing. Mail links here instead of unsubscribing blindly."""
    person = int(request.user.pk or 0)
    form = WishesForm(request.POST or None, person_id=person)
    if request.method == "POST" and form.is_valid():
        set_wishes(person_id=person, channels=form.channels())
        messages.success(request, _("Kept. From now on you are told in this way."))
        return redirect("notices:preferences")
    return render(request, "notices/preferences.html", {"form": form})
