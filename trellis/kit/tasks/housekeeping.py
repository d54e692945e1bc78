"""Rows that have lived as long as their model says."""

from datetime import timedelta

from django.apps import apps
from django.db.models import Model
from django_tasks_db.models import DBTaskResult

from trellis.kit import clock

TASKS_KEPT_DAYS = 7


def kept_for_a_time() -> list[tuple[type[Model], int, str]]:
    """(model, days, field they are counted from) of every model whose rows end."""
    policies = [(model, getattr(model, "data_policy", None)) for model in apps.get_models()]
    return [(m, p.keep_days, p.counted_from) for m, p in policies if p and p.keep_days and p.counted_from]


def delete_old_rows() -> dict[str, int]:
    """Delete what is past its time; returns how many rows by model. Rows whose counting has not begun stay."""
    deleted = {}
    for model, days, field in kept_for_a_time():
        old = model._base_manager.filter(**{f"{field}__lt": clock.now() - timedelta(days=days)})
        deleted[model._meta.label] = old.delete()[0]
    finished = DBTaskResult.objects.finished()
    deleted["tasks"] = finished.filter(finished_at__lt=clock.machine_now() - timedelta(days=TASKS_KEPT_DAYS)).delete()[
        0
    ]
    return {label: count for label, count in deleted.items() if count}
