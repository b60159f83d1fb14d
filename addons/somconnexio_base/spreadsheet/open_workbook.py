# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""An XLSX file opened for reading, within limits."""

import io
import re
import zipfile

import openpyxl

from .errors import TableError
from .text import Text as _

# pylint: disable=prefer-env-translation  # there is no env in plain Python

#: Where an entity could be declared: before the root element.
PROLOGUE_BYTES = 4096
#: The last row of the format; blank rows up to it are passed over.
MOST_SHEET_ROWS = 1_048_576
BLOCK_BYTES = 1024 * 1024
#: More than the text of one cell with a formula.
OVERLAP_BYTES = 64 * 1024
#: A cell with a formula and no value: no program has computed it.
UNCOMPUTED = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="(?P<place>[A-Z]+[0-9]+)"[^>]*>\s*'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


class OpenWorkbook:
    """A workbook whose size and members were looked at before it was opened.

    :ivar list names: of its sheets
    :raise TableError: on entering, when it is too large or can't be read
    """

    def __init__(self, content, limits):
        self.content = content
        self.limits = limits

    def __enter__(self):
        try:
            self._check_members()
            self.book = openpyxl.load_workbook(
                io.BytesIO(self.content), read_only=True, data_only=True
            )
            self.names = [sheet.title for sheet in self.book.worksheets]
        except TableError:
            raise
        except Exception as error:  # openpyxl raises what the broken part makes
            raise self._unreadable(error) from None
        if not self.names:
            raise TableError([_("the workbook has no sheet")])
        return self

    def __exit__(self, *exception):
        self.book.close()

    def lines(self, name):
        """Yield (line number, cells) of the rows of a sheet that hold something.

        What a sheet says of its own size is not believed.
        """
        try:
            sheet = self.book[name]
            self._check_formulas(sheet)
            sheet.reset_dimensions()
            rows = sheet.iter_rows(values_only=True, max_col=self.limits.columns)
            for number, cells in enumerate(rows, start=1):
                if number > MOST_SHEET_ROWS:
                    raise TableError(
                        [_("line %(line)s: no sheet is that long", line=number)]
                    )
                if any(cell is not None for cell in cells):
                    yield number, cells
        except TableError:
            raise
        except Exception as error:  # openpyxl raises what the broken part makes
            raise self._unreadable(error) from None

    def _check_members(self):
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            members = archive.infolist()
            size = sum(member.file_size for member in members)
            if size > self.limits.unpacked_bytes:
                raise TableError([_("the workbook is too large: split it")])
            for member in members:
                with archive.open(member) as stream:
                    if b"<!DOCTYPE" in stream.read(PROLOGUE_BYTES).upper():
                        raise TableError([_declares_entities(member.filename)])

    def _check_formulas(self, sheet):
        """Raise when a formula has no value: it would be read as an empty cell."""
        window = b""
        with sheet._get_source() as stream:
            while block := stream.read(BLOCK_BYTES):
                window = window[-OVERLAP_BYTES:] + block
                has_formula = b"<f" in window or b":f" in window
                found = has_formula and UNCOMPUTED.search(window)
                if found:
                    place = found["place"].decode()
                    raise TableError(
                        [
                            _(
                                "cell %(place)s: a formula that no program has "
                                "computed; open the file in one and save it, or write "
                                "the value",
                                place=place,
                            )
                        ]
                    )

    @staticmethod
    def _unreadable(error):
        return TableError(
            [_("no workbook that can be read: %(problem)s", problem=str(error))]
        )


def _declares_entities(name):
    return _("%(name)s declares entities: save it anew", name=name)
