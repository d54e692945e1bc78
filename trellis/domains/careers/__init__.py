"""What positions ask and what people have shown: competencies, levels, profiles, pathways, evidence.

A *pathway* is a way through positions, drawn on the growth map. A *profile* is what one position asks: competencies at
levels. *Evidence* is a fact that somebody showed a level; the level a person has is derived from it. An *aim* is
the position a person chose to step to.
"""
