# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Core's statements and statement lines, made in bulk.

The ORM takes some 16 ms for a statement line, 25,000 of them seven minutes. So it makes
the first one of a statement and month, with all that core and other addons compute, and
SQL casts the others from this mould: only what differs is replaced. A control refuses
the whole file unless every entry is balanced and moves the bank by its amount.
"""

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.date_utils import start_of

from ... import sql_steps
from ...bank_files.limits import MAX_ENTRIES

#: OCA's own search for matches would run for each line; ours has been, as a set.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "telecom_bank_booking": True,
}
_COMPUTED = ("first_line_index", "date", "balance_end", "is_complete")


class TelecomBankFile(models.Model):
    """Make the statements of a file whose transactions have been matched."""

    _inherit = "telecom.bank.file"

    def _make_statements(self):
        """Create a bank statement for each one in the file that brings something new.

        :return: account.bank.statement
        """
        statements = self.env["account.bank.statement"]
        for index, facts in enumerate(self.statement_facts or []):
            entries = self.env["telecom.bank.entry"].search(
                [
                    ("booking_file_id", "=", self.id),
                    ("statement_index", "=", index),
                    ("statement_line_id", "=", False),
                ],
                order="day, number",
            )
            if entries:
                statements |= self._make_statement(facts, entries)
        return statements

    def _make_statement(self, facts, entries):
        journal = self.env["account.journal"].browse(facts["journal"])
        statement = (
            self.env["account.bank.statement"]
            .with_context(**QUIET)
            .create(self._statement_vals(facts, journal))
        )
        months = entries.grouped(lambda entry: start_of(entry.day, "month"))
        for month, some in sorted(months.items()):
            if _is_castable(journal):
                self._cast_lines(statement, facts, journal, month, some)
            else:
                self._create_lines(statement, journal, some)
        for name in _COMPUTED:
            self.env.add_to_compute(statement._fields[name], statement)
        statement.flush_recordset()
        return statement

    def _statement_vals(self, facts, journal):
        vals = {
            "name": f"{journal.code} {facts['from']} {facts['reference']}",
            "reference": self.name,
            "journal_id": journal.id,
            "telecom_bank_file_id": self.id,
            "telecom_from_date": facts["from"],
            "telecom_to_date": facts["to"],
            "telecom_number": facts["number"],
        }
        if facts["opening"] is not None:
            vals["balance_start"] = float(facts["opening"])
            vals["balance_end_real"] = float(facts["closing"])
        return vals

    def _cast_lines(self, statement, facts, journal, month, entries):
        """Make the lines of one month: the first by the ORM, the others from it."""
        first = entries[0]
        mould = self._create_lines(statement, journal, first)
        self.env.flush_all()
        bank_item, open_item = _items(mould, journal)
        sql_steps.run(
            self.env,
            "bank_file/40_create_plan",
            file_id=self.id,
            statement_index=self.statement_facts.index(facts),
            mould_line_id=mould.id,
            first_day=month,
            last_day=month + relativedelta(months=1),
        )
        for step in ("41_insert_moves", "42_insert_lines", "42_tell_moves"):
            sql_steps.run(self.env, f"bank_file/{step}", last_place=MAX_ENTRIES)
        sql_steps.run(
            self.env, "bank_file/43_insert_bank_items", mould_item_id=bank_item.id
        )
        for step in (
            "44_insert_counterparts",
            "45_trim_mould",
            "46_delete_empty_mould",
            "46_name_mould",
        ):
            sql_steps.run(
                self.env,
                f"bank_file/{step}",
                mould_item_id=open_item.id,
                bank_item_id=bank_item.id,
            )
        sql_steps.run(
            self.env, "bank_file/47_finish_entries", now=fields.Datetime.now()
        )
        self._check_cast(journal)
        sql_steps.run(self.env, "bank_file/49_drop_plan")
        self.env.invalidate_all(flush=False)
        # Core remembers the last number that it gave in this transaction: the mould's.
        self.env["account.move"]._get_sequence_cache().clear()

    def _check_cast(self, journal):
        """Raise unless what has been cast is balanced; nothing of the file stays."""
        wrong = sql_steps.fetch(
            self.env,
            "bank_file/48_check_booking",
            bank_account_id=journal.default_account_id.id,
        )
        if wrong:
            raise UserError(
                self.env._(
                    "%(count)s entries of %(file)s would not be balanced, such as"
                    " number"
                    " %(entry)s of %(amount)s: nothing is booked. Report this to your"
                    " maintainers.",
                    count=len(wrong),
                    file=self.name,
                    entry=wrong[0]["entry_id"],
                    amount=wrong[0]["amount"],
                )
            )

    def _create_lines(self, statement, journal, entries):
        """Create statement lines by the ORM, each on the suspense account."""
        vals_list = []
        for entry in entries:
            part = entry.transaction_ids[:1]
            vals_list.append(
                {
                    "journal_id": journal.id,
                    "statement_id": statement.id,
                    "date": entry.day,
                    "amount": entry.amount,
                    "sequence": MAX_ENTRIES - entry.number,
                    "payment_ref": _label(entry, part),
                    "partner_name": part.party_name,
                    "account_number": part.party_iban,
                }
            )
        lines = (
            self.env["account.bank.statement.line"]
            .with_context(**QUIET)
            .create(vals_list)
        )
        for entry, line in zip(entries, lines, strict=True):
            entry.sudo().statement_line_id = line
        return lines


def _is_castable(journal):
    """Tell whether lines differ only in what the mould's copies replace.

    Not in a foreign currency, nor where each entry is sealed when it is posted.
    """
    company = journal.company_id
    return (
        journal.currency_id in (company.currency_id, company.currency_id.browse())
        and not journal.restrict_mode_hash_table
    )


def _items(line, journal):
    """Return the mould's item on the bank's account, and that on the suspense one."""
    items = line.move_id.line_ids
    bank = items.filtered(lambda item: item.account_id == journal.default_account_id)
    return bank, items - bank


def _label(entry, part):
    return (
        (part.remittance or "")[:250]
        or entry.info
        or part.end_to_end_reference
        or entry.bank_reference
        or "/"
    )
