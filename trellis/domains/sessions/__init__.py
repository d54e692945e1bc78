"""Anything with a time, a place, hosts, invited people and a register.

A *series* holds sessions and its *members*; a *mark* is one fact in a register: present, late, absent, excused. A
correction is a new mark that replaces the old one. A *make-up* is a session that stands in for another; being there
repairs the absence. Attendance is counted over every scheduled session that is not cancelled.
"""
