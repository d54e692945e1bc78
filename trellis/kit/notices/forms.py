from typing import Any

from django import forms

from trellis.kit.notices.kinds import all_kinds
from trellis.kit.notices.models import Channel, Wish


class WishesForm(forms.Form):
    """One choice for each kind of notice; it begins with what holds now."""

    def __init__(self, *args: Any, person_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wishes = dict(Wish.objects.filter(person=person_id).values_list("kind", "channel"))
        for kind in all_kinds():
            self.fields[kind.code] = forms.ChoiceField(
                label=kind.title, choices=Channel.choices, initial=wishes.get(kind.code, kind.channel)
            )

    def channels(self) -> dict[str, str]:
        return {kind.code: self.cleaned_data[kind.code] for kind in all_kinds()}
