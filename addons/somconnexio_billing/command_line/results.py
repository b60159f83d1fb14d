# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Write the results of a month into a folder: summary.json, spreadsheets, pdf/."""

import json
from decimal import Decimal

from odoo.addons.somconnexio_base.spreadsheet import Column, Kind, Table, write_tables

PDF_BATCH = 500
MONTH_KEYS = ("period_start", "period_end", "state")
STEP_KEYS = ("code", "state", "seconds", "rows")
STEP_COLUMNS = (
    Column("Step", width=12),
    Column("State", width=12),
    Column("Seconds", Kind.NUMBER, 12, 2),
    Column("Rows", Kind.NUMBER, 12),
)
CONTROL_KEYS = ("name", "severity", "state", "rows")
CONTROL_COLUMNS = (
    Column("Control", width=60),
    Column("Severity", width=16),
    Column("State", width=10),
    Column("Rows", Kind.NUMBER, 10),
)
BILL_COLUMNS = (
    Column("Bill", width=18),
    Column("Account", width=14),
    Column("Customer", width=36),
    Column("Untaxed", Kind.NUMBER, 12, 2),
    Column("Taxes", Kind.NUMBER, 12, 2),
    Column("Total", Kind.NUMBER, 12, 2),
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
    write_tables(folder / "summary.xlsx", _tables(summary, run))
    for table in tables:
        run.export_table(table, folder / f"{table}.xlsx")
    return _write_pdfs(folder / "pdf", run)


def write_bank_files(folder, files):
    """Write what the bank gets; a second call replaces files of the same name.

    :param Path folder: made when it is missing and there are files
    :param list files: pairs of name and bytes
    :return: list of Path
    """
    paths = []
    for name, content in files:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / name
        path.write_bytes(content)
        path.chmod(0o600)  # names and accounts of people
        paths.append(path)
    return paths


def _tables(summary, run):
    """Yield the sheets of the workbook; bills are read one batch after the other."""
    head = (Column(summary["run"], width=28), Column(summary["company"], Kind.ANY, 20))
    yield Table("Month", head, _month_rows(summary))
    steps = (_values(step, STEP_KEYS) for step in summary["steps"])
    yield Table("Steps", STEP_COLUMNS, steps)
    controls = (_values(check, CONTROL_KEYS) for check in summary["checks"])
    yield Table("Controls", CONTROL_COLUMNS, controls)
    yield Table("Bills", BILL_COLUMNS, _bill_rows(run))


def _month_rows(summary):
    """Yield what is told of the month, counters and amounts, a line each."""
    yield from ((name, summary[name]) for name in MONTH_KEYS)
    yield from summary["counters"].items()
    yield from ((name, Decimal(text)) for name, text in summary["amounts"].items())


def _values(item, keys):
    return [item[key] for key in keys]


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
