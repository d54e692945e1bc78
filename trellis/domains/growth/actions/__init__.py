"""The verbs, one file for each subject. Nobody but the owner of a goal, a board or a wish acts on it.

What a team decides and what the company would be glad of are announced. Of what is a person's own nothing is: the
journal is read by others.
"""
