"""Forms about mentors."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trellis.domains.careers.models import Competency
from trellis.domains.careers.queries.choosing import Group
from trellis.domains.careers.wording import group_title
from trellis.domains.mentoring.actions.willing import Offering
from trellis.domains.mentoring.models import Willing
from trellis.domains.mentoring.queries.finder import Choices, Wish
from trellis.domains.mentoring.rules.mentors import MOST_PLACES
from trellis.domains.mentoring.web.mentor_words import LANGUAGES


class FinderForm(forms.Form):
    """What to look by; nonsense in the address is no filter."""

    q = forms.CharField(
        label=_("In words"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    topic = forms.TypedChoiceField(label=_("Helps with"), required=False, coerce=int, empty_value=None)
    language = forms.ChoiceField(label=_("Speaks"), required=False)
    pathway = forms.TypedChoiceField(label=_("Knows the pathway"), required=False, coerce=int, empty_value=None)
    position = forms.TypedChoiceField(label=_("Holds or held"), required=False, coerce=int, empty_value=None)
    team = forms.TypedChoiceField(label=_("Team"), required=False, coerce=int, empty_value=None)
    free = forms.BooleanField(label=_("with a free place"), required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "topic": choices.topics,
            "language": LANGUAGES,
            "pathway": choices.pathways,
            "position": choices.positions,
            "team": choices.units,
        }
        for name, known in offered.items():
            self.fields[name].choices = [("", _("any")), *known.items()]  # type: ignore[attr-defined]

    def wish(self) -> Wish:
        """As the query takes it."""
        self.is_valid()
        said = self.cleaned_data
        return Wish(
            topic=said.get("topic"),
            language=said.get("language", ""),
            pathway=said.get("pathway"),
            position=said.get("position"),
            unit=said.get("team"),
            words=said.get("q", ""),
            free=said.get("free", False),
        )


class AskForm(forms.Form):
    """What for, and a few words."""

    topic = forms.ModelChoiceField(
        Competency.objects.none(), label=_("What for"), required=False, empty_label=_("I will say")
    )
    message = forms.CharField(
        label=_("A few words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you hope for, perhaps, and how often you would like to talk. Only the two of you read it."),
    )
    reason = forms.CharField(
        label=_("Why I change"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Nobody asks. If you write it down, only you read it."),
    )

    def __init__(self, *args: Any, topics: list[Competency], changes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic = self.fields["topic"]
        if topics:
            topic.queryset = Competency.objects.filter(pk__in=[one.pk for one in topics])  # type: ignore[attr-defined]
            topic.choices = [("", _("I will say")), *((one.pk, str(one)) for one in topics)]  # type: ignore[attr-defined]
        else:
            del self.fields["topic"]
        if not changes:
            del self.fields["reason"]


class AnswerForm(forms.Form):
    """Words that go with a yes or a no."""

    words = forms.CharField(
        label=_("A few words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the two of you read them. A no needs no reason."),
    )


class EndForm(forms.Form):
    """Why, for oneself."""

    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nobody asks. If you write it down, only you read it."),
    )


@dataclass(frozen=True)
class TopicGroup:
    """Some of the competencies one may help with, under a title."""

    title: Any
    competencies: list[Competency]
    is_chosen: bool = False
    is_open: bool = False


class WillingForm(forms.Form):
    """What somebody says of themselves as a mentor."""

    topics = forms.ModelMultipleChoiceField(
        Competency.objects.none(), label=_("I help with"), required=False, widget=forms.CheckboxSelectMultiple
    )
    helps_with = forms.CharField(
        label=_("and with, in my own words"),
        required=False,
        max_length=200,
        help_text=_("For instance: the first weeks as a team leader, speaking before many people."),
    )
    languages = forms.MultipleChoiceField(
        label=_("We can talk in"),
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say at least one language in which one can talk with you.")},
    )
    places = forms.IntegerField(
        label=_("How many people at once"),
        min_value=1,
        max_value=MOST_PLACES,
        initial=2,
        help_text=_("People of your own team, whom you lead, come on top."),
    )
    about = forms.CharField(
        label=_("About me as a mentor"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody reads it."),
    )

    def __init__(
        self, *args: Any, willing: Willing | None, topics: list[int], groups: list[Group], **kwargs: Any
    ) -> None:
        self.groups = groups
        if willing:
            kwargs["initial"] = {
                "topics": topics,
                "helps_with": willing.helps_with,
                "languages": willing.language_codes,
                "places": willing.places,
                "about": willing.about,
            }
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = Competency.objects.filter(closed_on=None)  # type: ignore[attr-defined]

    def topic_groups(self) -> list[TopicGroup]:
        """The competencies as the page shows them: what is chosen first, then the groups without it."""
        chosen = {str(pk) for pk in self["topics"].value() or ()}
        first = [one for group in self.groups for one in group.competencies if str(one.pk) in chosen]
        found = [TopicGroup(_("Chosen so far"), sorted(first, key=str), is_chosen=True, is_open=True)] if first else []
        for group in self.groups:
            rest = [one for one in group.competencies if str(one.pk) not in chosen]
            if rest:
                found.append(TopicGroup(group_title(group), rest, is_open=group.code == "own"))
        return found

    def offering(self) -> Offering:
        """As the action takes it."""
        said = self.cleaned_data
        return Offering(said["places"], said["languages"], said["topics"], said["helps_with"], said["about"])
