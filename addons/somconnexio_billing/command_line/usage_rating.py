# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What ``odoo rate_usage`` does: two files in, one or two out, nothing kept."""

import os
from contextlib import closing, contextmanager
from pathlib import Path

from odoo import SUPERUSER_ID
from odoo.api import Environment

from ..tariff_document import (
    OUTCOME_COLUMNS,
    SUMMARY_COLUMNS,
    DocumentError,
    TableWriter,
    UsageError,
    parse,
    read_usage,
)

OK, NOT_ALL_RATED = 0, 4


class WrongFile(ValueError):
    """A file that can't be used: its name, and what is wrong."""


class UsageRating:
    """One call of the command.

    :param registry: the database's registry
    :param options: parsed arguments, see cli/rate_usage.py
    """

    def __init__(self, registry, options):
        self.registry = registry
        self.options = options
        self.suspended_count = 0

    def run(self):
        """Rate the usage and return the exit code.

        :raise WrongFile: naming the file, the place and what to do
        """
        with _told(self.options.tariff, DocumentError):
            document = parse(self.options.tariff.read_bytes())
        with closing(self.registry.cursor()) as cr:
            env = Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
            with env["telecom.tariff.document"]._bench() as bench:
                self._rate(bench, document)
        return NOT_ALL_RATED if self.suspended_count else OK

    def _rate(self, bench, document):
        options = self.options
        with (
            _told(options.usage, UsageError),
            _told(options.tariff, DocumentError),
            open(options.usage, encoding="utf-8-sig", newline="") as stream,
            bench.rating(document, read_usage(stream, document)) as reader,
        ):
            rows = reader.rows(explain=not options.no_explanation)
            with _whole_file(options.output) as output:
                TableWriter(output, OUTCOME_COLUMNS).write(map(self._counted, rows))
            if options.summary:
                with _whole_file(options.summary) as output:
                    TableWriter(output, SUMMARY_COLUMNS).write(reader.summary())

    def _counted(self, row):
        self.suspended_count += row["status"] == "suspended"
        return row


@contextmanager
def _told(path, kind):
    """Name the file in an error of its content."""
    try:
        yield
    except kind as error:
        lines = "\n".join(f"  {line}" for line in str(error).splitlines())
        raise WrongFile(f"{path} can't be used:\n{lines}") from error


@contextmanager
def _whole_file(path):
    """Write a file that is there as a whole or not at all."""
    part = Path(f"{path}.part")
    try:
        with open(part, "w", encoding="utf-8", newline="") as stream:
            yield stream
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
