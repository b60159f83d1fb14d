# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A certificate: one page that says who is a member and what they hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from . import typeface
from .typeface import STRONG, TEXT

MARGIN = 64
INK, MUTED, LINE = "#1C2024", "#6B7278", "#D9DEE2"
LOGO_WIDTH, LOGO_HEIGHT = 150, 52


@dataclass(frozen=True)
class Certificate:
    """What a certificate says; all texts are ready to be printed.

    :param str body: paragraphs, an empty line between them
    :param Sequence facts: pairs of label and value, printed as a list
    :param str place_and_date: the line above the signature
    :param bytes logo: a picture that Pillow reads, or None
    """

    title: str
    issuer: str
    issuer_lines: Sequence[str]
    body: str
    facts: Sequence[tuple[str, str]]
    place_and_date: str
    signature_label: str
    footer: str = ""
    color: str = "#1B7F5C"
    language: str = "en"
    logo: bytes | None = None


def write_certificate(certificate: Certificate, font_folders=()) -> bytes:
    """Return the certificate as a PDF file; the same one gives the same bytes.

    :param tuple font_folders: where Roboto may be found
    """
    typeface.load(tuple(font_folders))
    output = BytesIO()
    canvas = Canvas(
        output,
        pagesize=A4,
        pageCompression=1,
        invariant=1,
        lang=certificate.language.replace("_", "-"),
    )
    canvas.setTitle(certificate.title)
    canvas.setAuthor(certificate.issuer)
    _Page(canvas, certificate).draw()
    canvas.showPage()
    canvas.save()
    return output.getvalue()


class _Page:
    """The page being drawn; ``y`` is the next free height."""

    def __init__(self, canvas, certificate):
        self.canvas, self.certificate = canvas, certificate
        self.width, self.height = A4
        self.right = self.width - MARGIN
        self.y = self.height - MARGIN

    def draw(self):
        """Draw the whole page, from the letterhead down."""
        self._draw_letterhead()
        self._draw_title()
        self._draw_paragraphs()
        self._draw_facts()
        self._draw_signature()
        self._text(MARGIN, 40, self.certificate.footer, TEXT, 7.5, MUTED)

    def _draw_letterhead(self):
        certificate = self.certificate
        if certificate.logo:
            self._draw_logo(certificate.logo)
        else:
            self._text(
                MARGIN, self.y - 12, certificate.issuer, STRONG, 14, certificate.color
            )
        for place, line in enumerate(certificate.issuer_lines):
            self._right(self.right, self.y - 8 - 11 * place, line, TEXT, 8.5, MUTED)
        self.y -= 92
        self.canvas.setStrokeColor(certificate.color)
        self.canvas.setLineWidth(1.5)
        self.canvas.line(MARGIN, self.y + 14, self.right, self.y + 14)

    def _draw_logo(self, logo):
        picture = ImageReader(BytesIO(logo))
        width, height = picture.getSize()
        scale = min(LOGO_WIDTH / width, LOGO_HEIGHT / height)
        self.canvas.drawImage(
            picture,
            MARGIN,
            self.y - height * scale,
            width * scale,
            height * scale,
            mask="auto",
        )

    def _draw_title(self):
        self.y -= 40
        self._text(MARGIN, self.y, self.certificate.title, STRONG, 22, INK)
        self.y -= 36

    def _draw_paragraphs(self):
        for line in typeface.wrapped(
            self.certificate.body, self.right - MARGIN, TEXT, 11
        ):
            self._text(MARGIN, self.y, line, TEXT, 11, INK)
            self.y -= 17
        self.y -= 10

    def _draw_facts(self):
        label_width = 190
        for label, value in self.certificate.facts:
            self._text(MARGIN, self.y, label, TEXT, 10, MUTED)
            room = self.right - MARGIN - label_width
            for line in typeface.wrapped(value, room, STRONG, 10):
                self._text(MARGIN + label_width, self.y, line, STRONG, 10, INK)
                self.y -= 15
            self.canvas.setStrokeColor(LINE)
            self.canvas.setLineWidth(0.5)
            self.canvas.line(MARGIN, self.y + 8, self.right, self.y + 8)
            self.y -= 8
        self.y -= 24

    def _draw_signature(self):
        self._text(MARGIN, self.y, self.certificate.place_and_date, TEXT, 11, INK)
        self.y -= 90
        self.canvas.setStrokeColor(INK)
        self.canvas.setLineWidth(0.5)
        self.canvas.line(MARGIN, self.y, MARGIN + 220, self.y)
        self._text(
            MARGIN, self.y - 14, self.certificate.signature_label, TEXT, 9, MUTED
        )

    def _text(self, x, y, text, face, size, color):
        self.canvas.setFillColor(color)
        self.canvas.setFont(face, size)
        self.canvas.drawString(x, y, text)

    def _right(self, x, y, text, face, size, color):
        self._text(x - typeface.width(text, face, size), y, text, face, size, color)
