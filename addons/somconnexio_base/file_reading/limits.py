# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Sizes beyond which a file is taken for broken or hostile."""

MAX_LINE_BYTES = 64 * 1024
MAX_FILE_BYTES = 2**31 - 1
# A gzip of usage records shrinks 5 to 30 times; a bomb shrinks 1,000 times.
MAX_GZIP_RATIO = 100
GZIP_RATIO_GRACE_BYTES = 16 * 1024 * 1024
# What is shown of a line that cannot be used.
MAX_SHOWN_LINE = 2_000
# XML, and the XML inside XLSX.
MAX_XML_DEPTH = 32
MAX_XML_TOKEN_BYTES = 1024 * 1024
# A sheet of data has some dozens of columns; Excel's own limit is 16,384.
MAX_SHEET_COLUMNS = 1_000
MAX_SHEET_ROWS = 1_048_576
MAX_SHARED_STRINGS = 2_000_000
MAX_SHEET_STYLES = 65_536
# Archives: members of a zip, and how much of one is held in memory.
MAX_ARCHIVE_MEMBERS = 1_000
MAX_MEMBER_NAME = 255
SPOOLED_BYTES = 8 * 1024 * 1024
