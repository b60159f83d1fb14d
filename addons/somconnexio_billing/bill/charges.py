# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is charged, subscription by subscription, and the taxes and total."""

from . import theme
from .document import ChargeGroup, ChargeLine
from .sheet import Sheet
from .sidebar import SIDEBAR_LEFT, draw_sidebar

COLUMN_RIGHT = SIDEBAR_LEFT - 30
TEXT_INDENT = 13
AMOUNT_WIDTH = 66
LINE = 12.5


def draw_charges(sheet: Sheet) -> None:
    """Draw the charges, a sidebar beside them, and the totals.

    Charges that go on over further pages take the whole width there.
    """
    if not sheet.has_room(theme.PAGE_HEIGHT * 0.4):
        sheet.turn_page()
    top, sheet.sidebar_page = sheet.y, len(sheet.pen.pages)
    sidebar_bottom = draw_sidebar(sheet, top)
    is_correction = sheet.document.is_credit_note
    key = "your_corrections" if is_correction else "your_charges"
    sheet.heading(theme.LEFT, top, sheet.label(key))
    sheet.y = top - 24
    groups = [group for group in sheet.document.charge_groups if group.lines]
    if not groups:
        text = sheet.label("no_charges")
        sheet.pen.text(theme.LEFT, sheet.y, text, "text", theme.BODY, sheet.theme.muted)
        sheet.y -= LINE
    for group in groups:
        _draw_group(sheet, group)
    _draw_totals(sheet)
    _draw_notices(sheet)
    if len(sheet.pen.pages) == sheet.sidebar_page:
        sheet.y = min(sheet.y, sidebar_bottom)


def _right(sheet):
    """Return the right edge: beside the sidebar where it is, else the margin."""
    has_sidebar = len(sheet.pen.pages) == sheet.sidebar_page
    return COLUMN_RIGHT if has_sidebar else theme.RIGHT


def _draw_group(sheet, group: ChargeGroup):
    """Draw a subscription with its lines; the title stays with the first line."""
    if sheet.room(3.4 * LINE):
        sheet.y -= 4
    pen, right = sheet.pen, _right(sheet)
    pen.box(theme.LEFT, sheet.y + 0.4, 6, 6, sheet.theme.accent, 3)
    width = right - theme.LEFT - TEXT_INDENT - AMOUNT_WIDTH
    left = theme.LEFT + TEXT_INDENT
    title = pen.fitted(group.title, width, "strong", theme.H3 + 0.5)
    pen.text(left, sheet.y, title, "strong", theme.H3 + 0.5)
    amount = sheet.format.money(group.amount)
    pen.right(right, sheet.y, amount, "strong", theme.H3 + 0.5)
    sheet.y -= LINE
    if group.subtitle and group.lines[0].name != group.subtitle:
        subtitle = pen.fitted(group.subtitle, width, "text", theme.SMALL + 0.5)
        pen.text(left, sheet.y, subtitle, "text", theme.SMALL + 0.5, sheet.theme.muted)
        sheet.y -= LINE
    sheet.y -= 2
    for line in group.lines:
        _draw_line(sheet, line)
    sheet.y -= 4
    pen.rule(theme.LEFT, _right(sheet), sheet.y + 6)
    sheet.y -= 9


def _draw_line(sheet, line: ChargeLine):
    left = theme.LEFT + TEXT_INDENT
    right = _right(sheet)
    width = right - left - AMOUNT_WIDTH
    texts = sheet.pen.wrapped(line.name, width, "text", theme.BODY)[:3] or [""]
    detail = _detail(sheet, line)
    if sheet.room(LINE * (len(texts) + bool(detail))):
        right = _right(sheet)
    pen = sheet.pen
    pen.right(right, sheet.y, sheet.format.money(line.amount), "text", theme.BODY)
    for text in texts:
        pen.text(left, sheet.y, text, "text", theme.BODY)
        sheet.y -= LINE
    if detail:
        detail = pen.fitted(detail, width, "text", theme.SMALL)
        pen.text(left, sheet.y + 1.5, detail, "text", theme.SMALL, sheet.theme.muted)
        sheet.y -= LINE - 1.5


def _detail(sheet, line):
    """Return the second, grey line: a period other than the bill's, and the sum."""
    document, parts = sheet.document, []
    period = line.period_start, line.period_end
    if all(period) and period != (document.period_start, document.period_end):
        parts.append(sheet.format.short_period(*period))
    if line.day_count < line.month_days and line.unit_price is not None:
        parts.append(
            sheet.label(
                "days_of_month",
                days=line.day_count,
                month_days=line.month_days,
                price=sheet.format.money(line.unit_price),
            )
        )
    elif line.quantity != 1 and line.unit_price is not None:
        quantity = sheet.format.number(
            line.quantity, 0 if line.quantity == int(line.quantity) else 2
        )
        price = sheet.format.money(line.unit_price)
        parts.append(
            sheet.label("quantity_times_price", quantity=quantity, price=price)
        )
    return " · ".join(parts)


def _draw_totals(sheet):
    """Draw base, each tax and the total; never split over two pages."""
    document, write = sheet.document, sheet.format
    sheet.room(34 + LINE * (2 + len(document.taxes)))
    sheet.y -= 4
    rows = [(sheet.label("taxable_base"), write.money(document.amount_untaxed))]
    for tax in document.taxes:
        label = sheet.label("tax_on_base", tax=tax.name, base=write.money(tax.base))
        rows.append((label, write.money(tax.amount)))
    pen, right = sheet.pen, _right(sheet)
    width = right - theme.LEFT - TEXT_INDENT - AMOUNT_WIDTH
    for label, amount in rows:
        label = pen.fitted(label, width, "text", theme.BODY)
        left = theme.LEFT + TEXT_INDENT
        pen.text(left, sheet.y, label, "text", theme.BODY, sheet.theme.muted)
        pen.right(right, sheet.y, amount, "text", theme.BODY)
        sheet.y -= LINE + 1
    height = 26
    bottom = sheet.y - height + 8
    pen.box(theme.LEFT, bottom, right - theme.LEFT, height, sheet.theme.wash, 6)
    baseline = bottom + 9
    left = theme.LEFT + TEXT_INDENT
    pen.text(left, baseline, sheet.label("total"), "strong", 11, sheet.theme.primary)
    total = write.money(document.amount_total)
    pen.right(right - 8, baseline, total, "title", 12.5, sheet.theme.primary)
    sheet.y = bottom - 16


def _draw_notices(sheet):
    """Print the mandate's reference and what else the bill has to say."""
    document = sheet.document
    notices = list(document.notices)
    if document.collection.mandate_reference:
        reference = document.collection.mandate_reference
        notices.insert(0, sheet.label("mandate", reference=reference))
    for notice in notices:
        _draw_small_print(sheet, notice)
    if document.claims:
        _draw_small_print(sheet, document.claims, sheet.label("claims"))


def _draw_small_print(sheet, text, title=""):
    """Set a paragraph in small letters, under a title that stays with it."""
    width = _right(sheet) - theme.LEFT
    lines = sheet.pen.wrapped(text, width, "text", theme.SMALL)
    sheet.room(10 * min(len(lines) + bool(title), 7))
    if title:
        sheet.y -= 4
        sheet.pen.text(theme.LEFT, sheet.y, title, "strong", theme.SMALL)
        sheet.y -= 10
    for line in lines:
        sheet.room(10)
        sheet.pen.text(
            theme.LEFT, sheet.y, line, "text", theme.SMALL, sheet.theme.muted
        )
        sheet.y -= 10
    sheet.y -= 3
