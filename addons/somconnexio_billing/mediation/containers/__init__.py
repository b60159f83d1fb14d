# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A line -> the cells that the format's fields read; one module per container.

A container is made from the format's atoms (the parts of its sources) and is called
with a line; it returns one text per atom, in their order. A value that is not there
is an empty text. It raises ``FieldError("structure")`` for a line of another shape.
``columns`` takes many lines and returns their cells by column, with ``picker.FAULT``
where the line has to be looked at by itself.
"""

from .delimited import DelimitedLine
from .fixed_width import FixedWidthLine
from .json_lines import JsonLine
from .sheet_line import SheetLine
from .xml_record import XmlRecordLine

LINE_KINDS = {
    "delimited": DelimitedLine,
    "fixed_width": FixedWidthLine,
    "json_lines": JsonLine,
    "xlsx": SheetLine,
    "xml_records": XmlRecordLine,
}
