"""Moving amounts (ledger), and handing bonuses to payroll (payroll)."""

from trellis.domains.recognition.actions.ledger import TransferOutcome, reverse, transfer
from trellis.domains.recognition.actions.payroll import RunOutcome, SettleOutcome, make_list, mark_paid, return_line

__all__ = [
    "RunOutcome",
    "SettleOutcome",
    "TransferOutcome",
    "make_list",
    "mark_paid",
    "return_line",
    "reverse",
    "transfer",
]
