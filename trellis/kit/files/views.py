from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from trellis.kit.access import require, signed_in
from trellis.kit.files.keep import place_of
from trellis.kit.files.models import StoredFile


@signed_in
def file(request: HttpRequest, token: str) -> HttpResponseBase:
    """A kept file, for its owner and who holds its permission. Always a download: what it holds is not ours to run."""
    stored = get_object_or_404(StoredFile, token=token)
    if stored.owner_id != request.user.pk:
        if not stored.permission:
            raise PermissionDenied("files.have")
        require(request, stored.permission, stored)
    response = FileResponse(
        place_of(stored).open("rb"), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
