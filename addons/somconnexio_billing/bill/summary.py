# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Top of the first page: who, how much, when."""

from . import theme
from .document import CollectionKind
from .sheet import Sheet
from .theme import WHITE, mix, text_on

LOGO_WIDTH, LOGO_HEIGHT = 170, 46
CUSTOMER_LEFT = theme.LEFT + 290
PANEL_HEIGHT = 90
TOTAL_WIDTH = 176
CUSTOMER_HEIGHT = 66
LINE = 11
COLLECTION_LABELS = {
    CollectionKind.DIRECT_DEBIT: ("collected_on", "collected"),
    CollectionKind.TRANSFER: ("pay_before", "pay"),
    CollectionKind.REFUND: ("refunded", "refunded"),
    CollectionKind.NOTHING: ("nothing_to_pay", "nothing_to_pay"),
}
ACCOUNT_LABELS = {
    CollectionKind.DIRECT_DEBIT: "from_account",
    CollectionKind.TRANSFER: "to_account",
}


def draw_summary(sheet: Sheet) -> None:
    """Draw letterhead, title, customer's address and the panel with the total."""
    _draw_letterhead(sheet)
    _draw_title(sheet)
    _draw_customer(sheet)
    _draw_panel(sheet)


def _draw_letterhead(sheet):
    issuer, pen = sheet.document.issuer, sheet.pen
    top = theme.TOP
    if sheet.logo:
        width, height = sheet.logo.size_within(LOGO_WIDTH, LOGO_HEIGHT)
        _draw_logo(pen, theme.LEFT, top - height + 6, width, height)
    else:
        name = pen.fitted(issuer.name, 250, "title", 17)
        pen.text(theme.LEFT, top - 14, name, "title", 17, sheet.theme.primary)
    lines = [issuer.name, *issuer.address]
    if issuer.tax_id:
        lines.append(sheet.label("issuer_tax_id", tax_id=issuer.tax_id))
    y = top
    for index, line in enumerate(lines[:6]):
        line = pen.fitted(line, 230, "text", theme.SMALL)
        role = "text" if index else "strong"
        pen.right(theme.RIGHT, y, line, role, theme.SMALL, sheet.theme.muted)
        y -= 9.5


def _draw_logo(pen, x, y, width, height):
    def draw(canvas):
        canvas.saveState()
        canvas.transform(width, 0, 0, height, x, y)
        canvas.doForm("logo")
        canvas.restoreState()

    pen.draw_later(draw)


def _draw_title(sheet):
    pen, document = sheet.pen, sheet.document
    y = theme.TOP - 112
    if document.is_draft:
        _draw_pill(sheet, theme.LEFT, y + 34, sheet.label("draft"))
    key = "title_credit_note" if document.is_credit_note else "title"
    title = pen.fitted(sheet.label(key), 275, "title", theme.H1)
    pen.text(theme.LEFT, y, title, "title", theme.H1, sheet.theme.primary)
    subtitle = document.period_start or document.bill_date
    pen.text(
        theme.LEFT,
        y - 22,
        sheet.format.month_title(subtitle),
        "text",
        15,
        sheet.theme.muted,
    )
    if document.corrected_number:
        text = sheet.label("corrects", number=document.corrected_number)
        text = pen.fitted(text, 275, "text", theme.BODY)
        pen.text(theme.LEFT, y - 38, text, "text", theme.BODY, sheet.theme.ink)
    if document.correction_reason:
        _draw_reason(sheet, y - 49)


def _draw_reason(sheet, y):
    """Say why a corrective invoice was made: the law asks for it (RD 1619/2012)."""
    text = sheet.label("correction_reason", reason=sheet.document.correction_reason)
    for line in sheet.pen.wrapped(text, 275, "text", theme.BODY)[:2]:
        sheet.pen.text(theme.LEFT, y, line, "text", theme.BODY, sheet.theme.ink)
        y -= LINE


def _draw_pill(sheet, x, y, text):
    width = sheet.pen.width(text, "strong", theme.SMALL) + 14
    color = text_on(sheet.theme.accent, sheet.theme.ink)
    sheet.pen.box(x, y - 4.5, width, 15, sheet.theme.accent, 7.5)
    sheet.pen.text(x + 7, y, text, "strong", theme.SMALL, color)


def _draw_customer(sheet):
    """Draw name and address where a window envelope shows them.

    What doesn't fit at full size is set smaller; only an address that is too long
    even so loses its last lines, never the name or the tax identification.
    """
    customer, pen = sheet.document.customer, sheet.pen
    width = theme.RIGHT - CUSTOMER_LEFT
    for size in (9.5, 8.5, 7.5, 6.5):
        names = pen.wrapped(customer.name, width, "strong", size + 1)
        address = pen.wrapped("\n".join(customer.address), width, "text", size)
        leading = size * 1.28
        if (len(names) + len(address)) * leading < CUSTOMER_HEIGHT:
            break
    address = address[: max(int(CUSTOMER_HEIGHT // leading) - len(names), 0)]
    y = theme.TOP - 100
    for role, lines in (("strong", names), ("text", address)):
        for line in lines:
            pen.text(CUSTOMER_LEFT, y, line, role, size + (role == "strong"))
            y -= leading + (role == "strong")
    if customer.tax_id:
        text = sheet.label("customer_tax_id", tax_id=customer.tax_id)
        pen.text(CUSTOMER_LEFT, y - 2, text, "text", size - 1, sheet.theme.muted)


def _draw_panel(sheet):
    top = theme.TOP - 182
    bottom = top - PANEL_HEIGHT
    pen = sheet.pen
    pen.box(theme.LEFT, bottom, theme.CONTENT_WIDTH, PANEL_HEIGHT, sheet.theme.wash, 10)
    pen.box(
        theme.LEFT, bottom, TOTAL_WIDTH, PANEL_HEIGHT, sheet.theme.primary, 10, "left"
    )
    _draw_signal(sheet, theme.LEFT + TOTAL_WIDTH, bottom)
    _draw_total(sheet, theme.LEFT + 18, top)
    _draw_collection(sheet, theme.LEFT + 194, top)
    _draw_facts(sheet, theme.LEFT + 346, top)
    sheet.y = bottom - 30


def _draw_signal(sheet, right, bottom):
    """Let a signal go out of the corner of the panel's filled part."""
    color = mix(sheet.theme.primary, WHITE, 0.12)
    with sheet.pen.clipped(right - TOTAL_WIDTH, bottom, TOTAL_WIDTH, PANEL_HEIGHT):
        for radius in (12, 25, 38):
            sheet.pen.ring(right - 4, bottom + 4, radius, 5, color)


def _draw_total(sheet, x, top):
    total = sheet.document.amount_total
    key = "total_to_pay" if total >= 0 else "total_in_your_favour"
    pen = sheet.pen
    pen.text(x, top - 26, sheet.label(key), "text", theme.H3, WHITE)
    amount = sheet.format.money(abs(total))
    size = theme.HUGE
    while pen.width(amount, "title", size) > 146:
        size -= 1
    pen.text(x, top - 62, amount, "title", size, WHITE)


def _draw_collection(sheet, x, top):
    """Say when and how the money moves, the day being what the eye should find."""
    collection, pen = sheet.document.collection, sheet.pen
    key, key_without_date = COLLECTION_LABELS[collection.kind]
    key = key if collection.on_date else key_without_date
    y = top - 26
    for line in pen.wrapped(sheet.label(key), 138, "text", theme.H3)[:2]:
        pen.text(x, y, line, "text", theme.H3, sheet.theme.muted)
        y -= LINE
    if collection.on_date:
        y -= 6
        day = sheet.format.day_month(collection.on_date)
        day = pen.fitted(day, 140, "title", theme.H2)
        pen.text(x, y, day, "title", theme.H2)
        y -= 17
    else:
        y -= 4
    if collection.iban:
        text = collection.iban
        if collection.kind in ACCOUNT_LABELS:
            text = sheet.label(ACCOUNT_LABELS[collection.kind], iban=text)
        for line in pen.wrapped(text, 140, "text", theme.BODY)[:2]:
            pen.text(x, y, line, "text", theme.BODY, sheet.theme.ink)
            y -= LINE


def _draw_facts(sheet, x, top):
    """List number, dates and period."""
    document, write = sheet.document, sheet.format
    facts = [("bill_number", document.number)]
    facts.append(("bill_date", write.medium_date(document.bill_date)))
    if document.due_date and not document.is_credit_note:
        facts.append(("due_date", write.medium_date(document.due_date)))
    if document.period_start and document.period_end:
        period = write.period(document.period_start, document.period_end)
        facts.append(("period", period))
    pen, y = sheet.pen, top - 26
    for key, value in facts:
        label = pen.fitted(sheet.label(key), 62, "text", theme.BODY)
        pen.text(x, y, label, "text", theme.BODY, sheet.theme.muted)
        room = theme.RIGHT - 14 - x - pen.width(label, "text", theme.BODY) - 6
        value = pen.fitted(value, room, "strong", theme.BODY)
        pen.right(theme.RIGHT - 14, y, value, "strong", theme.BODY)
        y -= 15.5
