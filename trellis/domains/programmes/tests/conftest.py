import pytest

from trellis.domains.programmes import actions
from trellis.domains.programmes.tests.story import YAML, join, load, open_cohort

TALKS = """to_week: 17, nodes: [
      {key: talk, name: {en: Half-way talk, zh-hans: 中期谈话}, kind: event, owner: manager, week: 9},
      {key: diary, name: {en: Diary, zh-hans: 日记}, kind: task, owner: person, due: {days: 20, from: joining}},
      {key: results, name: {en: Results, zh-hans: 成绩}, kind: courses, owner: teacher, week: 17}]}"""


@pytest.fixture
def cohort(company, mai, thuy):
    """Next Step, open to join; Thuy teaches."""
    return open_cohort(load(mai), mai, thuy)


@pytest.fixture
def journey(cohort, linh):
    """Linh has joined."""
    return join(linh, cohort)


@pytest.fixture
def dated(company, mai, thuy, linh):
    """Linh's journey through a programme with a talk, a diary and results; Thuy is her manager and teaches."""
    load(mai)
    outcome = actions.load_definition(text_or_dict=YAML.replace("to_week: 17}", TALKS, 1), actor=mai)
    assert outcome.version, outcome.faults
    linh.manager = thuy
    linh.save()
    return join(linh, open_cohort(outcome.version, mai, thuy))
