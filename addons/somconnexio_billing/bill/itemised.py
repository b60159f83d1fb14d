# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The itemised list of calls, messages and sessions, two columns to the page.

Required by RD 899/2009: number called, date, time, length, tariff group and cost of
each, and totals per group. What is not listed (cheap groups, if the cooperative leaves
them out) is one line, so that every group adds up.
"""

from decimal import Decimal

from . import theme
from .call_format import phone_number, rated_decimals
from .document import ItemisedUsage, SubscriptionUsage, UsageGroup
from .sheet import Sheet
from .usage import draw_subscription_title

COLUMNS = 2
GUTTER = 22
COLUMN_WIDTH = (theme.CONTENT_WIDTH - GUTTER * (COLUMNS - 1)) / COLUMNS
SIZE, SMALLEST = 7, 6
ROW = 10.4
# Offsets inside a column: left edges of texts, right edges of figures.
DATE, TIME, NUMBER, DESTINATION = 3, 26, 57, 113
QUANTITY, AMOUNT = COLUMN_WIDTH - 40, COLUMN_WIDTH - 3
DESTINATION_WIDTH = QUANTITY - 30 - DESTINATION
AMOUNT_WIDTH = AMOUNT - QUANTITY - 3
NUMBER_WIDTH = DESTINATION - NUMBER - 4
SUM_ROW = ROW + 1
GROUP_HEAD, GROUP_FOOT = 27, SUM_ROW + 6


def draw_itemised(sheet: Sheet) -> None:
    """Draw the list after what is there; nothing when nothing is itemised."""
    usages = [usage for usage in sheet.document.usage if usage.itemised_groups]
    if not usages:
        return
    if sheet.y < 0.4 * theme.PAGE_HEIGHT:
        sheet.turn_page()
    notes = [sheet.label("itemised_note")]
    if _has_late_items(sheet.document):
        notes.append(sheet.label("late_note"))
    sheet.section_title(sheet.label("itemised"), " ".join(notes))
    for usage in usages:
        _draw_subscription(sheet, usage)


def _has_late_items(document):
    """Tell whether a listed event is of a day before the bill's period."""
    start = document.period_start
    return start and any(
        item.started_at.date() < start
        for usage in document.usage
        for group in usage.groups
        for item in group.items
    )


def _draw_subscription(sheet, usage: SubscriptionUsage):
    sheet.room(24 + GROUP_HEAD + GROUP_FOOT + 2 * ROW)
    draw_subscription_title(sheet, usage.title, usage.subtitle)
    for group in usage.itemised_groups:
        _draw_group(sheet, usage, group)
    sheet.y -= 10


def _draw_group(sheet, usage, group: UsageGroup):
    """Spread a group's events over the columns, page after page."""
    decimals = rated_decimals([*(item.amount for item in group.items), group.amount])
    foot = GROUP_FOOT + SUM_ROW * bool(group.unlisted[0])
    if sheet.room(GROUP_HEAD + foot + 2 * ROW):
        draw_subscription_title(sheet, usage.title, usage.subtitle)
    title, rest = group.name, group.items
    while rest:
        chunk, rest = _split(rest, sheet.y - theme.BOTTOM - GROUP_HEAD, foot)
        _draw_chunk(sheet, group, title, chunk, decimals)
        if rest:
            sheet.turn_page()
            draw_subscription_title(sheet, usage.title, usage.subtitle)
            title = sheet.label("continued", title=group.name)
    _draw_group_total(sheet, group, decimals)


def _split(items, height, foot):
    """Return the events that go on this page and the rest.

    The last ones need room for the group's total below, and never stand alone: at
    least two rows go with the total.
    """
    if len(items) <= COLUMNS * int((height - foot) // ROW):
        return items, ()
    capacity = COLUMNS * max(int(height // ROW), 1)
    kept = min(capacity, max(len(items) - 2 * COLUMNS, COLUMNS))
    return items[:kept], items[kept:]


def _draw_chunk(sheet, group, title, chunk, decimals):
    """Draw the events of one group on one page, in columns of equal height."""
    title = sheet.pen.fitted(title, theme.CONTENT_WIDTH, "strong", theme.BODY)
    sheet.pen.text(
        theme.LEFT, sheet.y, title, "strong", theme.BODY, sheet.theme.primary
    )
    sheet.y -= 13
    rows = -(-len(chunk) // COLUMNS)
    top = sheet.y
    for column in range(COLUMNS):
        items = chunk[column * rows : (column + 1) * rows]
        if items:
            left = theme.LEFT + column * (COLUMN_WIDTH + GUTTER)
            _draw_column_head(sheet, left, top)
            _draw_rows(sheet, group, items, left, top - ROW - 3, decimals)
    sheet.y = top - ROW * (rows + 1) - 3


def _draw_column_head(sheet, left, y):
    pen, color, size = sheet.pen, sheet.theme.muted, 6.2
    for offset, key in (
        (DATE, "column_date"),
        (TIME, "column_time"),
        (NUMBER, "column_number"),
        (DESTINATION, "column_destination"),
    ):
        pen.text(left + offset, y, sheet.label(key), "strong", size, color)
    quantity = sheet.label("column_quantity")
    amount = _amount_title(sheet, size)
    pen.right(left + QUANTITY, y, quantity, "strong", size, color)
    pen.right(left + AMOUNT, y, amount, "strong", size, color)
    pen.rule(left, left + COLUMN_WIDTH, y - 3.4, sheet.theme.tint, 0.7)


def _amount_title(sheet, size):
    """Return the last column's title, with the currency if there is room."""
    label = sheet.label("column_amount")
    full = f"{label} {sheet.format.currency_symbol}"
    return full if sheet.pen.width(full, "strong", size) < AMOUNT_WIDTH else label


def _draw_rows(sheet, group, items, left, y, decimals):
    for index, item in enumerate(items):
        if index % 2:
            sheet.pen.bar(left, y - 2.8, COLUMN_WIDTH, ROW, sheet.theme.wash)
        _draw_item(sheet, group.unit, item, left, y, decimals)
        y -= ROW


def _draw_item(sheet, unit, item: ItemisedUsage, left, y, decimals):
    pen, write = sheet.pen, sheet.format
    number = phone_number(item.other_number, sheet.document.country_calling_code)
    pen.text(left + DATE, y, write.short_day(item.started_at.date()), "text", SIZE)
    pen.text(left + TIME, y, write.clock(item.started_at), "text", SIZE)
    # A number is never cut: the longest (15 digits) are set smaller.
    pen.text(left + NUMBER, y, number, "text", _size(pen, number, NUMBER_WIDTH))
    size = max(_size(pen, item.destination, DESTINATION_WIDTH), SMALLEST)
    destination = pen.fitted(item.destination, DESTINATION_WIDTH, "text", size)
    pen.text(left + DESTINATION, y, destination, "text", size)
    pen.right(left + QUANTITY, y, write.itemised(unit, item.quantity), "text", SIZE)
    if item.is_included and not item.amount:
        included = sheet.label("included")
        pen.right(left + AMOUNT, y, included, "text", 6, sheet.theme.muted)
    else:
        pen.right(left + AMOUNT, y, write.rated(item.amount, decimals), "text", SIZE)


def _size(pen, text, width):
    """Return the size in which ``text`` fits, the usual one at most."""
    return min(SIZE, SIZE * width / (pen.width(text, "text", SIZE) or 1))


def _draw_group_total(sheet, group: UsageGroup, decimals):
    """Draw what is not listed and the group's total, right under the columns."""
    count, quantity, amount = group.unlisted
    sheet.pen.rule(theme.LEFT, theme.RIGHT, sheet.y + 5)
    sheet.y -= 4
    if count:
        label = sheet.label("unlisted", count=sheet.format.number(Decimal(count)))
        _draw_sum(sheet, group, label, quantity, amount, decimals, "text")
    events = sheet.format.number(Decimal(group.event_count))
    label = sheet.label("group_total", count=events)
    _draw_sum(sheet, group, label, group.quantity, group.amount, decimals, "strong")
    sheet.y -= 10


def _draw_sum(sheet, group, label, quantity, amount, decimals, role):
    pen, write = sheet.pen, sheet.format
    usage = write.usage(group.unit, quantity)
    pen.text(theme.LEFT + DATE, sheet.y, label, role, SIZE)
    right = theme.RIGHT - COLUMN_WIDTH
    pen.right(right + QUANTITY, sheet.y, usage, role, SIZE)
    price = write.rated(amount, decimals) if amount else sheet.label("included")
    pen.right(right + AMOUNT, sheet.y, price, role, SIZE)
    sheet.y -= SUM_ROW
