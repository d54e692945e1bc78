"""Development that belongs to the person: nothing here is assigned.

A *goal* is a wish for some years; an *objective* is what it means this year; a *key result* is a number with a start
and a target, told by *check-ins*. A *board* has columns and *cards*, as its owner likes them. Goals and boards are
private: a *share* lets one named person read, or read and comment, until it ends. A manager makes *offers*, which may
be left lying. A *wish* is a skill somebody wants, theirs alone; a *need* is one the company would be glad of, told to
all. A *delegation board* says who decides what in a team, at one of seven levels.
"""
