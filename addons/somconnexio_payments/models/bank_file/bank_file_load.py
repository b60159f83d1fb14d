# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json

from odoo import fields, models

from odoo.addons.somconnexio_base.file_reading.errors import FileError

from ... import sql_steps
from ...bank_files.keys import Keys
from ...bank_files.recognise import PAIN_002
from ...bank_files.records import Entry, Heading, Statement, Status
from .entry_rows import entry_row, transaction_rows

LOADED_AT_ONCE = 2_000


class TelecomBankFile(models.Model):
    """From the facts of a file to rows: entries and their transactions."""

    _inherit = "telecom.bank.file"

    def _load(self, kind, items):
        """Keep what a file tells; its sums have been compared when this returns.

        :param kind: ``bank_files.recognise.Kind``
        :param items: iterator of ``bank_files.records``
        :raise FileError: what is wrong with it, or why it does not fit us
        """
        loader = _StatusLoader if kind.reader == PAIN_002 else _EntryLoader
        loader(self).load(items)


class _EntryLoader:
    """Statements, reports and notifications."""

    def __init__(self, file):
        self.file = file
        self.env = file.env
        self.keys = Keys()
        self.facts, self.rows, self.parts = [], [], []
        self.journal = None
        self.own_orders = {}
        self.entry_count = self.new_count = 0
        self.heading = None

    def load(self, items):
        """Write all rows, in batches."""
        for item in items:
            if isinstance(item, Heading):
                self.heading = item
            elif isinstance(item, Statement):
                self._begin(item)
            elif isinstance(item, Entry) and item.is_booked:
                self._add(item)
        self._flush()
        self._finish()

    def _begin(self, statement):
        self.journal = self.file._check_statement(statement)
        self.statement = statement
        self.facts.append(
            {
                "reference": statement.reference,
                "account": statement.account,
                "journal": self.journal.id,
                "number": statement.number,
                "currency": statement.currency,
                "from": _text(statement.from_date),
                "to": _text(statement.to_date),
                "opening": _text(statement.opening and statement.opening.amount),
                "closing": _text(statement.closing and statement.closing.amount),
                "where": statement.where,
            }
        )

    def _add(self, entry):
        self.file._check_entry(entry, self.journal)
        self._stretch(entry)
        key = self.keys.of(self.statement.account, entry)
        self.entry_count += 1
        self.rows.append(
            entry_row(entry, key, self.entry_count, len(self.facts) - 1, self.journal)
        )
        self.parts += transaction_rows(entry, key)
        if len(self.rows) >= LOADED_AT_ONCE:
            self._flush()

    def _stretch(self, entry):
        """Let the period of a statement without one be that of its entries."""
        facts = self.facts[-1]
        day = str(entry.booking_date)
        facts["from"] = min(facts["from"] or day, day)
        facts["to"] = max(facts["to"] or day, day)

    def _flush(self):
        if not self.rows:
            return
        params = {
            "file_id": self.file.id,
            "company_id": self.file.company_id.id,
            "user_id": self.env.uid,
            "now": fields.Datetime.now(),
        }
        new_count = self._run("10_insert_entries", rows=json.dumps(self.rows), **params)
        self._run("11_insert_transactions", rows=json.dumps(self.parts), **params)
        if new_count < len(self.rows):
            self._run("12_link_file", rows=json.dumps(self.rows), **params)
        self.new_count += new_count
        self.rows, self.parts = [], []

    def _run(self, step, **params):
        return sql_steps.run(self.env, f"bank_file/{step}", **params)

    def _finish(self):
        for facts in self.facts:
            self._check_period(facts)
        self.file._passing().write(
            {
                "message_reference": self.heading.message_id,
                "statement_facts": self.facts,
                "entry_count": self.entry_count,
                "duplicate_count": self.entry_count - self.new_count,
            }
        )

    def _check_period(self, facts):
        journal = self.env["account.journal"].browse(facts["journal"])
        if facts["from"]:
            self.file._check_overlap(
                journal,
                Statement(
                    facts["reference"],
                    facts["account"],
                    from_date=fields.Date.to_date(facts["from"]),
                    to_date=fields.Date.to_date(facts["to"]),
                    where=facts["where"],
                ),
            )


class _StatusLoader:
    """Answers to orders: pain.002."""

    def __init__(self, file):
        self.file = file
        self.env = file.env

    def load(self, items):
        """Keep the statuses; the order must be one of ours."""
        heading = next(items)
        statuses = [item for item in items if isinstance(item, Status)]
        if not statuses:
            raise FileError(
                "xml_missing", where="CstmrPmtStsRpt", expected="GrpSts, PmtInfSts"
            )
        self.file._passing().write(
            {
                "message_reference": heading.message_id,
                "entry_count": len(statuses),
            }
        )
        self.file._load_statuses(statuses)


def _text(value):
    return None if value is None else str(value)
