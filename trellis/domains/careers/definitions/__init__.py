"""The form in which a framework is written down, read and written again.

One YAML document holds one framework: what one can be good at, what each position asks, and the pathways through
positions. A file may hold more documents, separated by `---`; this room takes those with the key `framework` and
leaves the others (courses, programmes) to the rooms they belong to.

    framework:
      code: pixel-house                # lower case letters, digits, hyphens; a second loading goes by codes
      name: Pixel House                # a text, or {en: ..., zh-hans: ...}; so are all names and descriptions
      source: ""                       # optional: where it comes from, and under which licence
    competencies:
      - code: giving-feedback
        name: {en: Giving feedback, zh-hans: 反馈}
        kind: soft                     # soft or technical (when left out: technical)
        description: ...               # optional
        levels:                        # from 1 upwards without a hole; a level includes those below it
          - level: 1
            name: {en: Basic, zh-hans: 入门}
            behaviour: {en: What somebody at this level does., zh-hans: ...}
    positions:
      - code: team-leader
        name: {en: Team leader, zh-hans: 组长}
        description: ...               # optional
        asks:                          # the profile; may be left out
          - competency: giving-feedback   # of this file, or loaded before
            level: 2
            weight: 3                  # optional: how much it matters beside the others (when left out: 1)
            fresh_for_days: 365        # optional: evidence older than this no longer counts
    pathways:
      - code: production
        name: {en: Production, zh-hans: 生产}
        family: Studio                 # optional: groups pathways on a large map
        description: ...               # optional
        positions: [photo-editor, team-leader, shift-manager]   # step by step; codes of this file or the company's

A file replaces what the same framework held before: profiles and pathways become exactly those of the file. A
competency that is no longer in it is closed: nobody chooses it any more, and the evidence for it stays. Positions are
the company's: they are renamed and described by the file but never removed.

All faults are found at once, each with its line; with a fault nothing is loaded. What `write` gives, read and
written again, is the same text.
"""

from trellis.domains.careers.definitions.reading import read
from trellis.domains.careers.definitions.shape import (
    Ask,
    CompetencyDefinition,
    Definitions,
    Fault,
    Known,
    LevelDefinition,
    PathwayDefinition,
    PositionDefinition,
    Text,
)
from trellis.domains.careers.definitions.writing import write

__all__ = [
    "Ask",
    "CompetencyDefinition",
    "Definitions",
    "Fault",
    "Known",
    "LevelDefinition",
    "PathwayDefinition",
    "PositionDefinition",
    "Text",
    "read",
    "write",
]
