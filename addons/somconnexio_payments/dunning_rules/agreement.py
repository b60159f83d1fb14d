# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The paper of a payment plan: what is owed, in which parts, and two signatures."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from odoo.addons.somconnexio_base.register import typeface
from odoo.addons.somconnexio_base.register.typeface import STRONG, TEXT

MARGIN = 64
INK, MUTED, LINE = HexColor("#1C2024"), HexColor("#6B7278"), HexColor("#D9DEE2")
BODY = partial(ParagraphStyle, fontSize=10.5, leading=15, textColor=INK)


@dataclass(frozen=True)
class Agreement:
    """What the paper says; all texts are ready to be printed.

    :param str body: paragraphs before the tables, an empty line between them
    :param Sequence bills: rows of three texts; the first is the head
    :param Sequence instalments: the same
    :param tuple signatures: who signs, the cooperative first
    :param str page_label: with ``%(page)s`` and ``%(pages)s``
    """

    title: str
    issuer: str
    issuer_lines: Sequence[str]
    body: str
    bills: Sequence[tuple[str, str, str]]
    instalments: Sequence[tuple[str, str, str]]
    closing: str
    place_and_date: str
    signatures: tuple[str, str]
    page_label: str = "Page %(page)s of %(pages)s"
    language: str = "en"


def write_agreement(agreement: Agreement, font_folders=()) -> bytes:
    """Return the agreement as a PDF file; the same one gives the same bytes.

    :param tuple font_folders: where Roboto may be found
    """
    typeface.load(tuple(font_folders))
    pages = _render(agreement, 0)[1]
    return _render(agreement, pages)[0]


def _render(agreement, page_count):
    """Return the bytes, and how many pages there are."""
    output = BytesIO()
    document = SimpleDocTemplate(
        output,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=agreement.title,
        author=agreement.issuer,
        lang=agreement.language.replace("_", "-"),
        invariant=1,
    )
    footer = partial(_draw_footer, agreement, page_count)
    document.build(_story(agreement), onFirstPage=footer, onLaterPages=footer)
    return output.getvalue(), document.page


def _story(agreement):
    """Return the parts of the paper from top to bottom."""
    text = BODY("text", fontName=TEXT)
    small = ParagraphStyle("small", fontName=TEXT, fontSize=8.5, textColor=MUTED)
    title = ParagraphStyle("title", fontName=STRONG, fontSize=20, leading=40)
    return [
        *(Paragraph(escape(line), small) for line in agreement.issuer_lines),
        Paragraph(escape(agreement.title), title),
        *_paragraphs(agreement.body, text),
        _table(agreement.bills),
        Spacer(0, 14),
        _table(agreement.instalments),
        Spacer(0, 14),
        *_paragraphs(agreement.closing, text),
        _signatures(agreement, text),
    ]


def _paragraphs(body, style):
    """Yield the paragraphs of a text with room after each."""
    for part in body.split("\n\n"):
        yield Paragraph(escape(part), style)
        yield Spacer(0, 10)


def _table(rows):
    """Return a table whose head is repeated on each page; amounts stand right."""
    table = Table(rows, colWidths=("40%", "30%", "30%"), repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), TEXT, 9.5),
                ("FONT", (0, 0), (-1, 0), STRONG, 9.5),
                ("TEXTCOLOR", (0, 0), (-1, -1), INK),
                ("ALIGN", (-1, 0), (-1, -1), "RIGHT"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
            ]
        )
    )
    return table


def _signatures(agreement, text):
    """Return place, date and the lines to sign on, never parted by a page."""
    table = Table([["", ""], list(agreement.signatures)], rowHeights=(70, 16))
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), TEXT, 9),
                ("TEXTCOLOR", (0, 0), (-1, -1), MUTED),
                ("LINEABOVE", (0, 1), (-1, 1), 0.5, INK),
            ]
        )
    )
    return KeepTogether([Paragraph(escape(agreement.place_and_date), text), table])


def _draw_footer(agreement, page_count, canvas, document):
    """Draw the number of a page."""
    label = agreement.page_label % {"page": document.page, "pages": page_count}
    canvas.setFont(TEXT, 7.5)
    canvas.setFillColor(MUTED)
    canvas.drawRightString(A4[0] - MARGIN, 40, label)
