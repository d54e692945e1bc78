"""Stories of promotions: read by the company, told by the person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.domains.opportunities import actions, queries
from trellis.domains.opportunities.models import Story
from trellis.domains.opportunities.web.forms import StoryForm
from trellis.domains.opportunities.web.wording import STEPS, draft_of
from trellis.domains.people.asking import Asked
from trellis.domains.people.models import Holding
from trellis.kit.access import needs, require, signed_in
from trellis.kit.paging import page_of


def _story(story_id: int) -> Story:
    return get_object_or_404(Story.objects.select_related("person", "holding__position", "holding__unit"), pk=story_id)


@needs("opportunities.read_stories")
def stories(request: Asked) -> HttpResponse:
    """What colleagues tell of their way."""
    return render(request, "opportunities/stories.html", {"page": page_of(request, queries.published(), size=20)})


@signed_in
def mine(request: Asked) -> HttpResponse:
    """One's promotions, and the story of each."""
    rows = [(holding, getattr(holding, "story", None)) for holding in queries.promotions_of(request.user)]
    return render(request, "opportunities/my_stories.html", {"rows": rows})


@signed_in
@require_POST
def begin(request: Asked, holding_id: int) -> HttpResponse:
    """A draft from the facts, for the person to rewrite."""
    holding = get_object_or_404(Holding.objects.select_related("position"), pk=holding_id)
    require(request, "opportunities.tell", holding)
    steps = queries.steps_of(holding)
    title, words = draft_of(queries.facts_of(holding, steps), steps)
    outcome = actions.begin_story(holding=holding, title=title, words=words, actor=request.user)
    if outcome.story is None:
        messages.error(request, _("This change was no promotion; there is nothing to tell of it here."))
        return redirect("opportunities:my_stories")
    return redirect("opportunities:edit_story", outcome.story.pk)


@needs("opportunities.read_stories")
def story(request: Asked, story_id: int) -> HttpResponse:
    """One story with the facts beside it; one that is not published only for who tells it."""
    shown = _story(story_id)
    if not shown.is_published and not request.user.has_perm("opportunities.set_pay", shown):
        require(request, "opportunities.tell", shown)
    hides_words = not shown.is_published and shown.person_id != request.user.pk
    steps = queries.steps_of(shown.holding)
    context = {
        "story": shown,
        "hides_words": hides_words,
        "steps": [(step.on, STEPS[step.code][0], STEPS[step.code][1] % {"what": step.what}) for step in steps],
        "grown": queries.facts_of(shown.holding, steps),
        "is_own": shown.person_id == request.user.pk,
        "may_set_pay": request.user.has_perm("opportunities.set_pay", shown),
    }
    return render(request, "opportunities/story.html", context)


@signed_in
def edit(request: Asked, story_id: int) -> HttpResponse:
    """The person's own words."""
    shown = _story(story_id)
    require(request, "opportunities.tell", shown)
    form = StoryForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        actions.tell(
            story=shown,
            title=form.cleaned_data["title"],
            words=form.cleaned_data["words"],
            shows_pay=form.cleaned_data.get("shows_pay", False),
            actor=request.user,
        )
        messages.success(request, _("Saved."))
        return redirect("opportunities:story", shown.pk)
    return render(
        request, "opportunities/edit_story.html", {"form": form, "story": shown}, status=422 if form.errors else 200
    )


@signed_in
@require_POST
def publish(request: Asked, story_id: int) -> HttpResponse:
    """The person's consent."""
    shown = _story(story_id)
    require(request, "opportunities.tell", shown)
    if request.POST.get("consent"):
        actions.consent(story=shown, actor=request.user)
        messages.success(request, _("The company can read it now. You can take it back at any time."))
    else:
        messages.error(request, _("Tick that you agree; without it nobody else sees your story."))
    return redirect("opportunities:story", shown.pk)


@signed_in
@require_POST
def withdraw(request: Asked, story_id: int) -> HttpResponse:
    """The consent is taken back."""
    shown = _story(story_id)
    require(request, "opportunities.tell", shown)
    actions.withdraw_story(story=shown, actor=request.user)
    messages.success(request, _("Taken back; only you see it now."))
    return redirect("opportunities:story", shown.pk)


@needs("opportunities.set_pay")
@require_POST
def pay(request: Asked, story_id: int) -> HttpResponse:
    """The line on pay, by HR; shown when the person agrees."""
    shown = _story(story_id)
    require(request, "opportunities.set_pay", shown)
    actions.set_pay_line(story=shown, line=request.POST.get("line", ""), actor=request.user)
    messages.success(request, _("Saved; it is shown once the person agrees."))
    return redirect("opportunities:story", shown.pk)
