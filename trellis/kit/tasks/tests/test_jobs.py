import pytest
from django.urls import reverse

from trellis.kit.tasks import jobs, progress
from trellis.kit.tasks.jobs import CannotDo, Job, run_job, start_job

pytestmark = pytest.mark.django_db


@jobs.job("tests.plant", title="Planting")
def plant(job: Job, *, trees: int) -> dict[str, int]:
    if trees == 13:
        raise CannotDo("Thirteen trees bring bad luck. Take twelve.")
    if trees < 0:
        raise RuntimeError("a secret of the machine")
    for number in range(trees):
        job.tell(number + 1, trees)
    return {"planted": trees}


@pytest.fixture(autouse=True)
def _data_in_a_folder_of_its_own(settings, tmp_path):
    settings.DATA = tmp_path


def test_a_job_is_done_and_keeps_its_result(linh):
    job = start_job(plant, owner=linh, then="/people/", trees=3)
    assert (job.state, job.result, job.progress()) == ("done", {"planted": 3}, (3, 3))


def test_a_job_that_cannot_be_done_says_why(as_, linh):
    job = start_job(plant, owner=linh, trees=13)
    page = as_(linh).get(reverse("tasks:job", args=[job.pk]))
    assert "Thirteen trees bring bad luck" in page.content.decode()


def test_a_fault_of_the_machine_is_not_shown_but_said(as_, linh):
    job = start_job(plant, owner=linh, trees=-1)
    page = as_(linh).get(reverse("tasks:job", args=[job.pk])).content.decode()
    assert "a secret of the machine" not in page
    assert "Something went wrong" in page


def test_progress_is_seen_while_the_transaction_is_open(as_, linh):
    job = Job.objects.create(kind="tests.plant", owner=linh, state="running")
    progress.write(job.pk, 40, 100)
    page = as_(linh).get(reverse("tasks:job", args=[job.pk])).content.decode()
    assert 'max="100" value="40"' in page
    assert "40 of 100" in page


def test_the_page_asks_for_itself_with_script_and_without(as_, linh):
    job = Job.objects.create(kind="tests.plant", owner=linh)
    address = reverse("tasks:job", args=[job.pk])
    whole = as_(linh).get(address).content.decode()
    assert "<noscript><meta http-equiv" in whole
    part = as_(linh).get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert f'hx-get="{address}"' in part


def test_somebody_elses_job_is_not_found(as_, linh, minh):
    job = start_job(plant, owner=linh, trees=1)
    assert as_(minh).get(reverse("tasks:job", args=[job.pk])).status_code == 403


def test_a_job_is_not_done_twice(linh):
    job = start_job(plant, owner=linh, trees=1)
    Job.objects.filter(pk=job.pk).update(result={})
    run_job.enqueue(job.pk)
    job.refresh_from_db()
    assert job.result == {}


def test_a_job_whose_process_is_gone_says_so(linh):
    job = Job.objects.create(kind="tests.plant", owner=linh, state="running")
    progress.write(job.pk, 40, 100)
    jobs.lose(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("failed", 40, 100)
