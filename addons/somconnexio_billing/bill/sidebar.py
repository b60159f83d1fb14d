# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Beside the charges of page one: last months, where to get help, a message."""

from . import theme
from .chart import draw_history
from .sheet import Sheet

SIDEBAR_LEFT = theme.LEFT + 346
LINE = 12.5


def draw_sidebar(sheet: Sheet, top: float) -> float:
    """Draw chart, help and the cooperative's message; return the height below."""
    width = theme.RIGHT - SIDEBAR_LEFT
    y = top
    if len(sheet.document.history) > 1 and not sheet.document.is_credit_note:
        sheet.heading(SIDEBAR_LEFT, y, sheet.label("last_months"))
        y -= 16
        y -= draw_history(sheet, SIDEBAR_LEFT, y, width) + 34
    y = _draw_help(sheet, y)
    if sheet.document.message:
        y = _draw_message(sheet, y, width)
    return y


def _draw_help(sheet, y):
    contact = sheet.document.contact
    lines = [text for text in (contact.phone, contact.email, contact.website) if text]
    if not lines:
        return y
    sheet.heading(SIDEBAR_LEFT, y, sheet.label("help"))
    y -= 18
    width = theme.RIGHT - SIDEBAR_LEFT
    for index, line in enumerate(lines):
        is_phone = not index and contact.phone
        role, size = ("strong", 11) if is_phone else ("text", theme.BODY)
        line = sheet.pen.fitted(line, width, role, size)
        sheet.pen.text(SIDEBAR_LEFT, y, line, role, size)
        y -= 14
    return y - 20


def _draw_message(sheet, top, width):
    """Set the message in a washed box, as much of it as the page has room for."""
    pen, padding = sheet.pen, 12
    lines = pen.wrapped(sheet.document.message, width - 2 * padding, "text", theme.BODY)
    room = int((top - theme.BOTTOM - 2 * padding) // LINE)
    lines = lines[: max(room, 0)]
    if not lines:
        return top
    height = len(lines) * LINE + 2 * padding - 5
    y = top - height + 12
    pen.box(SIDEBAR_LEFT, y, width, height, sheet.theme.wash, 8)
    pen.box(SIDEBAR_LEFT, y, 3, height, sheet.theme.accent, 1.5)
    baseline = y + height - padding - 6
    for line in lines:
        pen.text(SIDEBAR_LEFT + padding, baseline, line, "text", theme.BODY)
        baseline -= LINE
    return y - 18
