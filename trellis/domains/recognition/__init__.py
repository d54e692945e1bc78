"""The ledger: points, flowers and money that move between accounts.

A *transfer* moves an amount from one account to another, so every line sums to zero by its shape. Lines are never edited: a
mistake is reversed by a transfer that names it. A balance is derived.
"""
