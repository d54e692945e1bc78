from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from trellis.domains.careers.models import Framework
from trellis.domains.careers.tests.conftest import FRAMEWORK
from trellis.kit.journal.models import Entry


def test_a_file_is_loaded_and_taken_out_the_same(company, mai, tmp_path):
    file = tmp_path / "studio.yaml"
    file.write_text(FRAMEWORK, encoding="utf-8")

    call_command("load_careers", file, actor=mai.employee_id, stdout=StringIO())
    out = StringIO()
    call_command("export_careers", "studio", stdout=out)

    assert out.getvalue() == FRAMEWORK
    assert Entry.objects.get(kind="careers.definitions_loaded").actor_id == mai.pk


@pytest.mark.parametrize(
    ("content", "actor", "told"),
    [
        (
            FRAMEWORK.replace("level: 2\n        weight", "level: 9\n        weight"),
            "",
            "Faults: 1. Nothing was loaded.",
        ),
        (FRAMEWORK, "E-nobody", "There is nobody with the employee id E-nobody."),
    ],
)
def test_a_fault_is_told_and_nothing_loaded(company, tmp_path, content, actor, told):
    file = tmp_path / "studio.yaml"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(CommandError, match=told):
        call_command("load_careers", file, actor=actor)
    assert not Framework.objects.exists()


def test_what_cannot_be_found_is_told(company, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_careers", tmp_path / "none.yaml")
    with pytest.raises(CommandError, match="There is no framework x; there are: none"):
        call_command("export_careers", "x")
