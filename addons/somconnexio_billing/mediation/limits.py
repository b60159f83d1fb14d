# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Sizes beyond which usage is taken for broken or hostile."""

# Distinct texts remembered per field: bounds memory, whatever the file holds.
MAX_REMEMBERED_TEXTS = 100_000
MAX_TEXT_LENGTH = 128
MAX_SHOWN_VALUE = 80
MAX_CALL_SECONDS = 24 * 3600
MAX_QUANTITY = 10**15
MAX_COST = 10**9
# What a column of 4 bytes holds.
MAX_SEQUENCE_NUMBER = 2**31 - 1
# Give up early on a file of garbage, past so many rejected lines.
GARBAGE_LINES = 10_000
