# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A file's bytes -> its numbered lines, whatever container they come in."""

from odoo.addons.somconnexio_base.file_reading.lines import LineReader
from odoo.addons.somconnexio_base.file_reading.sheet import SheetReader

from .xml_lines import XmlLineReader


def open_lines(spec, stream):
    """Return what iterates over ``(number, text, fault)``, see ``lines.LineReader``.

    :param FormatSpec spec: the format
    :param stream: the uncompressed bytes, see ``stream.CappedStream``
    """
    if spec.container == "xlsx":
        width = _widest(spec)
        return SheetReader(stream, spec.sheet_name, spec.decimal_separator, width)
    if spec.container == "xml_records":
        names = (spec.record_marker, spec.header_marker, spec.trailer_marker)
        return XmlLineReader(stream, names)
    return LineReader(stream, spec.encoding)


def _widest(spec):
    """Return the greatest column number of the sources: lines have so many cells."""
    if spec.has_column_header:
        return 0
    fields = (*spec.fields, *spec.header_fields, *spec.trailer_fields)
    atoms = [
        atom
        for field in fields
        for alternative in field.alternatives
        for atom in alternative
    ]
    return max(
        (int(atom) for atom in atoms if atom.isascii() and atom.isdigit()), default=0
    )
