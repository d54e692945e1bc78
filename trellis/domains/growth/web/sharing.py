"""Who can see this, what others let one read, and what is said to it.

A page of a board or a goal shows `growth/audience.html` with the `audience` of `seen`, and `growth/comments.html` with
the `discussion` of `discussion_on`.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from trellis.domains.growth.actions import sharing as actions
from trellis.domains.growth.models import Board, Card, Comment, Goal, Share
from trellis.domains.growth.queries.sharing import (
    Audience,
    Thing,
    audience_of,
    comments_on,
    people_called,
    shared_with,
)
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Person
from trellis.kit.access import require, signed_in
from trellis.kit.ids import id_in, new_key
from trellis.kit.paging import page_of

SAID: dict[str, Any] = {
    "shared": gettext_lazy("%(name)s can see it from now on, and is told so."),
    "changed": gettext_lazy("Changed for %(name)s."),
    "already": gettext_lazy("%(name)s can see it already."),
    "oneself": gettext_lazy("It is your own: you see it anyway."),
    "not_here": gettext_lazy("%(name)s does not work here, so nothing was changed. Choose a colleague."),
}


class CommentForm(forms.ModelForm[Comment]):
    """What one wants to say; the key makes sure that it is said once."""

    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    class Meta:
        model = Comment
        fields = ("text", "key")
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = new_key


@dataclass(frozen=True)
class Discussion:
    """What was said to a card or a goal, and the form to say more, if one may."""

    comments: list[Comment]
    address: str
    form: CommentForm | None
    is_mine: bool


def seen(request: Asked, thing: Thing) -> Audience:
    """Who can see the thing, for its page; notes that its reader did, once a day."""
    audience = audience_of(thing, request.user)
    if audience.own_share:
        actions.note_look(given=audience.own_share)
    return audience


def discussion_on(on: Card | Goal, audience: Audience) -> Discussion:
    """What was said to it, for its page. One statement."""
    if isinstance(on, Card):
        address = reverse("growth:comment-on-card", args=[on.pk])
    else:
        address = reverse("growth:comment-on-goal", args=[on.pk])
    return Discussion(comments_on(on), address, CommentForm() if audience.may_comment else None, audience.is_mine)


def _own(request: Asked, kind: str, pk: int) -> Thing:
    thing: Thing = get_object_or_404(Board, pk=pk) if kind == "board" else get_object_or_404(Goal, pk=pk)
    require(request, "growth.own", thing)
    return thing


@signed_in
def share(request: Asked, kind: str, pk: int) -> HttpResponse:
    """Who can see it; let one more person in, or change what they may."""
    thing = _own(request, kind, pk)
    if request.method == "POST":
        _let_in(request, thing)
        return redirect(f"growth:share-{kind}", pk)
    words = request.GET.get("q", "").strip()[:100]
    audience = audience_of(thing, request.user)
    context = {
        "thing": thing,
        "kind": kind,
        "audience": audience,
        "words": words,
        "found": people_called(words, besides=request.user),
        "let_in": {given.reader_id for given in audience.shares},
    }
    part = "#found" if request.headers.get("HX-Request") else ""
    return render(request, f"growth/share.html{part}", context)


def _let_in(request: Asked, thing: Thing) -> None:
    reader = Person.objects.get_queryset().filter(pk=id_in(request.POST.get("person")), erased_at=None).first()
    if reader is None:
        messages.error(request, _("Nobody was chosen. Find a person by name, and say there what they may."))
        return
    may_comment = request.POST.get("may") == "comment"
    outcome = actions.share(thing=thing, reader=reader, may_comment=may_comment, actor=request.user)
    if outcome.code == "gone":
        raise Http404
    tell = messages.success if outcome.share else messages.error
    tell(request, SAID[outcome.code] % {"name": reader.name})


@signed_in
@require_POST
def end_share(request: Asked, kind: str, pk: int) -> HttpResponse:
    """The owner ends what one person may."""
    thing = _own(request, kind, pk)
    given = thing.shares.filter(ended_at=None, reader=id_in(request.POST.get("person"))).first()
    if given:
        actions.end_share(given=given)
        said = _("%(name)s cannot see it any more. What they said to it stays with you.")
        messages.success(request, said % {"name": given.reader.name})
    return redirect(f"growth:share-{kind}", pk)


@signed_in
def shared(request: Asked) -> HttpResponse:
    """What others let one read."""
    return render(request, "growth/shared.html", {"page": page_of(request, shared_with(request.user))})


@signed_in
@require_POST
def stop_reading(request: Asked, pk: int) -> HttpResponse:
    """A reader gives it back by themselves."""
    given = get_object_or_404(Share, pk=pk)
    require(request, "growth.stop_reading", given)
    actions.end_share(given=given)
    messages.success(request, _("You do not see it any more."))
    return redirect("growth:shared")


@signed_in
@require_POST
def comment_on_card(request: Asked, pk: int) -> HttpResponse:
    """Say something to a card."""
    card = get_object_or_404(Card.objects.select_related("column__board"), pk=pk)
    require(request, "growth.comment_card", card)
    return _comment(request, card)


@signed_in
@require_POST
def comment_on_goal(request: Asked, pk: int) -> HttpResponse:
    """Say something to a goal."""
    goal = get_object_or_404(Goal, pk=pk)
    require(request, "growth.comment", goal)
    return _comment(request, goal)


def _comment(request: Asked, on: Card | Goal) -> HttpResponse:
    back, form = f"/{on._meta.model_name}s/{on.pk}/", CommentForm(request.POST)
    if not form.is_valid():
        return render(request, "growth/comment.html", {"form": form, "back": back}, status=422)
    if actions.say(on=on, author=request.user, **form.cleaned_data) is None:
        raise Http404
    return redirect(f"{back}#comments")


@signed_in
@require_POST
def take_comment_away(request: Asked, pk: int) -> HttpResponse:
    """Delete what one said, or what was said to one's own."""
    comment = get_object_or_404(Comment.objects.select_related("card__column__board", "goal"), pk=pk)
    require(request, "growth.take_comment_away", comment)
    on = comment.on
    may_read = request.user.has_perm("growth.read_card" if isinstance(on, Card) else "growth.read", on)
    actions.take_comment_away(comment=comment)
    messages.success(request, _("The comment is deleted."))
    return redirect(f"/{on._meta.model_name}s/{on.pk}/#comments" if may_read else "growth:shared")
