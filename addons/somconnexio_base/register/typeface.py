# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The two faces that books are set in: Roboto, which comes with Odoo, or Vera.

Roboto's figures share one width, so columns of amounts line up. Vera ships with
reportlab, so a book is always printed.
"""

from functools import lru_cache
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

REPORTLAB_FONTS = Path(reportlab.__file__).parent / "fonts"
FILES = {
    "RegisterText": ("Roboto-Regular.ttf", "Vera.ttf"),
    "RegisterStrong": ("Roboto-Medium.ttf", "VeraBd.ttf"),
}
TEXT, STRONG = FILES
ELLIPSIS = "…"


@lru_cache(maxsize=4)
def load(folders: tuple[str, ...] = ()) -> None:
    """Make the faces known to reportlab, searching ``folders`` with subfolders.

    :param tuple folders: where Odoo keeps its fonts; may be empty
    """
    for name, (wanted, fallback) in FILES.items():
        paths = [path for folder in folders for path in Path(folder).rglob(wanted)]
        candidates = [*sorted(filter(Path.exists, paths)), REPORTLAB_FONTS / fallback]
        pdfmetrics.registerFont(_first_readable(name, candidates))


def _first_readable(name, paths):
    """Return the first font file that can be read; the last one always can."""
    for path in paths[:-1]:
        try:
            return TTFont(name, str(path), shapable=False)
        except TTFError:
            continue
    return TTFont(name, str(paths[-1]), shapable=False)


@lru_cache(maxsize=50_000)
def width(text: str, face: str, size: float) -> float:
    """Return how far a text runs, in points."""
    return pdfmetrics.stringWidth(text, face, size)


def fitted(text: str, limit: float, face: str, size: float) -> str:
    """Return ``text``, cut with an ellipsis when it is wider than ``limit`` points."""
    if width(text, face, size) <= limit:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + ELLIPSIS, face, size) <= limit:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


def wrapped(text: str, limit: float, face: str, size: float) -> list[str]:
    """Return the lines of ``text`` broken at spaces; empty lines are kept."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if line and width(longer, face, size) > limit:
                lines.append(line)
                longer = word
            line = fitted(longer, limit, face, size)
        lines.append(line)
    return lines
