"""Openings, who is interested, and the pool of those who are certified.

An *opening* is a post to be filled. Its list shows the certified first, and for each person the reason for the place. The *pool* is
derived: certified for a position, still here, and not holding it yet.
"""
