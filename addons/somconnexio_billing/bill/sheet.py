# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A bill being laid out: the pen, the words, and how far down the page we are."""

from . import theme
from .document import BillDocument
from .local_format import local_format
from .logo import Logo
from .pen import Pen


class Sheet:
    """Flows blocks down the pages; ``y`` is the next free height.

    Every page but the first carries a running header. A drawing routine asks
    :meth:`room` before it draws something that must not be broken.
    """

    def __init__(self, document: BillDocument, pen: Pen, logo: Logo | None):
        self.document = document
        self.pen = pen
        self.logo = logo
        self.theme = pen.theme
        self.format = local_format(document.language, document.currency)
        self.y = theme.TOP
        self.sidebar_page = 0

    def label(self, key: str, **values) -> str:
        """Return a translated label, its values filled in."""
        text = self.document.labels[key]
        return text % values if values else text

    def has_room(self, height: float) -> bool:
        """Return whether ``height`` points are free on this page."""
        return self.y - height >= theme.BOTTOM

    def room(self, height: float) -> bool:
        """Make ``height`` points free; return whether that took a new page."""
        if self.has_room(height):
            return False
        self.turn_page()
        return True

    def turn_page(self) -> None:
        """Go on at the top of a new page."""
        self.pen.turn_page()
        self._draw_running_header()
        self.y = theme.TOP - 34

    def _draw_running_header(self):
        pen, document = self.pen, self.document
        baseline = theme.TOP - 4
        right = " · ".join(filter(None, (document.number, document.customer.name)))
        right = pen.fitted(right, theme.CONTENT_WIDTH * 0.6, "text", theme.SMALL)
        pen.right(theme.RIGHT, baseline, right, "text", theme.SMALL, self.theme.muted)
        name = pen.fitted(
            document.issuer.name, theme.CONTENT_WIDTH * 0.36, "title", theme.BODY
        )
        pen.text(theme.LEFT, baseline, name, "title", theme.BODY, self.theme.primary)
        pen.rule(theme.LEFT, theme.RIGHT, baseline - 9)

    def heading(self, x: float, y: float, text: str) -> None:
        """Draw the title of a column."""
        self.pen.text(x, y, text, "title", theme.H2, self.theme.primary)

    def section_title(self, text: str, subtitle: str = "") -> None:
        """Draw a section's title over the whole width."""
        self.room(60)
        self.y -= 16
        self.pen.text(
            theme.LEFT, self.y, text, "title", theme.H2 + 3, self.theme.primary
        )
        lines = self.pen.wrapped(subtitle, theme.CONTENT_WIDTH, "text", theme.BODY)
        for line in lines if subtitle else ():
            self.y -= 13
            self.pen.text(
                theme.LEFT, self.y, line, "text", theme.BODY, self.theme.muted
            )
        self.y -= 26

    def draw_footers(self) -> None:
        """Number the pages and print the legal line, once all pages are known."""
        lines = self.pen.wrapped(
            self.document.footer, theme.CONTENT_WIDTH - 70, "text", theme.TINY
        )[:3]
        pages = len(self.pen.pages)
        for index in range(pages):
            self.pen.on_page(index)
            self._draw_footer(lines, index + 1, pages)

    def _draw_footer(self, lines, page, pages):
        pen, baseline = self.pen, theme.FOOTER_BASELINE
        pen.rule(theme.LEFT, theme.RIGHT, baseline + 12)
        for index, line in enumerate(lines):
            pen.text(
                theme.LEFT,
                baseline - 8.5 * index,
                line,
                "text",
                theme.TINY,
                self.theme.muted,
            )
        number = self.label("page", page=page, pages=pages)
        pen.right(theme.RIGHT, baseline, number, "text", theme.SMALL, self.theme.muted)
