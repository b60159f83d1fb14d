# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""``odoo bill_month``: bill a month from files to PDFs without anybody watching.

Odoo loads this file by its name, before any addon: what needs addons is imported
once the database is known.
"""

import re
import sys
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config

TABLES = ("bill_register", "usage_summary", "usage_detail")
STEPS = ("load", "rate", "check", "preview", "invoice", "post", "deliver")


class BillMonth(Command):
    """Bill a month: load the usage files, rate, check, invoice, post, make the PDFs.

    Every step can be started again: called a second time, the command does what is
    still missing.
    """

    name = "bill_month"
    epilog = """
    exit codes:
      0  all is billed and every control is green
      1  a step failed; call it again after correcting the cause
      2  the command was called wrongly
      3  a usage file was quarantined
      4  a control is red, or an account is held
    """

    def __init__(self):
        super().__init__()
        add = self.parser.add_argument
        add("-c", "--config", help="Odoo's configuration file")
        add("-d", "--database", required=True)
        add("--month", required=True, type=_month, help="such as 2026-10")
        add("--files", type=_folder, help="folder of usage files to take in first")
        add("--out", type=Path, help="folder for summary.json, spreadsheets and pdf/")
        add(
            "--spreadsheets",
            type=_tables,
            default=TABLES[:2],
            metavar="NAMES",
            help=f"which to write besides, of {', '.join(TABLES)}; 'none' for none;"
            " default: the first two (the third has a row for each event)",
        )
        add("--workers", type=_count, default=2, metavar="N", help="default: 2")
        add("--invoice-date", type=_day, help="default: the month's end")
        add("--until", choices=STEPS, default=STEPS[-1], help="last step to do")
        add(
            "--collect",
            action="store_true",
            help="go on to collection: write what the bank gets into OUT/bank",
        )
        add("--company", help="name of the company, where there are several")
        add("--unfinished", action="store_true", help="bill a month that is not over")

    def run(self, cmdargs):
        """Parse the arguments, do the month and leave with its exit code."""
        options = self.parser.parse_args(args=cmdargs)
        if options.collect and not options.out:
            self.parser.error("--collect writes into OUT/bank: give --out as well")
        arguments = ["--no-http", "-d", options.database, "--log-level=warn"]
        if options.config:
            arguments += ["-c", options.config]
        config.parse_config(arguments, setup_logging=True)
        try:
            registry = Registry(options.database)
        except Exception as error:  # whatever keeps Odoo from opening a database
            self.parser.error(f"database {options.database}: {str(error).strip()}")
        if "telecom.bill.run" not in registry.models:
            self.parser.error(
                f"database {options.database}: install somconnexio_billing first"
            )
        # Odoo loads this file as odoo.cli.bill_month: nothing to be relative to.
        # pylint: disable-next=odoo-addons-relative-import
        from odoo.addons.somconnexio_billing.command_line.month import (
            CannotBegin,
            Month,
        )

        try:
            month = Month(registry, options)
        except CannotBegin as error:
            self.parser.error(str(error))
        sys.exit(month.run())


def _month(text):
    """Return the first day of a month written as 2026-10."""
    if not re.fullmatch(r"[1-9]\d{3}-(0[1-9]|1[0-2])", text):
        raise ArgumentTypeError(f"'{text}' is no month: write it as 2026-10")
    return date.fromisoformat(f"{text}-01")


def _folder(text):
    """Return the path of an existing folder."""
    path = Path(text)
    if not path.is_dir():
        raise ArgumentTypeError(f"there is no folder '{text}'")
    return path


def _tables(text):
    """Return the names of spreadsheets, written with commas between them."""
    names = tuple(filter(None, (name.strip() for name in text.split(","))))
    if names == ("none",):
        return ()
    if unknown := set(names) - set(TABLES):
        known = ", ".join(TABLES)
        raise ArgumentTypeError(f"'{unknown.pop()}' is no spreadsheet: name {known}")
    return names


def _count(text):
    """Return a number of worker processes, one at least."""
    if not re.fullmatch(r"[1-9]\d{0,2}", text):
        raise ArgumentTypeError(f"'{text}' is no number of processes from 1 to 999")
    return int(text)


def _day(text):
    """Return a date written as 2026-11-01."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"'{text}' is no date: write it as 2026-11-01"
        raise ArgumentTypeError(message) from None
