import pytest

FRAMEWORK = """\
framework:
  code: studio
  name:
    en: Studio
    zh-hans: 工作室
competencies:
  - code: feedback
    name:
      en: Giving feedback
      zh-hans: 反馈
    kind: soft
    levels:
      - level: 1
        name: Basic
        behaviour: Says what was good.
      - level: 2
        name: Sound
        behaviour: |-
          You can:
          - say what was good, and why
          - agree on one thing to change
  - code: retouching
    name: Retouching
    kind: technical
    levels:
      - level: 1
        name: Under guidance
      - level: 2
        name: Alone
positions:
  - code: photo-editor
    name:
      en: Photo editor
      zh-hans: 修图师
    asks:
      - competency: retouching
        level: 1
  - code: team-leader
    name:
      en: Team leader
      zh-hans: 组长
    asks:
      - competency: feedback
        level: 2
        weight: 3
      - competency: retouching
        level: 2
        fresh_for_days: 365
pathways:
  - code: production
    name: Production
    family: Making
    positions:
      - photo-editor
      - team-leader
"""


@pytest.fixture
def studio(company):
    """A framework of two competencies, two positions and one pathway."""
    from trellis.domains.careers.actions import load_definitions

    outcome = load_definitions(source=FRAMEWORK, actor=None)
    assert not outcome.faults
    return outcome.framework


@pytest.fixture
def competency(studio):
    """competency("feedback")"""
    return lambda code: studio.competencies.get(code=code)
