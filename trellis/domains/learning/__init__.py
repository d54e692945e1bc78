"""Courses, their offerings, and results.

A *course* is what can be learned; an *offering* is one run of it, with a series of sessions; an *enrolment* is a person
in an offering and keeps the way in; a *result* is a grade, never edited but replaced.
"""
