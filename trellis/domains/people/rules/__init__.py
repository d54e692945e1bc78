"""Decisions about people: `history` says what may follow what, `bulk` is the shape of many changes at once."""
