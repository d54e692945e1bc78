"""Who is here: persons, units as a tree with heads, positions, who held what when, and who may act as what.

A *holding* is a person in a position and unit from a day to a day. An *employment* is from joining to leaving. A *role
grant* lets a person act as HR, academy staff... for a unit and everything below it. A person is never deleted; erased,
they become unknown.
"""
