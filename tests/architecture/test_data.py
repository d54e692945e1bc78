"""What is promised of every table."""

import io

import pytest
from django.apps import apps
from django.core.management import call_command

from trellis.kit.text import DataPolicy


def own_models():
    return [m for m in apps.get_models() if m.__module__.startswith("trellis.")]


@pytest.mark.parametrize("model", own_models(), ids=lambda m: m._meta.label)
def test_every_table_says_what_erasure_does_and_how_long_it_is_kept(model):
    policy = model.__dict__.get("data_policy")
    assert isinstance(policy, DataPolicy), "declare data_policy = DataPolicy(erasure, days or None, why)"
    assert len(policy.why) > 5


def test_whoever_loses_words_at_an_erasure_says_whose_they_are():
    from trellis.domains.people.actions.erasure import models_about_a_person

    reached = {model for model, _path in models_about_a_person()}
    assert not [m._meta.label for m in own_models() if m.data_policy.clears and m not in reached]


@pytest.mark.django_db
def test_no_migration_is_missing():
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_every_text_is_translated():
    from trellis.kit.catalogues import LANGUAGES, faults_of, rooms

    faults = [
        fault for name, room in rooms().items() for language in LANGUAGES for fault in faults_of(name, room, language)
    ]
    assert not faults
