"""Rubrics, re-sits and earlier learning as their pages show and take them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from trellis.domains.learning import actions
from trellis.domains.learning.models import Attempt, Course, Credit, Resit
from trellis.domains.learning.tests.test_attempts import ASSESSED
from trellis.kit import clock
from trellis.kit.files.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def offering(course, run, linh, mai):
    course.assessed = ASSESSED
    course.save()
    offering = run()
    actions.enrol(offering=offering, person_ids=[linh.pk], way_in="staff", actor=mai)
    return offering


class TestRubric:
    def test_a_level_for_each_criterion_makes_the_score(self, as_, offering, linh, mai):
        address = f"/offerings/{offering.pk}/results/{linh.pk}/talk/"
        assert "Partly" in as_(mai).get(address).content.decode()
        page = as_(mai).post(address, {"seen": "0.1"})
        assert (page.status_code, Attempt.objects.count()) == (422, 0)
        as_(mai).post(address, {"seen": "0.1", "c-order": "2"})
        assert (Attempt.objects.get().score, Attempt.objects.get().points) == (50, {"order": 2})

    def test_the_second_try_is_written_beside_the_first(self, as_, offering, linh, mai):
        address = f"/offerings/{offering.pk}/results/{linh.pk}/talk/"
        as_(mai).post(address, {"seen": "0.1", "c-order": "0"})
        sent = {"part": "talk", "people": [linh.pk], "starts": "16:00", "ends": "17:00"}
        soon, later = clock.today() + timedelta(days=2), clock.today() + timedelta(days=8)
        page = as_(mai).post(f"/offerings/{offering.pk}/re-sits/new/", {**sent, "day": str(soon)})
        assert "has to wait longer" in page.content.decode()
        as_(mai).post(f"/offerings/{offering.pk}/re-sits/new/", {**sent, "day": str(later)})
        assert "next attempt on" in as_(linh).get(f"/offerings/{offering.pk}/").content.decode()
        with clock.moved(to=Resit.objects.get().session.starts_at):
            assert 'value="0.2"' in as_(mai).get(address).content.decode()
            assert as_(mai).post(address, {"seen": "0.2", "c-order": "4"}).status_code == 302
        assert list(Attempt.objects.order_by("number").values_list("number", "score")) == [(1, 0), (2, 100)]

    def test_a_part_without_rubric_has_no_such_page(self, as_, offering, linh, mai):
        assert as_(mai).get(f"/offerings/{offering.pk}/results/{linh.pk}/test/").status_code == 404


class TestEarlierLearning:
    @pytest.fixture(autouse=True)
    def _in_a_folder(self, tmp_path, settings):
        settings.DATA = tmp_path

    def ask(self, client, course, content=b"%PDF-1.7", **sent):
        file = SimpleUploadedFile("paper.pdf", content)
        return client.post(
            f"/courses/{course.code}/credit/",
            {"told": "Two days elsewhere", "learned_on": "2025-06-03", "file": file, **sent},
        )

    def test_a_paper_is_kept_for_the_academy_only(self, as_, course, linh, mai, minh):
        self.ask(as_(linh), course)
        address = f"/files/{StoredFile.objects.get().token}/"
        assert [as_(who).get(address).status_code for who in (linh, mai, minh)] == [200, 200, 403]

    @pytest.mark.parametrize(
        ("sent", "says"),
        [
            ({"content": b"MZ\x00"}, "not of a kind that can be taken"),
            ({"content": b""}, "empty"),
            ({"told": ""}, "required"),
            ({"learned_on": "2027-01-01"}, "The day is still to come"),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_kept(self, as_, course, linh, sent, says):
        page = self.ask(as_(linh), course, **sent)
        assert (page.status_code, says in page.content.decode()) == (422, True)
        assert not Credit.objects.exists()
        assert not StoredFile.objects.exists()

    def test_the_academy_credits_without_being_asked(self, as_, course, linh, mai, minh):
        assert as_(minh).get("/credits/new/").status_code == 403
        sent = {
            "employee_id": "E-nobody",
            "course": course.pk,
            "told": "At X",
            "learned_on": "2025-06-03",
            "reason": "Known",
        }
        refused = as_(mai).post("/credits/new/", sent)
        assert "Nobody you act for has this employee ID" in refused.content.decode()
        paper = SimpleUploadedFile("paper.pdf", b"%PDF-1.7")
        done = as_(mai).post("/credits/new/", {**sent, "employee_id": linh.employee_id, "score": "88", "file": paper})
        credit = Credit.objects.get()
        assert (done.status_code, credit.person, credit.score, credit.file.owner) == (302, linh, 88, linh)
        assert "Known" in as_(linh).get(f"/credits/{credit.pk}/").content.decode()

    def test_a_colleague_cannot_read_it(self, as_, course, linh, minh):
        self.ask(as_(linh), course)
        assert as_(minh).get(f"/credits/{Credit.objects.get().pk}/").status_code == 403


class TestDefinitionInTheForm:
    SENT = {"name": "Coaching", "code": "coaching", "kind": "soft", "hours": "8", "sessions_planned": "4"}

    def test_assessments_are_read_and_shown_again(self, as_, mai):
        written = "assessments:\n  - {code: talk, name: Talk, kind: oral}\n"
        as_(mai).post("/courses/new/", {**self.SENT, "pass_mark": "70", "assessed": written})
        assert [part.code for part in Course.objects.get().scheme.parts] == ["talk"]
        assert "code: talk" in as_(mai).get("/courses/coaching/edit/").content.decode()

    @pytest.mark.parametrize(
        ("written", "says"),
        [
            ("assessments:\n  - {code: talk, name: Talk, kind: sung}\n", "assessments 1, kind: Write one of"),
            ("assessments: [\n", "cannot be read as YAML"),
            ("code: talk", "Write nothing but attempts: and assessments: here."),
        ],
    )
    def test_faults_are_told_with_their_place(self, as_, mai, written, says):
        page = as_(mai).post("/courses/new/", {**self.SENT, "pass_mark": "70", "assessed": written})
        assert says in page.content.decode()
        assert not Course.objects.exists()
