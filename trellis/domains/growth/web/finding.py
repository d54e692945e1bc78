"""A guided way to a first goal: one question a screen, left and taken up again as one likes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from trellis.domains.growth.actions import finding as actions
from trellis.domains.growth.actions.cards import put_on_my_board
from trellis.domains.growth.actions.goals import Wish
from trellis.domains.growth.models import Finding
from trellis.domains.growth.queries import finding as queries
from trellis.domains.growth.queries.goals import examples
from trellis.domains.growth.rules import finding as rules
from trellis.domains.growth.web.finding_forms import AnswerForm, WishForm
from trellis.domains.growth.web.goal_forms import on_the_map
from trellis.domains.mentoring.queries.mentors import mentor_of
from trellis.domains.people.asking import Asked
from trellis.kit import clock
from trellis.kit.access import signed_in


@dataclass(frozen=True)
class Question:
    """A question, what helps to answer it, and what an answer may look like."""

    asks: Any
    help: Any
    example: Any


QUESTIONS = {
    "energy": Question(
        gettext_lazy("What gives you energy?"),
        gettext_lazy("Think of the last weeks: after which work were you more awake than before?"),
        gettext_lazy("Explaining a trick to somebody new, and seeing it work."),
    ),
    "asked": Question(
        gettext_lazy("What do others come to you for?"),
        gettext_lazy("What people ask you about is often what you are good at and no longer notice."),
        gettext_lazy("Difficult skin tones. And feedback before something goes to the customer."),
    ),
    "admire": Question(
        gettext_lazy("Whom do you admire, and for what?"),
        gettext_lazy("Somebody here or anywhere. What do they do that you would like to be able to do?"),
        gettext_lazy("Minh: nobody in his team is afraid to say that something went wrong."),
    ),
    "company": Question(
        gettext_lazy("What would the company be glad of?"),
        gettext_lazy("Something that is missing, slow or annoying, and that somebody could make better."),
        gettext_lazy("That new people need three weeks instead of eight."),
    ),
}


@dataclass(frozen=True)
class Way:
    """Where one is: the step, how many there are, and the one before."""

    step: str
    number: int
    before: str
    following: str
    of: int = len(rules.STEPS)


def _way(step: str) -> Way:
    return Way(step, rules.STEPS.index(step) + 1, rules.before(step), rules.following(step))


def _shown(request: Asked, step: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, f"growth/find_{step}.html", {"way": _way(step), **context}, status=status)


def _on(request: Asked, step: str) -> HttpResponse:
    """To the step that comes now, which is remembered."""
    after = rules.following(step)
    actions.go_on(step=after, actor=request.user)
    return redirect(f"growth:find-{after}")


def _finding(request: Asked) -> Finding:
    """The answers so far; who only looks leaves nothing behind."""
    if request.method == "POST":
        return actions.begin(actor=request.user)
    return Finding.objects.filter(person=request.user).first() or Finding(person=request.user)


@signed_in
def begin(request: Asked) -> HttpResponse:
    """What this is; begin, or go on where one stopped."""
    if request.method == "POST":
        finding = actions.begin(actor=request.user)
        actions.go_on(step=finding.step, actor=request.user)
        return redirect(f"growth:find-{finding.step}")
    return render(request, "growth/find.html", {"finding": Finding.objects.filter(person=request.user).first()})


@signed_in
def question(request: Asked, step: str) -> HttpResponse:
    """One question and room for words."""
    finding = _finding(request)
    form = AnswerForm(request.POST or None, initial={"words": getattr(finding, step)})
    if request.method == "POST" and form.is_valid():
        if "skip" not in request.POST:
            actions.answer(question=step, words=form.cleaned_data["words"], actor=request.user)
        return _on(request, step)
    form.ask(QUESTIONS[step].asks, QUESTIONS[step].example)
    context = {"way": _way(step), "question": QUESTIONS[step], "form": form}
    return render(request, "growth/find_question.html", context, status=422 if request.method == "POST" else 200)


@signed_in
def skills(request: Asked, step: str) -> HttpResponse:
    """What one would like to do more of."""
    finding, offered = _finding(request), queries.skills_asked()
    if request.method == "POST":
        if "skip" not in request.POST:
            chosen = {skill.pk for skill in offered if str(skill.pk) in request.POST.getlist("skill")}
            actions.like_skills(skills=chosen, actor=request.user)
        return _on(request, step)
    liked = {skill.pk for skill in queries.liked(finding)}
    return _shown(request, step, {"rows": [(skill, skill.pk in liked) for skill in offered]})


@signed_in
def positions(request: Asked, step: str) -> HttpResponse:
    """Positions that fit what was said, with the reasons."""
    finding = _finding(request)
    if request.method == "POST":
        if "skip" not in request.POST:
            code = request.POST.get("position", "")
            actions.choose_position(position=on_the_map().filter(code=code).first(), actor=request.user)
        return _on(request, step)
    found = queries.suggestions(finding, request.user, on=clock.today())
    return _shown(request, step, {"found": found, "finding": finding})


@signed_in
def shown_examples(request: Asked, step: str) -> HttpResponse:
    """Goals that others chose to show; one may be taken as a beginning."""
    finding = _finding(request)
    if request.method == "POST":
        wish = request.POST.get("wish", "").strip()
        if wish and "skip" not in request.POST:
            actions.take_wish(wish=wish[:200], actor=request.user)
        return _on(request, step)
    return _shown(request, step, {"examples": examples(request.user), "finding": finding})


@signed_in
def wish(request: Asked, step: str) -> HttpResponse:
    """The draft of a goal, and whom to talk it over with."""
    finding = _finding(request)
    form = WishForm(request.POST or None, initial={"title": finding.wish})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        why = _answers(finding) if said["with_answers"] else ""
        wish = Wish(said["title"], why, None, finding.position if said["with_position"] else None)
        goal = actions.end_in_goal(wish=wish, once=said["once"], actor=request.user)
        messages.success(request, _("That is your goal. Nobody but you can see it."))
        return redirect("growth:goal", goal.pk)
    answers = [(QUESTIONS[name].asks, getattr(finding, name), name) for name in QUESTIONS]
    mentor = mentor_of(request.user).mentor
    talk = _("Talk to %(name)s about this") % {"name": mentor} if mentor else _("Talk to somebody about this")
    context = {"form": form, "finding": finding, "answers": answers, "talk": talk}
    return _shown(request, step, context, 422 if request.method == "POST" else 200)


def _answers(finding: Finding) -> str:
    """The answers as one text, each under its question."""
    given = [(QUESTIONS[name].asks, getattr(finding, name)) for name in QUESTIONS]
    return "\n\n".join(f"**{asks}**\n{words}" for asks, words in given if words)[:4000]


@signed_in
@require_POST
def to_card(request: Asked) -> HttpResponse:
    """An answer onto one's board, as something to do: to talk it over with somebody, say."""
    finding, name = _finding(request), request.POST.get("question", "")
    words, title = getattr(finding, name) if name in QUESTIONS else "", request.POST.get("title", "").strip()[:200]
    if not words or not title:
        messages.error(request, _("A card needs a title and an answer. Nothing was put on your board."))
        return redirect("growth:find-wish")
    notes = f"**{QUESTIONS[name].asks}**\n\n{words}"
    card = put_on_my_board(owner=request.user, title=title, notes=notes, origin=f"finding:{name}")
    said = _("It is on your board.") if not card.archived_at else _("It was on your board and is in the archive.")
    messages.success(request, format_html('{} <a href="/cards/{}/">{}</a>', said, card.pk, _("Open the card")))
    return redirect("growth:find-wish")


@signed_in
@require_POST
def leave(request: Asked) -> HttpResponse:
    """No guide is needed."""
    actions.leave(actor=request.user)
    messages.info(request, _("As you like. What you answered is kept for you; you can go on at any time."))
    return redirect("growth:goals")


@signed_in
@require_POST
def forget(request: Asked) -> HttpResponse:
    """Delete the answers."""
    actions.forget(actor=request.user)
    messages.success(request, _("Your answers are deleted."))
    return redirect("growth:find")


VIEWS: dict[str, Callable[..., HttpResponse]] = {
    **dict.fromkeys(rules.QUESTIONS, question),
    "skills": skills,
    "positions": positions,
    "examples": shown_examples,
    "wish": wish,
}
