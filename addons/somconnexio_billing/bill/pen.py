# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Draw text and shapes as PDF operators, page by page.

A bill holds some thousand short strings, ten thousand bills ten million: writing the
few operators needed straight away is about five times faster than going through a
general drawing library. Pages are lists of operators, joined by :mod:`bill.render`;
a callable among them is drawn by reportlab's canvas when the page is made.

Coordinates are points from the lower left corner of the page.
"""

from collections.abc import Callable
from contextlib import contextmanager

from . import fallback
from .alphabet import PDF_STRING
from .fonts import TypeSet
from .theme import Rgb, Theme

ELLIPSIS = "…"
ROUND = 0.5523  # control point of the Bézier curve nearest to a quarter circle


class Pen:
    """Writes operators on the current page; keeps colour and font set last."""

    def __init__(self, faces: TypeSet, theme: Theme, folders: tuple[str, ...] = ()):
        self.faces = faces
        self.theme = theme
        self.folders = folders
        self.pages: list[list[str | Callable]] = []
        self.turn_page()

    def turn_page(self) -> None:
        """Begin a page; drawing goes there from now on."""
        self.pages.append([])
        self.on_page(len(self.pages) - 1)

    def on_page(self, index: int) -> None:
        """Go on drawing on a page that exists already."""
        self._ops = self.pages[index]
        self._color = self._font = None

    # text

    def text(self, x, y, text, role="text", size=8.5, color=None) -> None:
        """Write one line of text from ``x`` to the right on baseline ``y``."""
        if not text:
            return
        face = getattr(self.faces, role)
        color = color or self.theme.ink
        if not face.covers(text):
            self._ops.append(self._foreign_text(x, y, text, face, size, color))
            return
        font = (
            f"/{face.resource_name} {size:g} Tf " if (role, size) != self._font else ""
        )
        self._font = role, size
        self._ops.append(
            f"BT {font}{self._fill(color)}{x:.2f} {y:.2f} Td "
            f"({text.translate(PDF_STRING)}) Tj ET"
        )

    def right(self, x, y, text, role="text", size=8.5, color=None) -> None:
        """Write text that ends at ``x``."""
        self.text(x - self.width(text, role, size), y, text, role, size, color)

    def center(self, x, y, text, role="text", size=8.5, color=None) -> None:
        """Write text with its middle at ``x``."""
        self.text(x - self.width(text, role, size) / 2, y, text, role, size, color)

    def _foreign_text(self, x, y, text, face, size, color):
        """Return the drawing of a text that needs letters of other fonts."""
        text_runs = fallback.runs(text, face, self.folders)

        def draw(canvas):
            canvas.saveState()
            canvas.setFillColorRGB(*color)
            left = x
            for name, run in text_runs:
                canvas.setFont(name, size)
                canvas.drawString(left, y, run)
                left += canvas.stringWidth(run, name, size)
            canvas.restoreState()

        return draw

    def width(self, text, role="text", size=8.5) -> float:
        """Return how far ``text`` runs, in points."""
        face = getattr(self.faces, role)
        if face.covers(text):
            return face.width(text) * size
        return fallback.width(text, face, self.folders) * size

    def fitted(self, text, width, role="text", size=8.5) -> str:
        """Return ``text``, cut with an ellipsis when it is wider than ``width``."""
        if self.width(text, role, size) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            cut = text[:middle].rstrip() + ELLIPSIS
            if self.width(cut, role, size) <= width:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + ELLIPSIS

    def wrapped(self, text, width, role="text", size=8.5) -> list[str]:
        """Return the lines of ``text`` broken at spaces; long words are cut."""
        lines = []
        for paragraph in text.splitlines():
            line = ""
            for word in paragraph.split():
                longer = f"{line} {word}" if line else word
                if line and self.width(longer, role, size) > width:
                    lines.append(line)
                    longer = word
                line = self.fitted(longer, width, role, size)
            lines.append(line)
        return lines

    # shapes

    def _fill(self, color: Rgb) -> str:
        if color == self._color:
            return ""
        self._color = color
        return "{:.3g} {:.3g} {:.3g} rg ".format(*color)

    def rule(self, x1, x2, y, color=None, thickness=0.5) -> None:
        """Draw a horizontal line."""
        self.bar(x1, y - thickness / 2, x2 - x1, thickness, color or self.theme.line)

    def bar(self, x, y, width, height, color) -> None:
        """Fill a rectangle."""
        self._ops.append(
            f"{self._fill(color)}{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f"
        )

    def box(self, x, y, width, height, color, radius=6, corners="all") -> None:
        """Fill a rectangle with round corners (``all``, ``left`` or ``top``)."""
        radius = max(0, min(radius, width / 2, height / 2))
        radii = {
            "all": (radius,) * 4,
            "left": (radius, 0, 0, radius),
            "top": (0, 0, radius, radius),
        }[corners]
        path = _rounded_path(x, y, width, height, *radii)
        self._ops.append(f"{self._fill(color)}{path} f")

    def ring(self, x, y, radius, thickness, color) -> None:
        """Draw a circle's line around a centre."""
        side = 2 * radius
        path = _rounded_path(x - radius, y - radius, side, side, *(radius,) * 4)
        stroke = "{:.3g} {:.3g} {:.3g} RG ".format(*color)
        self._ops.append(f"{stroke}{thickness:g} w {path} s")

    @contextmanager
    def clipped(self, x, y, width, height):
        """Keep what is drawn inside the block within a rectangle."""
        self._ops.append(f"q {x:.2f} {y:.2f} {width:.2f} {height:.2f} re W n")
        yield
        self._ops.append("Q")
        self._color = self._font = None

    def draw_later(self, draw: Callable) -> None:
        """Have ``draw(canvas)`` called at this place of the page."""
        self._ops.append(draw)


def _rounded_path(x, y, width, height, bottom_left, bottom_right, top_right, top_left):
    """Return the path of a rectangle with a radius per corner, counter-clockwise."""
    x2, y2 = x + width, y + height
    steps = [f"{x + bottom_left:.2f} {y:.2f} m"]
    corners = (
        (x2, y, bottom_right, (-1, 0), (0, 1)),
        (x2, y2, top_right, (0, -1), (-1, 0)),
        (x, y2, top_left, (1, 0), (0, -1)),
        (x, y, bottom_left, (0, 1), (1, 0)),
    )
    for corner_x, corner_y, radius, (in_x, in_y), (out_x, out_y) in corners:
        steps.append(f"{corner_x + radius * in_x:.2f} {corner_y + radius * in_y:.2f} l")
        if radius:
            near = radius * (1 - ROUND)
            steps.append(
                f"{corner_x + near * in_x:.2f} {corner_y + near * in_y:.2f} "
                f"{corner_x + near * out_x:.2f} {corner_y + near * out_y:.2f} "
                f"{corner_x + radius * out_x:.2f} {corner_y + radius * out_y:.2f} c"
            )
    return " ".join(steps)
