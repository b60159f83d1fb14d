# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Sizes beyond which a bank's file is taken for broken or hostile."""

# A statement of 25,000 entries with all their details is some 60 MB.
MAX_BANK_FILE_BYTES = 256 * 1024 * 1024
MAX_MEMBERS = 200
# What stands before the first element: declaration, comments.
MAX_PROLOG_BYTES = 16 * 1024
MAX_ENTRIES = 500_000
# ISO 20022: Max140Text is the longest line of a remittance; banks send many of them.
MAX_TEXT = 2_000
#: Smallest and largest amount of ISO 20022's ActiveOrHistoricCurrencyAndAmount.
AMOUNT_DIGITS = 18
AMOUNT_DECIMALS = 5
