# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What each subscription used: allowance bars and a table by category."""

from decimal import Decimal

from . import theme
from .document import AllowanceUse, SubscriptionUsage, UsageGroup
from .sheet import Sheet

BARS_PER_ROW = 2
BAR_GAP = 28
BAR_WIDTH = (theme.CONTENT_WIDTH - BAR_GAP * (BARS_PER_ROW - 1)) / BARS_PER_ROW
BAR_HEIGHT = 7
BAR_BLOCK, REST_LINE = 40, 8
ROW = 14
NEARLY_USED_UP = Decimal("0.85")
# Right edges of the number columns.
COUNT, USED, CHARGED, AMOUNT = (
    theme.RIGHT - 236,
    theme.RIGHT - 156,
    theme.RIGHT - 74,
    theme.RIGHT - 8,
)


def draw_usage(sheet: Sheet) -> None:
    """Draw the usage part: below the charges when it fits whole, else on a new page."""
    usages = [u for u in sheet.document.usage if u.allowances or u.groups]
    if not usages:
        return
    if not sheet.has_room(min(_height(usages), theme.PAGE_HEIGHT * 0.7)):
        sheet.turn_page()
    sheet.section_title(sheet.label("your_usage"), _subtitle(sheet))
    for usage in usages:
        _draw_subscription(sheet, usage)


def _height(usages):
    """Return the height of the whole part, drawn on one page."""
    return 74 + sum(
        42
        + BAR_BLOCK * -(-len(usage.allowances) // BARS_PER_ROW)
        + (ROW + 0.5) * (len(usage.groups) + 1)
        for usage in usages
    )


def _subtitle(sheet):
    """Return the period, and that prices are without taxes."""
    document, parts = sheet.document, []
    if document.period_start and document.period_end:
        parts.append(sheet.format.period(document.period_start, document.period_end))
    parts.append(sheet.label("prices_untaxed").rstrip("."))
    return " · ".join(parts)


def _draw_subscription(sheet, usage: SubscriptionUsage):
    rows = -(-len(usage.allowances) // BARS_PER_ROW)
    height = 34 + BAR_BLOCK * min(rows, 3) + ROW * min(len(usage.groups) + 1, 4)
    sheet.room(height)
    draw_subscription_title(sheet, usage.title, usage.subtitle)
    _draw_allowances(sheet, usage.allowances)
    if usage.groups:
        _draw_table(sheet, usage.groups)
    sheet.y -= 22


def draw_subscription_title(sheet: Sheet, title: str, subtitle: str) -> None:
    """Draw the line that names a subscription, over the whole width."""
    pen = sheet.pen
    title = pen.fitted(title, theme.CONTENT_WIDTH * 0.6, "strong", 10.5)
    pen.box(theme.LEFT, sheet.y - 0.4, 6.5, 6.5, sheet.theme.accent, 3.25)
    left = theme.LEFT + 13
    pen.text(left, sheet.y, title, "strong", 10.5)
    left += pen.width(title, "strong", 10.5) + 10
    subtitle = pen.fitted(subtitle, theme.RIGHT - left, "text", theme.BODY)
    pen.text(left, sheet.y, subtitle, "text", theme.BODY, sheet.theme.muted)
    sheet.y -= 20


def _draw_allowances(sheet, allowances):
    for index in range(0, len(allowances), BARS_PER_ROW):
        sheet.room(BAR_BLOCK)
        row = allowances[index : index + BARS_PER_ROW]
        for place, allowance in enumerate(row):
            _draw_allowance(
                sheet, theme.LEFT + place * (BAR_WIDTH + BAR_GAP), allowance
            )
        has_rest = any(one.limit is not None for one in row)
        sheet.y -= BAR_BLOCK if has_rest else BAR_BLOCK - REST_LINE


def _draw_allowance(sheet, x, allowance: AllowanceUse):
    """Draw name, figures, bar and what is left of one allowance."""
    pen, write = sheet.pen, sheet.format
    used = write.usage(allowance.unit, allowance.used)
    if allowance.limit is None:
        figures = sheet.label("used_unlimited", used=used)
    else:
        limit = write.usage(allowance.unit, allowance.limit)
        figures = sheet.label("used_of_limit", used=used, limit=limit)
    name_width = BAR_WIDTH - pen.width(figures, "text", theme.BODY) - 8
    name = pen.fitted(allowance.name, name_width, "strong", theme.BODY)
    pen.text(x, sheet.y, name, "strong", theme.BODY)
    pen.right(x + BAR_WIDTH, sheet.y, figures, "text", theme.BODY)
    _draw_bar(sheet, x, sheet.y - 12, allowance)
    if allowance.limit is not None:
        _draw_rest(sheet, x, sheet.y - 22, allowance)


def _draw_bar(sheet, x, y, allowance):
    """Fill the track as far as used; the accent colour warns near the end."""
    pen, colors = sheet.pen, sheet.theme
    if allowance.limit is None:
        pen.box(x, y, BAR_WIDTH, BAR_HEIGHT, colors.tint, BAR_HEIGHT / 2)
        return
    pen.box(x, y, BAR_WIDTH, BAR_HEIGHT, colors.line, BAR_HEIGHT / 2)
    share = allowance.used / allowance.limit if allowance.limit else Decimal(0)
    if share <= 0:
        return
    color = colors.accent if share >= NEARLY_USED_UP else colors.primary
    width = max(BAR_WIDTH * float(min(share, Decimal(1))), BAR_HEIGHT)
    pen.box(x, y, width, BAR_HEIGHT, color, BAR_HEIGHT / 2)


def _draw_rest(sheet, x, y, allowance):
    rest = allowance.limit - allowance.used
    if rest > 0:
        text = sheet.label("left", quantity=sheet.format.usage(allowance.unit, rest))
    elif rest < 0:
        text = sheet.label("over", quantity=sheet.format.usage(allowance.unit, -rest))
    else:
        text = sheet.label("all_used")
    sheet.pen.text(x, y, text, "text", theme.SMALL, sheet.theme.muted)


def _draw_table(sheet, groups):
    sheet.room(ROW * 2 + 6)
    _draw_table_head(sheet)
    for group in groups:
        if sheet.room(ROW):
            _draw_table_head(sheet)
        _draw_table_row(sheet, group)


def _draw_table_head(sheet):
    pen, muted = sheet.pen, sheet.theme.muted
    pen.box(theme.LEFT, sheet.y - 5, theme.CONTENT_WIDTH, ROW + 1, sheet.theme.wash, 4)
    label = sheet.label("column_concept")
    pen.text(theme.LEFT + 8, sheet.y, label, "strong", theme.SMALL, muted)
    for right, key in (
        (COUNT, "column_count"),
        (USED, "column_usage"),
        (CHARGED, "column_charged"),
        (AMOUNT, "column_amount"),
    ):
        pen.right(right, sheet.y, sheet.label(key), "strong", theme.SMALL, muted)
    sheet.y -= ROW + 3


def _draw_table_row(sheet, group: UsageGroup):
    pen, write = sheet.pen, sheet.format
    room = COUNT - 40 - theme.LEFT - 8
    name = pen.fitted(group.name, room, "text", theme.BODY)
    pen.text(theme.LEFT + 8, sheet.y, name, "text", theme.BODY)
    count = write.number(Decimal(group.event_count))
    pen.right(COUNT, sheet.y, count, "text", theme.BODY)
    used = write.usage(group.unit, group.quantity)
    pen.right(USED, sheet.y, used, "text", theme.BODY)
    if group.amount or group.charged_quantity:
        charged = write.usage(group.unit, group.charged_quantity)
        pen.right(CHARGED, sheet.y, charged, "text", theme.BODY)
        pen.right(AMOUNT, sheet.y, write.money(group.amount), "strong", theme.BODY)
    else:
        text, muted = sheet.label("included"), sheet.theme.muted
        pen.right(AMOUNT, sheet.y, text, "text", theme.BODY, muted)
    sheet.y -= ROW - 4
    pen.rule(theme.LEFT, theme.RIGHT, sheet.y + 5.5, thickness=0.35)
    sheet.y -= 4
