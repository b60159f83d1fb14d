# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Read files that strangers made: text, XLSX, XML, gzip and zip, all with bounds.

Whatever a file holds, memory stays flat, nothing is fetched or executed, and what
cannot be read is named: the whole file by a ``FileError``, one line by its fault.
Knows nothing of Odoo.
"""
