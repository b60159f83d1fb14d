# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""``odoo migrate_members``: take another system's data over without anybody watching.

Odoo loads this file by its name, before any addon: what needs addons is imported
once the database is known.
"""

import re
import sys
from argparse import ArgumentTypeError
from pathlib import Path

from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config


class MigrateMembers(Command):
    """Take customers, members, subscriptions and bills over from CSV and XLSX files.

    Called again with the same files it goes on where it was stopped; once all is
    taken over, it changes nothing. With --make-sample it writes a made-up delivery.
    """

    name = "migrate_members"
    epilog = """
    exit codes:
      0  every row is taken over, and files and records agree
      1  it failed; call it again after correcting the cause
      2  it was called wrongly
      3  rows were refused: see the faults in the folder of --out
      4  files and records differ: see the report in the folder of --out
    """

    def __init__(self):
        super().__init__()
        add = self.parser.add_argument
        add("-c", "--config", help="Odoo's configuration file")
        add("-d", "--database", help="default: the one of the configuration")
        add("--profile", help="profile document (JSON), or the code of a profile")
        add("--files", type=_folder, help="folder of the CSV and XLSX files")
        add("--out", type=Path, help="folder for the faults and the report")
        add("--try", action="store_true", dest="is_trial", help="do all and undo it")
        add("--company", help="name of the company, where there are several")
        add("--make-sample", type=Path, metavar="FOLDER", help="write a delivery")
        add("--customers", type=_count, default=200, help="of the sample; default: 200")
        add("--seed", type=int, default=1, help="of the sample; default: 1")

    def run(self, cmdargs):
        """Parse the arguments, do what they ask and leave with the exit code."""
        options = self.parser.parse_args(args=cmdargs)
        arguments = ["--no-http", "--log-level=warn"]
        # What Python deprecates in libraries is not for who migrates.
        arguments += ["--log-handler=py.warnings:ERROR"]
        arguments += ["-c", options.config] if options.config else []
        arguments += ["-d", options.database] if options.database else []
        config.parse_config(arguments, setup_logging=True)
        if options.make_sample:
            sys.exit(self._make_sample(options))
        if not (options.profile and options.files):
            self.parser.error("name --profile and --files, or --make-sample")
        sys.exit(self._migrate(self._open(), options))

    @staticmethod
    def _make_sample(options):
        # Odoo loads this file as odoo.cli.migrate_members: nothing to be relative to.
        # pylint: disable-next=odoo-addons-relative-import
        from odoo.addons.somconnexio_base.takeover.sample import (
            make_delivery,
            write_delivery,
        )

        delivery = make_delivery(options.customers, options.seed)
        for path in write_delivery(delivery, options.make_sample):
            sys.stdout.write(f"{path}\n")
        return 0

    def _migrate(self, registry, options):
        if "telecom.migration.run" not in registry.models:
            self.parser.error(
                f"database {registry.db_name}: install or update somconnexio_base first"
            )
        # As in _make_sample.
        # pylint: disable-next=odoo-addons-relative-import
        from odoo.addons.somconnexio_base.command_line.migration import (
            Migration,
            WrongCall,
        )

        try:
            return Migration(registry, options).run()
        except WrongCall as error:
            self.parser.error(str(error))

    def _open(self):
        """Return the registry of the database that is meant."""
        names = config["db_name"]
        if len(names) != 1:
            self.parser.error("name one database by -d")
        try:
            return Registry(names[0])
        except Exception as error:  # whatever keeps Odoo from opening a database
            self.parser.error(f"database {names[0]}: {str(error).strip()}")


def _folder(text):
    """Return the path of an existing folder."""
    path = Path(text)
    if not path.is_dir():
        raise ArgumentTypeError(f"there is no folder '{text}'")
    return path


def _count(text):
    """Return a number of customers, with some of whom every defect finds a row."""
    if not re.fullmatch(r"[1-9]\d{1,5}", text):
        raise ArgumentTypeError(f"'{text}' is no number from 10 to 999999")
    return int(text)
