"""Certificates: issued once, shown to anybody who has the number, withdrawn with a reason but never made to vanish.

A *certificate* is a snapshot: names and texts as they were on the day. Its *number* cannot be guessed, and leads to the
public page that verifies it.
"""
