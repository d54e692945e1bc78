"""What the company gives: a ledger in double entry, in several currencies.

An *account* belongs to a person or to a purpose of the company; a *transfer* moves an amount from one to another and is
never edited: what was wrong is *reversed*. A balance is the sum of what came and went; all of a currency's balances sum
to zero.
"""
