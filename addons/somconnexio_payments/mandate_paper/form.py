# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The form as a page of A4: what is known is printed, the rest is left to write in."""

from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from odoo.addons.somconnexio_base.register import typeface
from odoo.addons.somconnexio_base.register.typeface import STRONG, TEXT

from .texts import VERSION, clause, label

MARGIN, LABEL_WIDTH, ROW = 56, 180, 30
INK, MUTED, LINE, COLOR = "#1C2024", "#6B7278", "#C4CACF", "#1B7F5C"
CLAUSE_SIZE, CLAUSE_LEADING = 9.5, 13.5
BOX = 9


@dataclass(frozen=True)
class MandateForm:
    """What is printed; an empty text leaves a line to write on.

    :param str lang: code of the language, such as ca_ES
    :param tuple creditor_address: lines below the creditor's name
    :param bool is_oneoff: for one debit only
    """

    lang: str
    reference: str
    creditor: str
    creditor_id: str
    creditor_address: tuple[str, ...]
    debtor: str = ""
    debtor_address: str = ""
    iban: str = ""
    bic: str = ""
    is_oneoff: bool = False


def write_form(form: MandateForm, font_folders=()) -> bytes:
    """Return the form as PDF; equal forms give equal bytes.

    :param tuple font_folders: where Roboto may be found
    """
    typeface.load(tuple(font_folders))
    output = BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1, lang=form.lang.replace("_", "-"))
    canvas.setTitle(f"{label(form.lang, 'title')} {form.reference}")
    canvas.setAuthor(form.creditor)
    _Page(canvas, form).draw()
    canvas.showPage()
    canvas.save()
    return output.getvalue()


class _Page:
    """The page being drawn; ``y`` is the next free height."""

    def __init__(self, canvas, form):
        self.canvas, self.form = canvas, form
        self.right = A4[0] - MARGIN
        self.y = A4[1] - MARGIN

    def draw(self):
        """Draw the page, from the title down."""
        self._draw_head()
        self._draw_clause()
        self._draw_rows(self._debtor_rows())
        self._draw_kind()
        self._draw_signature()
        form = self.form
        foot = label(form.lang, "return", creditor=form.creditor)
        version = label(form.lang, "page", version=VERSION)
        self._text(MARGIN, 44, f"{foot}  ·  {version}", TEXT, 7.5, MUTED)

    def _label(self, name):
        return label(self.form.lang, name)

    def _draw_head(self):
        form = self.form
        self._text(MARGIN, self.y - 14, self._label("title"), STRONG, 18, COLOR)
        self.y -= 44
        self._draw_rows(
            [
                ("reference", form.reference),
                ("creditor", form.creditor),
                ("creditor_id", form.creditor_id),
                ("address", ", ".join(form.creditor_address)),
            ]
        )

    def _debtor_rows(self):
        form = self.form
        return [
            ("debtor", form.debtor),
            ("address", form.debtor_address),
            ("iban", form.iban),
            ("bic", form.bic),
        ]

    def _draw_rows(self, rows):
        """Draw label and value of each row, on a line to write on."""
        for name, value in rows:
            self._text(MARGIN, self.y, self._label(name), TEXT, 9, MUTED)
            room = self.right - MARGIN - LABEL_WIDTH
            value = typeface.fitted(value or "", room, STRONG, 10.5)
            self._text(MARGIN + LABEL_WIDTH, self.y, value, STRONG, 10.5, INK)
            self._line(MARGIN + LABEL_WIDTH, self.y - 5, self.right)
            self.y -= ROW
        self.y -= 6

    def _draw_clause(self):
        text = clause(self.form.lang, self.form.creditor)
        room = self.right - MARGIN
        for line in typeface.wrapped(text, room, TEXT, CLAUSE_SIZE):
            self._text(MARGIN, self.y, line, TEXT, CLAUSE_SIZE, INK)
            self.y -= CLAUSE_LEADING
        self.y -= 18

    def _draw_kind(self):
        self._text(MARGIN, self.y, self._label("kind"), TEXT, 9, MUTED)
        x = MARGIN + LABEL_WIDTH
        for name, is_chosen in (
            ("recurrent", not self.form.is_oneoff),
            ("oneoff", self.form.is_oneoff),
        ):
            self.canvas.setStrokeColor(INK)
            self.canvas.rect(x, self.y - 1, BOX, BOX, fill=0)
            if is_chosen:
                self._text(x + 1.8, self.y, "×", STRONG, 10, INK)
            self._text(x + BOX + 6, self.y, self._label(name), TEXT, 10, INK)
            x += 150
        self.y -= 48

    def _draw_signature(self):
        middle = MARGIN + LABEL_WIDTH + 30
        self.y -= 60
        for x, end, name in (
            (MARGIN, middle - 20, "place"),
            (middle, self.right, "signature"),
        ):
            self._line(x, self.y, end)
            self._text(x, self.y - 13, self._label(name), TEXT, 8.5, MUTED)

    def _line(self, x, y, end):
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(0.6)
        self.canvas.line(x, y, end, y)

    def _text(self, x, y, text, face, size, color):
        self.canvas.setFillColor(color)
        self.canvas.setFont(face, size)
        self.canvas.drawString(x, y, text)
