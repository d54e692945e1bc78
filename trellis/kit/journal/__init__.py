"""What happened, kept for good. Written in the same transaction as the change; audit trail and outbox in one.

A *fact* is a frozen dataclass that a domain announces (facts.py). A *reaction* is a function of a higher storey that
answers to a fact; it runs at least once and its effects in the database exactly once (outbox.py).
"""
