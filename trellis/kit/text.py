"""Names in several languages, and what people write."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _


def in_language(default: str, others: dict[str, str], language: str | None = None) -> str:
    """The text in the language asked for (the current one when not said), or in the default one."""
    return others.get(language or get_language() or "", "") or default


def name_in_all(thing: "Named") -> dict[str, str]:
    """Its name in every language it has: for a notice or a certificate, which are read in languages to come."""
    return {"en": thing.name, **thing.names}


def written(day: date, form: str) -> str:
    """The day in a format which is itself a message of the catalogue ("j M"), in the reader's language."""
    return _written(day, form, get_language() or "")


@lru_cache(maxsize=4096)  # a page writes dozens of days, and all pages the same few hundred
def _written(day: date, form: str, language: str) -> str:
    return date_format(day, gettext(form))


def plain_number(number: Decimal) -> str:
    """Without zeros that say nothing: 85, 85.5."""
    return f"{number.normalize():f}"


class Named(models.Model):
    """A thing the company names: one name that always exists, and its translations."""

    name = models.CharField(_("name"), max_length=200)
    names = models.JSONField(_("name in other languages"), default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return in_language(self.name, self.names)


class Described(Named):
    """A named thing with a paragraph about it."""

    description = models.TextField(_("description"), blank=True)
    descriptions = models.JSONField(_("description in other languages"), default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def about(self) -> str:
        """The description in the reader's language."""
        return in_language(self.description, self.descriptions)


def take_text(value: Any) -> tuple[str, dict[str, str]]:
    """Split `"Team leader"` or `{en: Team leader, zh-hans: 组长}` of a definition into default and translations."""
    if isinstance(value, dict):
        texts = {str(key): str(text) for key, text in value.items()}
        default = texts.pop("en", "") or next(iter(texts.values()), "")
        return default, texts
    return str(value or ""), {}


def give_text(default: str, others: dict[str, str]) -> Any:
    """The other way round, for a definition that is written out."""
    return {"en": default, **others} if others else default


class Erasure(models.TextChoices):
    """What happens to a row when a person asks to be forgotten."""

    KEPT = "kept", _("kept: it holds nothing about a person")
    ANONYMISED = "anonymised", _("kept, and the person in it becomes unknown")
    DELETED = "deleted", _("deleted")


class DataPolicy:
    """Declared by every model: what erasure does, how long rows live (days; None: no end), and why.

    `counted_from` is the field that the days are counted from. `clears` are fields that hold words about a person; an
    anonymised row loses them. `about` are the ways to that person, where no field of the row says it by its name.
    `private` are texts that nobody reads but their owner and those it is shared with, whatever role they have.
    """

    def __init__(
        self,
        erasure: Erasure,
        keep_days: int | None,
        why: str,
        *,
        counted_from: str = "",
        clears: tuple[str, ...] = (),
        about: tuple[str, ...] = (),
        private: tuple[str, ...] = (),
    ) -> None:
        self.erasure, self.keep_days, self.why = erasure, keep_days, why
        self.counted_from, self.clears, self.about, self.private = counted_from, clears, about, private
