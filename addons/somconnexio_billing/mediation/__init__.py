# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Mediation: a provider's file becomes a stream of usage records.

Pure Python, no Odoo and no database. In reading order:

* ``spec`` and ``source``: what a format says, as frozen values
* ``stream`` and ``lines``: bytes to numbered lines, with limits on their size
* ``archive``, ``strict_xml``: zip and XML, hostile ones included; ``sheet`` (with
  ``sheet_parts``) and ``xml_lines`` make lines of them; ``line_source`` chooses
* ``containers``: a line to cells; one module per kind of file
* ``values``, ``instants``, ``phone_number``: a cell to a typed value
* ``row_decoder``: cells to one ``record.UsageRecord`` or ``record.Rejection``
* ``control``: what header and trailer say of the file
* ``block_decoder``, ``column_fields``, ``columns``, ``start_columns``: many lines at
  once, column by column, for what is plainly fine; the rest is the row decoder's
* ``decode``: the whole file
* ``copy_text``: rows to PostgreSQL's COPY text, the event key among them

A line that cannot be read is a value (``Rejection``), never an exception; a file
that contradicts itself raises one ``errors.FileError``.
"""
