"""The pages of offers, absences and plans: what bad input gets, and that a click more does no harm."""

from datetime import date

import pytest

from trellis.domains.mentoring import actions
from trellis.domains.mentoring.actions.offers import say_away
from trellis.domains.mentoring.models import Absence, MentorshipDay, Offer
from trellis.domains.sessions.models import Mark
from trellis.kit import clock

pytestmark = pytest.mark.django_db
OFFER = {
    "first": "2026-03-09",
    "last": "2026-03-27",
    "weekdays": ["0", "1", "2", "3", "4"],
    "starts": "08:00",
    "ends": "17:00",
    "places": "1",
}


def said(answer):
    return answer.content.decode()


class TestOffers:
    def test_minh_offers_and_withdraws(self, as_, minh):
        for _click in range(2):
            as_(minh).post("/mentorship-days/offers/", OFFER)
        offer = Offer.objects.get()
        assert "Monday to Friday" in said(as_(minh).get("/mentorship-days/offers/"))
        as_(minh).post(f"/mentorship-days/offers/{offer.pk}/withdraw/")
        assert "You offer no days yet" in said(as_(minh).get("/mentorship-days/offers/"))

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"places": "0"}, "write 1 or more"),
            ({"first": "2026-03-01"}, "choose a day from today on"),
            ({"last": "2026-03-08"}, "exchange the two"),
            ({"ends": "15:00"}, "a whole work day of 8 hours"),
            ({"last": "2026-03-09", "weekdays": ["6"]}, "None of the chosen weekdays"),
            ({"first": "soon"}, "Enter a valid date"),
            ({"weekdays": []}, "This field is required"),
        ],
    )
    def test_a_fault_is_told_and_the_form_kept(self, as_, minh, change, told):
        answer = as_(minh).post("/mentorship-days/offers/", {**OFFER, **change})
        assert answer.status_code == 422
        assert told in said(answer)
        assert not Offer.objects.exists()

    def test_two_offers_for_one_day(self, as_, minh):
        as_(minh).post("/mentorship-days/offers/", OFFER)
        answer = as_(minh).post("/mentorship-days/offers/", {**OFFER, "places": "2"})
        assert "Another offer covers Mon 9 Mar" in said(answer)

    def test_the_office_sees_what_is_offered(self, as_, minh, mai, offer):
        offer()
        page = said(as_(mai).get("/mentorship-days/offered/?first=2026-03-09&last=2026-03-13"))
        assert "5 of 5 places free" in page
        assert "Nobody offers days" in said(as_(mai).get("/mentorship-days/offered/?first=2027-01-04&last=2027-01-08"))
        assert as_(mai).get("/mentorship-days/offered/?first=x&last=").status_code == 200


class TestAway:
    def test_mai_writes_it_down_for_minh_who_comes_after_all(self, as_, minh, mai):
        address = f"/people/{minh.pk}/away/"
        for _click in range(2):
            as_(mai).post(address, {"first": "2026-03-09", "last": "2026-03-13"})
        absence = Absence.objects.get()
        as_(minh).post(f"{address}{absence.pk}/back/")
        assert "stay as planned" in said(as_(mai).get(address))

    def test_days_that_are_over(self, as_, minh):
        answer = as_(minh).post(f"/people/{minh.pk}/away/", {"first": "2026-02-02", "last": "2026-02-03"})
        assert "These days are over" in said(answer)


class TestPlans:
    def test_a_plan_is_applied_and_taken_back(self, as_, offer, propose, mai):
        offer()
        address = f"/mentorship-days/plans/{propose().pk}/"
        assert "1 learner gets every day." in said(as_(mai).get(address))
        for _click in range(2):
            as_(mai).post(f"{address}apply/")
        assert MentorshipDay.objects.count() == 6
        as_(mai).post(f"{address}take-back/")
        assert "taken back" in said(as_(mai).get(address))

    def test_what_changed_meanwhile_is_marked(self, as_, offer, propose, mai, minh):
        offer()
        found = propose()
        on = found.days.first().on
        say_away(person=minh, first=on, last=on, actor=minh)
        answer = as_(mai).post(f"/mentorship-days/plans/{found.pk}/apply/", follow=True)
        assert "Nothing was planned: 1 day is not possible any more." in said(answer)
        assert "the place is taken or withdrawn, or the holder is away" in said(answer)

    def test_a_day_is_changed_by_hand(self, as_, offer, propose, mai, minh, linh):
        offer()
        found = propose()
        on = found.days.first().on
        page = f"/mentorship-days/plans/{found.pk}/people/{linh.pk}/"
        full = as_(mai).post(page, {"leaves": "", "takes": f"{minh.pk}:2026-03-27"})
        assert full.status_code == 422
        as_(mai).post(page, {"leaves": on.isoformat(), "takes": ""})
        assert found.days.count() == 5
        as_(mai).post(page, {"leaves": "", "takes": f"{minh.pk}:2026-03-27"})
        assert found.days.get(on=date(2026, 3, 27)).by_hand

    def test_nobody_has_to_be_replaced(self, as_, minh, mai):
        answer = as_(mai).post(f"/people/{minh.pk}/replacements/", follow=True)
        assert "No day beside this person needs another holder." in said(answer)


def test_what_the_holder_saw_is_ticked_from_the_profile(as_, linh, minh, company):
    from trellis.domains.careers.models import Competency, CompetencyLevel, Framework, ProfileItem

    skill = Competency.objects.create(
        framework=Framework.objects.create(code="o", name="Ours"), code="f", name="Feedback"
    )
    CompetencyLevel.objects.create(competency=skill, level=2, name="Fluent", description="Gives feedback at once")
    ProfileItem.objects.create(position=company.team_leader, competency=skill, level=2)
    outcome = actions.plan_day(learner=linh, holder=minh, position=company.team_leader, on=clock.today(), actor=linh)
    address = f"/mentorship-days/{outcome.day_id}/"
    given = {"value": "present", "starts": "08:00", "ends": "17:00", "pause": "60", "behaviours": [skill.pk], "seen": 0}
    as_(minh).post(address, given)
    assert Mark.objects.get().seen_behaviours.get().level == 2
    assert "Feedback: Gives feedback at once" in said(as_(linh).get(address))
    assert "write in a few words" in said(as_(linh).post(f"{address}sign/", {"text": "  "})).lower()
    as_(linh).post(f"{address}sign/", {"text": "Gave feedback to two"})
    assert "counts" in said(as_(minh).get(address))
