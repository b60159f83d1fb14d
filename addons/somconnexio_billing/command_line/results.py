# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Write the results of a month into a folder: summary.json, spreadsheets, pdf/."""

import json
from decimal import Decimal

import xlsxwriter

PDF_BATCH = 500
BILL_COLUMNS = (
    ("Bill", 18),
    ("Account", 14),
    ("Customer", 36),
    ("Untaxed", 12),
    ("Taxes", 12),
    ("Total", 12),
)


def write(folder, summary, run, tables=()):
    """Write all results; a second call replaces them.

    :param Path folder: made when it is missing
    :param dict summary: as summary.collect returns it
    :param run: telecom.bill.run
    :param tables: which tables of ``models/export/tables.py`` to write as well
    :return: number of PDFs written
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(summary, indent=2, ensure_ascii=False)
    (folder / "summary.json").write_text(text, encoding="utf-8")
    _write_workbook(folder / "summary.xlsx", summary, run)
    for table in tables:
        run.export_table(table, folder / f"{table}.xlsx")
    return _write_pdfs(folder / "pdf", run)


def _write_workbook(path, summary, run):
    """Write the workbook row by row, so that its size is no matter."""
    options = {"constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(path, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": "#,##0.00"})
        _write_summary_sheet(book.add_worksheet("Month"), summary, bold)
        _write_table(
            book.add_worksheet("Steps"),
            (("Step", 12), ("State", 12), ("Seconds", 12), ("Rows", 12)),
            (
                (s["code"], s["state"], s["seconds"], s["rows"])
                for s in summary["steps"]
            ),
            bold,
        )
        _write_table(
            book.add_worksheet("Controls"),
            (("Control", 60), ("Severity", 16), ("State", 10), ("Rows", 10)),
            (
                (c["name"], c["severity"], c["state"], c["rows"])
                for c in summary["checks"]
            ),
            bold,
        )
        _write_table(
            book.add_worksheet("Bills"), BILL_COLUMNS, _bill_rows(run), bold, money
        )


def _write_summary_sheet(sheet, summary, bold):
    """Write counters and amounts, a line each."""
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 20)
    sheet.write_row(0, 0, (summary["run"], summary["company"]), bold)
    rows = [(name, summary[name]) for name in ("period_start", "period_end", "state")]
    rows += summary["counters"].items()
    rows += [(name, Decimal(text)) for name, text in summary["amounts"].items()]
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, row)


def _write_table(sheet, columns, rows, bold, number_format=None):
    """Write a header that stays in view, and the rows."""
    for number, (_title, width) in enumerate(columns):
        sheet.set_column(number, number, width, number_format)
    sheet.write_row(0, 0, [title for title, _width in columns], bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, row)


def _bill_rows(run):
    """Yield the register of the bills, some hundred at a time."""
    for bills in _batches(run):
        for bill in bills:
            yield (
                bill.name or "",
                bill.telecom_billing_account_id.code,
                bill.partner_id.display_name,
                bill.amount_untaxed,
                bill.amount_tax,
                bill.amount_total,
            )


def _write_pdfs(folder, run):
    """Copy the stored PDFs into a folder and return how many there are."""
    folder.mkdir(exist_ok=True)
    count = 0
    for bills in _batches(run):
        attachments = bills.invoice_pdf_report_id
        for attachment in attachments:
            name = attachment.name.replace("/", "-")
            (folder / name).write_bytes(attachment.raw)
            count += 1
    return count


def _batches(run):
    """Yield the bills of a run in their order, forgetting each batch after use."""
    moves = run.move_ids.sorted("id")
    for start in range(0, len(moves), PDF_BATCH):
        yield moves[start : start + PDF_BATCH]
        run.env.invalidate_all()
