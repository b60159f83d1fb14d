# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A table over many pages: one line a row, drawn as the rows come.

A row is one line and the number of rows is known, so that each page can say of how
many it is before the last one is drawn.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from math import ceil

from reportlab import rl_config
from reportlab.lib.pagesizes import A4, landscape, portrait
from reportlab.pdfgen.canvas import Canvas

from . import typeface
from .typeface import STRONG, TEXT

MARGIN = 40
HEAD, FOOT = 92, 46
ROW, SIZE, HEAD_SIZE, TITLE_SIZE = 12.0, 7.5, 7, 15
GAP = 5
LEAST_SIZE = 5.4
INK, MUTED, WASH = "#1C2024", "#6B7278", "#F1F5F3"

# Plain binary streams: a quarter smaller than reportlab's default of ASCII text.
rl_config.useA85 = 0


@dataclass(frozen=True)
class PdfColumn:
    """One column: its title, its share of the width, and whether it holds figures."""

    title: str
    share: float = 1
    is_number: bool = False


@dataclass(frozen=True)
class TableDocument:
    """What a table says; all texts are ready to be printed.

    :param str issuer: the cooperative, with its tax ID
    :param str page_label: text with ``%(page)s`` and ``%(pages)s``
    :param Sequence totals: texts of the last row, as many as columns; may be empty
    """

    title: str
    subtitle: str
    issuer: str
    page_label: str
    columns: Sequence[PdfColumn]
    rows: Iterable[Sequence[str]]
    row_count: int
    totals: Sequence[str] = ()
    color: str = "#1B7F5C"
    language: str = "en"
    is_landscape: bool = True
    note: str = ""


def write_table(target, document: TableDocument, font_folders=()) -> int:
    """Draw a table into a new file.

    :param target: path of the file, or a binary stream
    :param tuple font_folders: where Roboto may be found
    :return: number of pages
    :raise ValueError: when there are not as many rows as the document says, or a row
        does not have as many texts as columns
    """
    typeface.load(tuple(font_folders))
    size = landscape(A4) if document.is_landscape else portrait(A4)
    canvas = Canvas(
        target if hasattr(target, "write") else str(target),
        pagesize=size,
        pageCompression=1,
        invariant=1,
        lang=document.language.replace("_", "-"),
    )
    canvas.setTitle(document.title)
    canvas.setAuthor(document.issuer)
    pages = _Sheets(canvas, document, size).draw()
    canvas.save()
    return pages


class _Sheets:
    """The pages of one table."""

    def __init__(self, canvas, document, size):
        self.canvas, self.document = canvas, document
        self.page_width, self.page_height = size
        self.edges = _edges(document.columns, self.page_width - 2 * MARGIN)
        self.rows_a_page = int((self.page_height - HEAD - FOOT) // ROW)
        line_count = (
            document.row_count + bool(document.totals) + 2 * bool(document.note)
        )
        self.pages = max(1, ceil(line_count / self.rows_a_page))

    def draw(self):
        """Draw all pages; return how many."""
        rows, drawn = iter(self.document.rows), 0
        for page in range(1, self.pages + 1):
            self._draw_head(page)
            y = self.page_height - HEAD
            for row in islice(rows, self.rows_a_page):
                drawn += 1
                y -= ROW
                self._draw_row(row, y, TEXT, is_shaded=drawn % 2 == 0)
            if page == self.pages:
                self._draw_end(y)
            self.canvas.showPage()
        if drawn != self.document.row_count or next(rows, None) is not None:
            raise ValueError(
                f"The table has other rows than the {self.document.row_count} it "
                "was said to have."
            )
        return self.pages

    def _draw_head(self, page):
        """Draw title, issuer, titles of the columns and the number of the page."""
        canvas, document = self.canvas, self.document
        top, right = self.page_height - 40, self.page_width - MARGIN
        self._text(MARGIN, top, document.title, STRONG, TITLE_SIZE, document.color)
        self._text(MARGIN, top - 15, document.subtitle, TEXT, 8.5, MUTED)
        self._right(right, top, document.issuer, TEXT, 8.5, INK)
        label = document.page_label % {"page": page, "pages": self.pages}
        self._right(right, 26, label, TEXT, 7.5, MUTED)
        y = self.page_height - HEAD + 5
        for column, (left, end) in zip(document.columns, self.edges, strict=True):
            title = typeface.fitted(column.title, end - left, STRONG, HEAD_SIZE)
            draw = self._right if column.is_number else self._text
            draw(end if column.is_number else left, y, title, STRONG, HEAD_SIZE, INK)
        canvas.setStrokeColor(document.color)
        canvas.setLineWidth(1)
        canvas.line(MARGIN, y - 4, right, y - 4)

    def _draw_row(self, row, y, face, is_shaded=False):
        """Draw one row with its baseline above ``y``."""
        canvas, columns = self.canvas, self.document.columns
        if is_shaded:
            canvas.setFillColor(WASH)
            canvas.rect(MARGIN - 3, y, self.page_width - 2 * MARGIN + 6, ROW, 0, 1)
        canvas.setFillColor(INK)
        for text, column, (left, end) in zip(row, columns, self.edges, strict=True):
            if not text:
                continue
            size = _size_for(text, end - left, face)
            text = typeface.fitted(text, end - left, face, size)
            if column.is_number:
                left = end - typeface.width(text, face, size)
            canvas.setFont(face, size)
            canvas.drawString(left, y + 3.5, text)

    def _draw_end(self, y):
        """Draw the totals, and the note under them."""
        document = self.document
        if document.totals:
            y -= ROW
            self.canvas.setStrokeColor(document.color)
            self.canvas.line(MARGIN, y + ROW, self.page_width - MARGIN, y + ROW)
            self._draw_row(document.totals, y, STRONG)
        for line in typeface.wrapped(
            document.note, self.page_width - 2 * MARGIN, TEXT, 7.5
        )[:2]:
            y -= ROW
            self._text(MARGIN, y + 2, line, TEXT, 7.5, MUTED)

    def _text(self, x, y, text, face, size, color):
        self.canvas.setFillColor(color)
        self.canvas.setFont(face, size)
        self.canvas.drawString(x, y, text)

    def _right(self, x, y, text, face, size, color):
        self._text(x - typeface.width(text, face, size), y, text, face, size, color)


def _size_for(text, limit, face):
    """Return the size of the letters: smaller for what would not fit, to a limit."""
    width = typeface.width(text, face, SIZE)
    return SIZE if width <= limit else max(SIZE * limit / width - 0.01, LEAST_SIZE)


def _edges(columns, width):
    """Return (left, right) of each column, in points from the page's edge.

    >>> _edges((PdfColumn("A"), PdfColumn("B", 3)), 400)
    [(40, 135.0), (140.0, 435.0)]
    """
    total = sum(column.share for column in columns)
    edges, left = [], MARGIN
    for column in columns:
        right = left + width * column.share / total
        edges.append((left, right - GAP))
        left = right
    return edges
