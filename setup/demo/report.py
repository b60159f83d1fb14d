# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What ``make demo`` ends with: a table, the folder, how to go on."""

from instance import progress
from rich.table import Table

_COUNTERS = (
    ("Usage files", "file_count"),
    ("Records in", "row_count"),
    ("  usage events", "event_count"),
    ("    in suspense", "suspended_count"),
    ("    rated", "rated_count"),
    ("      wholly in an allowance", "allowance_count"),
    ("  duplicates", "duplicate_count"),
    ("  rejected", "rejected_count"),
)
_BILLS = (
    ("Billing accounts", "account_count"),
    ("  held", "held_count"),
    ("Bills", "bill_count"),
    ("PDFs", "pdf_count"),
)
_AMOUNTS = (
    ("Usage beyond allowances", "charged_amount"),
    ("Bills, untaxed", "invoiced_untaxed"),
    ("Taxes", "invoiced_tax"),
    ("Bills, total", "invoiced_total"),
)
_MONEY = (
    ("Direct debits", "debit_count"),
    ("  returned by the bank", "returned_count"),
    ("  left out, with their reason", "left_out_count"),
    ("Transfers of payers", "transfer_count"),
    ("Bank files booked", "file_count"),
    ("  movements allocated by themselves", "allocated_count"),
    ("  for a person to decide", "exception_count"),
    ("Accounts reminded", "reminded_count"),
    ("Paid in a bank's app", "app_count"),
    ("  differences to the bank's list", "app_difference_count"),
)
_STEP_UNITS = {
    "load": "files",
    "rate": "events",
    "check": "controls",
    "preview": "lines",
    "invoice": "bills",
    "post": "bills",
    "deliver": "PDFs",
}


def show_report(folders, result):
    """Print the demo's result.

    :param Folders folders: of the demo
    :param dict result: what ``run.main`` stored
    """
    summary = result["bill_run"]
    progress.console.print(_table(summary))
    _show_controls(summary, result["checked_rows"])
    progress.console.print(_money_table(result["money"]))
    progress.say(f"\nBills, summary.xlsx and summary.json: {folders.output}")
    progress.say(f"The providers' files and their truth:  {folders.input}")
    progress.say(f"What went to the bank and came from it: {folders.bank}")
    progress.say(
        "\nSee the same month in the browser: make serve\n"
        "It prints the address and the logins; start at Telecom, Billing, Bill runs,\n"
        "and go on at Telecom, Payments."
    )


def _table(summary):
    month = summary["period_start"][:7]
    title = f"{summary['company']}, {month}, {summary['run']}"
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for label, name in _COUNTERS:
        table.add_row(label, f"{summary['counters'][name]:,}")
    table.add_section()
    for label, name in _AMOUNTS:
        table.add_row(label, f"{float(summary['amounts'][name]):,.2f} €")
    table.add_section()
    for label, name in _BILLS:
        table.add_row(label, f"{summary['counters'][name]:,}")
    table.add_section()
    for step in summary["steps"]:
        code = step["code"]
        table.add_row(
            f"{code}: {step['rows']:,} {_STEP_UNITS[code]}", f"{step['seconds']:.1f} s"
        )
    return table


def _money_table(money):
    title = f"Money until 21 November, {money['debit_run']}"
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for label, name in _MONEY:
        table.add_row(label, f"{money[name]:,}")
    table.add_section()
    table.add_row("Drawn", f"{float(money['debit_amount']):,.2f} €")
    return table


def _show_controls(summary, checked_rows):
    checks = summary["checks"]
    failed = [check for check in checks if check["state"] == "fail"]
    red = [check for check in failed if check["severity"] != "warn"]
    for check in failed:
        style = "yellow" if check["severity"] == "warn" else "bold red"
        progress.say(f"! {check['name']}: {check['rows']:,} do not", style)
    passed = len(checks) - len(failed)
    progress.say(
        f"✓ {passed} of {len(checks)} controls pass, {len(red)} red"
        if red
        else f"✓ All controls green: {passed} pass, {len(failed)} only warn",
        "bold red" if red else "green",
    )
    progress.say(f"✓ {checked_rows:,} records became what they must", "green")
