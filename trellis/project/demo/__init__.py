"""The demo company: Pixel House, made up from a seed, and what its people lived through in the academy.

`plan` says which units and posts a company of a size has, `history` who held them over eight years (as the file that
the people import reads), `cast` who of them is known by name, and `load` brings it all in through the doors everybody
uses: the import, the definitions, the actions. Nobody in it exists.
"""
