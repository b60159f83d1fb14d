# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Rows of an XLSX, which ``sheet`` writes as delimited text."""

from dataclasses import replace

from .delimited import DelimitedLine

_SEPARATORS = {"delimiter": "\t", "quote_char": '"'}


class SheetLine(DelimitedLine):
    """Cut a row into columns; atoms are column names or 1-based numbers."""

    def __init__(self, spec, atoms):
        super().__init__(replace(spec, **_SEPARATORS), atoms)
