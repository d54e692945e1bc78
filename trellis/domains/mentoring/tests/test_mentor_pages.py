"""The pages of mentors: my own, the finder with its reasons, asking and answering, and whether there are enough."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from trellis.domains.careers.actions.aims import set_aim
from trellis.domains.careers.models import Competency, Framework, Pathway, PathwayStep, ProfileItem
from trellis.domains.mentoring.actions.mentors import accept, ask
from trellis.domains.mentoring.actions.willing import Offering, be_willing, pause
from trellis.domains.mentoring.models import Mentorship, Willing
from trellis.domains.mentoring.queries.demand import supply
from trellis.domains.mentoring.rules.finding import Candidate, Reason, Seeker, reasons
from trellis.domains.mentoring.rules.supply import BANDS, Team, band
from trellis.domains.people.models import Employment, Holding

TODAY = date(2026, 3, 2)


@pytest.fixture
def feedback(company):
    framework = Framework.objects.create(code="own", name="Ours")
    skill = Competency.objects.create(framework=framework, code="feedback", name="Giving feedback")
    ProfileItem.objects.create(position=company.team_leader, competency=skill, level=2)
    return skill


def willing(person, *competencies, places=2, languages=("vi",), **more):
    return be_willing(person=person, offering=Offering(places, languages, competencies, **more))


class TestReasons:
    @pytest.mark.parametrize(
        ("seeker", "candidate", "found"),
        [
            pytest.param(Seeker(), Candidate([5]), [], id="nothing is looked for, nothing is said"),
            pytest.param(Seeker(topic=5), Candidate([5, 6]), [Reason("topic", 5)], id="helps with what is looked for"),
            pytest.param(Seeker(aim=9, wants={6}), Candidate([5, 6]), [Reason("wanted", 6)], id="what the aim asks"),
            pytest.param(Seeker(topic=6, wants={6}), Candidate([6]), [Reason("topic", 6)], id="each topic once"),
            pytest.param(
                Seeker(aim=9),
                Candidate(held=[(9, date(2023, 3, 1), None)]),
                [Reason("holds", 9, 3)],
                id="holds the aim",
            ),
            pytest.param(
                Seeker(position=9),
                Candidate(held=[(9, date(2020, 1, 1), date(2021, 1, 1)), (9, date(2022, 1, 1), date(2024, 1, 1))]),
                [Reason("held", 9, 3)],
                id="held it twice, three years together",
            ),
            pytest.param(Seeker(aim=9), Candidate(held=[(9, date(2026, 4, 1), None)]), [], id="not who will hold it"),
            pytest.param(
                Seeker(way={7, 8, 9}),
                Candidate(held=[(n, date(2020 + n - 6, 3, 1), date(2021 + n - 6, 3, 1)) for n in (7, 8, 9)]),
                [Reason("held", 9, 1), Reason("held", 8, 1)],
                id="the pathway looked for: the two latest positions on it",
            ),
            pytest.param(Seeker(language="vi"), Candidate(languages=["vi"]), [Reason("speaks")], id="the language"),
            pytest.param(Seeker(), Candidate(stood_here=True), [Reason("stood_here")], id="stood where one stands"),
        ],
    )
    def test_they_say_what_speaks_for_somebody(self, seeker, candidate, found):
        assert list(reasons(seeker, candidate, on=TODAY)) == found


class TestSupplyRules:
    @pytest.mark.parametrize(
        ("team", "state"),
        [
            pytest.param(Team(4, 0, 4), "small", id="four people: nothing is told"),
            pytest.param(Team(5, 0, 1), "none", id="a junior and nobody senior"),
            pytest.param(Team(5, 0, 0), "enough", id="no junior needs nobody"),
            pytest.param(Team(9, 1, 5), "enough", id="five juniors to a senior"),
            pytest.param(Team(9, 1, 6), "short", id="six are too many"),
        ],
    )
    def test_the_state_of_a_team(self, team, state):
        assert team.state == state

    @given(st.integers(0, 200))
    def test_a_band_begins_at_or_below_the_number_and_hides_it(self, number):
        assert band(number) in {0, *BANDS}
        assert band(number) <= number
        assert (band(number) == 0) == (number == 0)


@pytest.mark.django_db
class TestFinder:
    def test_first_who_helps_with_the_aim_with_the_reason_in_words(self, as_, linh, minh, tuan, feedback, company):
        set_aim(person=linh, position=company.team_leader)
        willing(tuan)
        willing(minh, feedback)
        page = as_(linh).get(reverse("mentoring:find"))
        assert [one.willing.person for one, *_ in page.context["rows"]] == [minh, tuan]
        text = page.content.decode()
        assert "helps with Giving feedback, which Team leader still asks of you" in text
        assert "has been Team leader for 2 years" in text

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            pytest.param("", "Minh Tuan", id="everybody"),
            pytest.param("language=vi", "Minh", id="a language"),
            pytest.param("q=public", "Tuan", id="own words"),
            pytest.param("q=feedb", "Minh", id="a topic in words"),
            pytest.param("free=on", "Tuan", id="with a place"),
            pytest.param("topic=oops&language=xx&position=0&page=99", "Minh Tuan", id="nonsense filters nothing"),
        ],
    )
    def test_what_one_can_look_by(self, as_, linh, hire, minh, tuan, feedback, asked, found):
        willing(minh, feedback, places=1)
        willing(tuan, languages=["en"], helps_with="Speaking in public")
        accept(mentorship=ask(mentee=hire("Nam"), mentor=minh).mentorship)
        rows = as_(linh).get(reverse("mentoring:find") + "?" + asked).context["rows"]
        assert sorted(one.willing.person.name.split()[0] for one, *_ in rows) == found.split()

    def test_by_topic_position_and_team(self, as_, linh, minh, tuan, feedback, company):
        willing(minh, feedback)
        willing(tuan)
        client = as_(linh)
        for name, thing in (("topic", feedback), ("position", company.team_leader), ("team", company.team)):
            rows = client.get(reverse("mentoring:find"), {name: thing.pk}).context["rows"]
            assert [one.willing.person for one, *_ in rows] == [minh], name

    def test_neither_oneself_nor_who_rests_nor_who_left(self, as_, linh, minh, tuan):
        for person in (linh, minh, tuan):
            willing(person)
        pause(person=minh)
        Employment.objects.filter(person=tuan).update(ended_on=date(2026, 2, 1))
        page = as_(linh).get(reverse("mentoring:find"))
        assert not page.context["rows"]
        assert "Be the first" in page.content.decode()

    def test_twelve_statements_with_one_and_with_many(self, as_, linh, minh, hire, feedback, company):
        set_aim(person=linh, position=company.team_leader)
        willing(minh, feedback)
        client, counted = as_(linh), []
        for more in (8, 0):
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse("mentoring:find") + "?q=e&language=vi")
            counted.append(len(asked))
            for n in range(more):
                willing(hire(f"M{n}"), feedback)
        assert counted[0] == counted[1] <= 12


@pytest.mark.django_db
class TestAskingAndAnswering:
    def test_asked_answered_and_told(self, as_, linh, minh, feedback):
        willing(minh, feedback)
        there = reverse("mentoring:ask", args=[minh.pk])
        for _click in range(2):
            as_(linh).post(there, {"topic": feedback.pk, "message": "May I?"})
        row = Mentorship.objects.get()
        assert "You have asked Minh Tran already" in as_(linh).get(there).content.decode()
        page = as_(minh).get(reverse("mentoring:mentorship", args=[row.pk]))
        assert "May I?" in page.content.decode()
        as_(minh).post(reverse("mentoring:answer", args=[row.pk]), {"answer": "yes", "words": "Gladly"})
        mine = as_(linh).get(reverse("mentoring:mentors"))
        assert mine.context["mine"].now.mentor == minh
        assert as_(linh).get(there).context["refusal"] == "This person is your mentor already."

    def test_who_is_full_is_asked_whether_one_more(self, as_, linh, hire, minh):
        willing(minh, places=1)
        accept(mentorship=ask(mentee=hire("Nam"), mentor=minh).mentorship)
        as_(linh).post(reverse("mentoring:ask", args=[minh.pk]), {"message": ""})
        row = Mentorship.objects.get(mentee=linh)
        address = reverse("mentoring:answer", args=[row.pk])
        page = as_(minh).post(address, {"answer": "yes"})
        assert page.status_code == 409
        assert "Yes, one more" in page.content.decode()
        assert as_(minh).post(address, {"answer": "one_more"}).status_code == 302
        assert Willing.objects.get(person=minh).places == 2

    def test_nobody_else_reads_it_whatever_their_role(self, as_, linh, minh, thuy, mai, hoa, tuan, feedback):
        willing(minh, feedback)
        row = ask(mentee=linh, mentor=minh, message="A canary").mentorship
        for stranger in (thuy, mai, hoa, tuan):
            assert as_(stranger).get(reverse("mentoring:mentorship", args=[row.pk])).status_code == 403
            assert "canary" not in as_(stranger).get(reverse("mentoring:mentors")).content.decode()

    def test_why_it_ended_is_read_by_the_writer_only(self, as_, linh, minh):
        willing(minh)
        row = ask(mentee=linh, mentor=minh).mentorship
        accept(mentorship=row)
        as_(linh).post(reverse("mentoring:end", args=[row.pk]), {"reason": "A canary"})
        assert "A canary" in as_(linh).get(reverse("mentoring:mentors")).content.decode()
        for address in (reverse("mentoring:mentors"), reverse("mentoring:mentorship", args=[row.pk])):
            assert "A canary" not in as_(minh).get(address).content.decode()

    def test_who_cannot_be_asked_is_said_with_what_to_do(self, as_, linh, minh):
        page = as_(linh).get(reverse("mentoring:ask", args=[minh.pk])).content.decode()
        assert "did not say to be willing" in page
        assert "<textarea" not in page

    def test_by_pathway_with_what_somebody_did_on_it(self, as_, linh, minh, tuan, feedback, company):
        willing(minh)
        willing(tuan)
        production = Pathway.objects.create(framework=feedback.framework, code="way", name="Production")
        PathwayStep.objects.create(pathway=production, position=company.team_leader, rank=1)
        page = as_(linh).get(reverse("mentoring:find"), {"pathway": production.pk})
        assert [one.willing.person for one, *_ in page.context["rows"]] == [minh]
        assert "has been Team leader for 2 years" in page.content.decode()


@pytest.mark.django_db
class TestWillingPage:
    def test_what_is_chosen_comes_first_and_the_rest_in_groups(self, as_, minh, feedback, company):
        framework = feedback.framework
        production, care = (
            Pathway.objects.create(framework=framework, code=code, name=code.title()) for code in ("production", "care")
        )
        for way, position in ((production, company.photo_editor), (care, company.team_leader)):
            PathwayStep.objects.create(pathway=way, position=position, rank=1)
        own, other, loose = (
            Competency.objects.create(framework=framework, code=code, name=code.title()) for code in ("a", "b", "c")
        )
        ProfileItem.objects.create(position=company.team_leader, competency=own, level=1)
        ProfileItem.objects.create(position=company.photo_editor, competency=other, level=1)
        willing(minh, feedback)
        groups = as_(minh).get(reverse("mentoring:willing")).context["form"].topic_groups()
        assert [(str(group.title), group.competencies, group.is_open) for group in groups] == [
            ("Chosen so far", [feedback], True),
            ("What my position asks", [own], True),
            ("Production", [other], False),
            (framework.name, [loose], False),
        ]

    def test_a_form_with_a_mistake_keeps_what_was_ticked(self, as_, minh, feedback):
        page = as_(minh).post(reverse("mentoring:willing"), {"topics": [feedback.pk], "places": 2})
        assert page.context["form"].topic_groups()[0].competencies == [feedback]
        assert f'value="{feedback.pk}" checked' in page.content.decode()

    def test_said_changed_paused_and_stopped(self, as_, minh, feedback):
        client, address = as_(minh), reverse("mentoring:willing")
        said = {"topics": [feedback.pk], "languages": ["vi", "en"], "places": 3, "helps_with": "", "about": "Ask me."}
        client.post(address, said)
        willing = Willing.objects.get()
        assert (willing.language_codes, willing.places) == (["vi", "en"], 3)
        assert [topic.competency for topic in willing.topics.all()] == [feedback]
        client.post(address, {**said, "topics": [], "places": 1})
        assert Willing.objects.get().topics.count() == 0
        for rest, field in (("pause", "paused_at"), ("stop", "stopped_at")):
            client.post(reverse("mentoring:rest"), {"rest": rest})
            assert getattr(Willing.objects.get(), field)
        client.post(address, said)
        assert Willing.objects.get().is_open

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            pytest.param({"languages": []}, "at least one language", id="no language"),
            pytest.param({"places": 0}, "greater than or equal to 1", id="no place"),
            pytest.param({"places": 99}, "less than or equal to 20", id="more than anybody can"),
        ],
    )
    def test_what_is_wrong_is_said_and_the_form_as_it_was(self, as_, minh, wrong, sentence):
        said = {"languages": ["vi"], "places": 2, "about": "As it was", **wrong}
        page = as_(minh).post(reverse("mentoring:willing"), said)
        assert page.status_code == 422
        assert sentence in page.content.decode()
        assert "As it was" in page.content.decode()
        assert not Willing.objects.exists()


@pytest.mark.django_db
class TestSupply:
    def test_numbers_by_topic_and_team(self, linh, hire, minh, thuy, feedback, company):
        willing(minh, feedback, places=1)
        accept(mentorship=ask(mentee=hire("Nam"), mentor=minh, topic=feedback).mentorship)
        ask(mentee=linh, mentor=minh, topic=feedback)
        found = supply(TODAY)
        topic, line = found.topics[0]
        assert (topic, line.mentors, line.free, line.mentees, line.waiting) == (feedback, 1, 0, 1, 1)
        assert line.is_short
        assert (found.whole.mentors, found.whole.free, found.whole.waiting) == (1, 0, 1)

    @pytest.mark.both_databases
    def test_a_team_of_juniors_without_a_senior_is_named_first(self, hire, company):
        way = Pathway.objects.create(framework=Framework.objects.create(code="f", name="F"), code="p", name="P")
        PathwayStep.objects.create(pathway=way, position=company.team_leader, rank=2)
        for n in range(5):
            hire(f"New{n}", on=TODAY - timedelta(days=90))
        assert supply(TODAY).without_senior == 1
        Holding.objects.filter(person__name="New0").update(position=company.team_leader)
        found = supply(TODAY)
        assert (found.without_senior, found.teams[0][1]) == (0, Team(5, 1, 4))
        with override("zh-hans"):
            assert supply(TODAY) == found

    def test_the_page_says_the_finding_and_no_name_and_the_file_the_same(self, as_, linh, hire, minh, feedback):
        willing(minh, feedback, places=1)
        accept(mentorship=ask(mentee=hire("Nam"), mentor=minh, topic=feedback).mentorship)
        ask(mentee=hire("Dung"), mentor=minh, topic=feedback)
        page = as_(linh).get(reverse("mentoring:supply")).content.decode()
        assert "1 person is willing to be a mentor" in page
        assert "a few" in page
        file = b"".join(as_(linh).get(reverse("mentoring:supply_csv")).streaming_content).decode()
        assert "Giving feedback,1,0,a few,a few" in file
        assert "Dung" not in page + file
        assert "Nam" not in page + file
