# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Make the PDF of a bill.

The same document gives the same bytes, so that a bill made again can be compared.
"""

import io

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from . import labels, theme
from .charges import draw_charges
from .document import BillDocument
from .fonts import type_set
from .itemised import draw_itemised
from .logo import load as load_logo
from .pen import Pen
from .sheet import Sheet
from .summary import draw_summary
from .usage import draw_usage

SECTIONS = {"charges": draw_charges, "usage": draw_usage, "itemised": draw_itemised}

# Plain binary streams: a quarter smaller than reportlab's default of ASCII text.
rl_config.useA85 = 0


def render(document: BillDocument, font_folders: tuple[str, ...] = ()) -> bytes:
    """Return the bill as a PDF file.

    :param tuple font_folders: folders searched for fonts, see :mod:`bill.fonts`
    :raise ValueError: when a label is missing, or a colour, a section or the language
        can't be understood
    """
    sheet = lay_out(document, font_folders)
    sheet.draw_footers()
    return _write(sheet)


def lay_out(document: BillDocument, font_folders: tuple[str, ...] = ()) -> Sheet:
    """Return the bill drawn page by page, all but the page numbers.

    :raise ValueError: as :func:`render`
    """
    labels.check(document.labels)
    colors = theme.Theme.of(document.brand.primary_color, document.brand.accent_color)
    pen = Pen(type_set(font_folders), colors, font_folders)
    sheet = Sheet(document, pen, load_logo(document.brand.logo))
    draw_summary(sheet)
    for section in _sections(document):
        section(sheet)
    return sheet


def _sections(document):
    """Return the drawing routines asked for, in order."""
    unknown = set(document.sections) - SECTIONS.keys()
    if unknown:
        raise ValueError(
            f"Unknown sections of the bill: {', '.join(sorted(unknown))}. "
            f"There are {', '.join(SECTIONS)}."
        )
    return [SECTIONS[name] for name in document.sections]


class _BlankCanvas(Canvas):
    """A canvas that doesn't put Helvetica on every page."""

    def _make_preamble(self):
        self._preamble = ""


def _write(sheet):
    """Turn the pages' operators into a PDF file."""
    output = io.BytesIO()
    canvas = _BlankCanvas(
        output,
        pagesize=(theme.PAGE_WIDTH, theme.PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        lang=sheet.document.language.replace("_", "-"),
    )
    _describe(canvas, sheet.document, sheet.label("title"))
    _attach_resources(canvas, sheet)
    for operators in sheet.pen.pages:
        _draw_page(canvas, operators)
    canvas.save()
    return output.getvalue()


def _describe(canvas, document, title):
    canvas.setTitle(f"{title} {document.number}")
    canvas.setAuthor(document.issuer.name)
    canvas.setSubject(document.number)
    canvas.setCreator("somconnexio_billing")
    day = document.bill_date.strftime("D:%Y%m%d000000Z")
    canvas.setDateFormatter(lambda *_now: day)


def _attach_resources(canvas, sheet):
    pdf = canvas._doc
    for face in vars(sheet.pen.faces).values():
        face.attach(pdf)
    if sheet.logo:
        pdf.addForm("logo", sheet.logo.stream)


def _draw_page(canvas, operators):
    """Copy operators in stretches; a callable among them draws on the canvas."""
    stretch = []
    for operator in operators:
        if callable(operator):
            canvas.addLiteral("\n".join(stretch))
            stretch = []
            operator(canvas)
        else:
            stretch.append(operator)
    canvas.addLiteral("\n".join(stretch))
    canvas.showPage()
