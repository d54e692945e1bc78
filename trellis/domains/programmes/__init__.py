"""Programmes as data: versions with stages, nodes and gates; cohorts; each person's journey through one.

A *version* is a definition that never changes once somebody joined it. A *journey* is one attempt of a person, with the
version pinned and the way in kept. A *gate* is a tree of requirements; its leaves look at what other rooms know
(courses, attendance, days beside a holder...) and say for each: met, waiting for whom, to do, at risk, out of reach,
and why.
"""
