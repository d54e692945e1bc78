"""Posts to be filled from within, and who comes first.

An *opening* is a post of a position in a unit, until a day. People put *themselves* forward. Its list puts those
certified for the position first, then those who meet what it asks, then the others by how little they lack, each with
the reason. The *pool* is who is ready, or nearly, for which position, beside the posts that are open.
"""
