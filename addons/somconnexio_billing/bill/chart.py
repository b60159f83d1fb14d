# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Bar chart of the bills of the last months, this one in the brand's colour."""

from decimal import Decimal

from .sheet import Sheet
from .theme import RIGHT

HEIGHT = 92
LABEL_SIZE = 6.5
ROOM_FOR_FIGURE = 22  # narrower bars keep only the current month's figure
MAX_BARS = 12


def draw_history(sheet: Sheet, x: float, top: float, width: float) -> float:
    """Draw the chart below ``top``; return the height used, 0 without two months.

    Bars start at zero; a month in the member's favour hangs below the line.
    """
    months = sheet.document.history[-MAX_BARS:]
    if len(months) < 2:
        return 0
    highest = max(*(month.amount for month in months), Decimal(0))
    lowest = min(*(month.amount for month in months), Decimal(0))
    span = float(highest - lowest) or 1.0
    plot = HEIGHT - 26
    zero = top - 12 - plot * float(highest) / span
    sheet.pen.rule(x, x + width, zero)
    slot = width / len(months)
    for index, month in enumerate(months):
        is_current = index == len(months) - 1
        middle = x + slot * (index + 0.5)
        length = plot * float(month.amount) / span
        _draw_bar(sheet, middle, min(slot * 0.62, 22), zero, length, is_current)
        if is_current or slot >= ROOM_FOR_FIGURE:
            _draw_amount(sheet, middle, zero + max(length, 0), month.amount, is_current)
        sheet.pen.center(
            middle,
            top - HEIGHT + 2,
            sheet.format.month_short(month.month)[:4],
            "strong" if is_current else "text",
            LABEL_SIZE,
            sheet.theme.ink if is_current else sheet.theme.muted,
        )
    return HEIGHT


def _draw_bar(sheet, middle, width, zero, length, is_current):
    color = sheet.theme.primary if is_current else sheet.theme.tint
    left = middle - width / 2
    if length >= 1:
        sheet.pen.box(left, zero, width, length, color, 2.5, "top")
    elif length <= -1:
        sheet.pen.bar(left, zero + length, width, -length, color)


def _draw_amount(sheet, middle, top, amount, is_current):
    """Write the amount over its bar, to the cent only for the current month."""
    text = sheet.format.number(amount, 2 if is_current else 0)
    role = "strong" if is_current else "text"
    color = sheet.theme.ink if is_current else sheet.theme.muted
    right = middle + sheet.pen.width(text, role, LABEL_SIZE) / 2
    right = min(right, RIGHT)
    sheet.pen.right(right, top + 3.5, text, role, LABEL_SIZE, color)
