"""What pages and other rooms ask of the ledger and of the lists for payroll."""

from trellis.domains.recognition.queries.ledger import PAYROLL, balance_of, balances, bonuses, transfer_by_key
from trellis.domains.recognition.queries.payroll import lines_of, lists, unlisted

__all__ = ["PAYROLL", "balance_of", "balances", "bonuses", "lines_of", "lists", "transfer_by_key", "unlisted"]
