# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""``odoo rate_usage``: price a file of usage by a tariff document, without a trace.

Odoo loads this file by its name, before any addon: what needs addons is imported
once the database is known.
"""

import sys
from argparse import ArgumentTypeError
from pathlib import Path

from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config


class RateUsage(Command):
    """Rate usage by a tariff document: JSON and CSV in, CSV out.

    The usage is rated by the steps that rate real usage, in a company of its own and
    in a transaction that is rolled back: nothing of it stays in the database.
    """

    name = "rate_usage"
    epilog = """
    exit codes:
      0  every event is rated
      1  it failed
      2  the command was called wrongly, or a file can't be used; nothing is written
      4  some events have no price: see their reason in the output
    """

    def __init__(self):
        super().__init__()
        add = self.parser.add_argument
        add("-c", "--config", help="Odoo's configuration file")
        add("-d", "--database", help="default: the one of the configuration")
        add("--tariff", required=True, type=_file, help="tariff document (JSON)")
        add("--usage", required=True, type=_file, help="usage (CSV)")
        add("--output", required=True, type=_target, help="a row per event (CSV)")
        add("--summary", type=_target, help="months, minimum spend, balances (CSV)")
        add("--no-explanation", action="store_true", help="leave the last column empty")

    def run(self, cmdargs):
        """Parse the arguments, rate and leave with the exit code."""
        options = self.parser.parse_args(args=cmdargs)
        registry = self._open(options)
        if "telecom.tariff.document" not in registry.models:
            self.parser.error(
                f"database {registry.db_name}: install or update somconnexio_billing"
                " first"
            )
        # Odoo loads this file as odoo.cli.rate_usage: nothing to be relative to.
        # pylint: disable-next=odoo-addons-relative-import
        from odoo.addons.somconnexio_billing.command_line.usage_rating import (
            UsageRating,
            WrongFile,
        )

        try:
            sys.exit(UsageRating(registry, options).run())
        except WrongFile as error:
            self.parser.exit(2, f"{error}\n")

    def _open(self, options):
        """Return the registry of the database that is meant."""
        arguments = ["--no-http", "--log-level=warn"]
        if options.config:
            arguments += ["-c", options.config]
        if options.database:
            arguments += ["-d", options.database]
        config.parse_config(arguments, setup_logging=True)
        names = config["db_name"]
        if len(names) != 1:
            self.parser.error("name one database by -d")
        try:
            return Registry(names[0])
        except Exception as error:  # whatever keeps Odoo from opening a database
            self.parser.error(f"database {names[0]}: {str(error).strip()}")


def _file(text):
    """Return the path of an existing file."""
    path = Path(text)
    if not path.is_file():
        raise ArgumentTypeError(f"there is no file '{text}'")
    return path


def _target(text):
    """Return the path of a file in an existing folder."""
    path = Path(text)
    if path.is_dir() or not path.parent.is_dir():
        raise ArgumentTypeError(f"'{text}' is no file in an existing folder")
    return path
