# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Notices on paper: a letter each, its address where a window envelope shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO

from lxml import html
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

from ..register import typeface
from ..register.typeface import STRONG, TEXT

MARGIN = 64
#: From the left edge and the top, in points: the window of a Spanish DL envelope.
WINDOW_LEFT, WINDOW_TOP = 312, 142
ADDRESS_LEADING = 14
INK, MUTED = HexColor("#1C2024"), HexColor("#6B7278")
BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "li")
KEPT_INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i"}


@dataclass(frozen=True)
class Letter:
    """What one letter says.

    :param Sequence sender: the lines of who writes, the name first
    :param Sequence address: the lines of who gets it, the name first
    :param str body: HTML as notices have it: paragraphs, lists, emphasis
    """

    sender: Sequence[str]
    address: Sequence[str]
    place_and_date: str
    subject: str
    body: str


def write_letters(letters, font_folders=()) -> bytes:
    """Return letters as one PDF file, each from a page of its own.

    :param letters: sequence of :class:`Letter`, one at least
    :param tuple font_folders: where Roboto may be found
    """
    typeface.load(tuple(font_folders))
    output = BytesIO()
    document = SimpleDocTemplate(
        output,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=letters[0].subject,
        author=letters[0].sender[0],
        invariant=1,
    )
    story = []
    for letter in letters:
        story += [*_story(letter), PageBreak()]
    document.build(story)
    return output.getvalue()


def _story(letter):
    """Return the parts of a letter from top to bottom."""
    small = _style("small", fontSize=8.5, leading=11, textColor=MUTED)
    indent = WINDOW_LEFT - MARGIN
    address = _style("address", leading=ADDRESS_LEADING, leftIndent=indent)
    strong = _style("strong", fontName=STRONG, spaceBefore=24, spaceAfter=14)
    text = _style("text", spaceBefore=9, spaceAfter=9)
    bullet = _style(
        "bullet", leftIndent=14, bulletIndent=2, bulletFontName=TEXT, spaceAfter=3
    )
    head = [Paragraph(escape(line), small) for line in letter.sender]
    gap = max(WINDOW_TOP - MARGIN - 11 * len(head), 0)
    return [
        *head,
        Spacer(0, gap),
        *(Paragraph(escape(line), address) for line in letter.address),
        Spacer(0, 6 * ADDRESS_LEADING - ADDRESS_LEADING * len(letter.address[:6])),
        Paragraph(escape(letter.place_and_date), text),
        Paragraph(escape(letter.subject), strong),
        *(
            Paragraph(line, bullet, bulletText="•")
            if is_item
            else Paragraph(line, text)
            for line, is_item in paragraphs(letter.body)
        ),
    ]


def _style(name, **options):
    """Return a style of text; what is not said is as in the body."""
    plain = {"fontName": TEXT, "fontSize": 10.5, "leading": 15, "textColor": INK}
    return ParagraphStyle(name, **plain | options)


def paragraphs(body):
    """Return the paragraphs of a notice's HTML as pairs (markup, is a list's item).

    >>> paragraphs("<p>Pay <b>now</b></p><ul><li>30 &euro;</li></ul>")
    [('Pay <b>now</b>', False), ('30 €', True)]
    >>> paragraphs("Plain &lt;text&gt;")
    [('Plain &lt;text&gt;', False)]
    """
    root = html.fragment_fromstring(body or "", create_parent="div")
    found = []
    _collect(root, found)
    return [(line, is_item) for line, is_item in found if line]


def _collect(block, found):
    """Append the paragraphs of a block and of the blocks in it."""
    parts = [escape(block.text or "", quote=False)]
    for child in block:
        if child.tag in (*BLOCKS, "ul", "ol"):
            found.append((_tidy(parts), block.tag == "li"))
            parts = []
            _collect(child, found)
        else:
            parts.append(_inline(child))
        parts.append(escape(child.tail or "", quote=False))
    found.append((_tidy(parts), block.tag == "li"))


def _inline(element):
    """Return an element within a line in the markup of reportlab."""
    if not isinstance(element.tag, str):
        return ""
    if element.tag == "br":
        return "<br/>"
    inner = escape(element.text or "", quote=False) + "".join(
        _inline(child) + escape(child.tail or "", quote=False) for child in element
    )
    tag = KEPT_INLINE.get(element.tag)
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _tidy(parts):
    """Return parts as one line with single spaces."""
    return " ".join("".join(parts).split())
