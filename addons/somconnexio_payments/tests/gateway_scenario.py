# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What each bank's golden transcript goes through, in our names and words."""

from .gateway_common import ACCOUNT_CODE, NIF, STRANGER_NIF

#: (name, action, values, is signed). Amounts and dates become the profile's.
STEPS = (
    ("finds by tax ID", "check", {"identifier": NIF}, True),
    ("finds by account", "check", {"identifier": ACCOUNT_CODE}, True),
    ("does not find a stranger", "check", {"identifier": STRANGER_NIF}, True),
    ("refuses an odd identifier", "check", {"identifier": "' OR 1=1"}, True),
    ("pays", "pay", {"amount": "35.00"}, True),
    ("pays the same again", "pay", {"amount": "35.00"}, True),
    ("pays the same with another amount", "pay", {"amount": "36.00"}, True),
    ("finds what is left", "check", {"identifier": NIF}, True),
    ("pays too little", "pay", {"amount": "0.50", "transaction_id": "1002"}, True),
    ("pays too much", "pay", {"amount": "3000.01", "transaction_id": "1003"}, True),
    ("pays an odd amount", "pay", {"amount": "x", "transaction_id": "1004"}, True),
    ("asks what became of it", "status", {"transaction_id": "1001"}, True),
    ("lists the day's payments", "verify", {"day": "2026-10-15"}, True),
    ("lists the month's debtors", "list", {"month": "2026-10-01"}, True),
    ("cancels", "cancel", {"transaction_id": "1001"}, True),
    ("cancels again", "cancel", {"transaction_id": "1001"}, True),
    ("pays what was cancelled", "pay", {"amount": "35.00"}, True),
    ("asks for something unknown", "dance", {"identifier": NIF}, True),
    ("calls without its secret", "check", {"identifier": NIF}, False),
)
