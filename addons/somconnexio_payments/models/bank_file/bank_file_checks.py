# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import timedelta

from odoo import models

from odoo.addons.base.models.res_bank import sanitize_account_number
from odoo.addons.somconnexio_base.file_reading.errors import FileError

#: How far ahead of the calendar a bank may book, over a long weekend.
DAYS_AHEAD = 5


class TelecomBankFile(models.Model):
    """A file may be sound and still not be ours, or not fit what is booked."""

    _inherit = "telecom.bank.file"

    def _check_statement(self, statement):
        """Compare a statement with our accounts.

        :return: the bank journal of its account
        :raise FileError: ``other_account``, ``other_currency`` or ``no_suspense``
        """
        journal = self._journal_of(statement.account)
        if not journal:
            raise FileError(
                "other_account", found=statement.account, where=statement.where
            )
        expected = (journal.currency_id or journal.company_id.currency_id).name
        if statement.currency and statement.currency != expected:
            raise FileError(
                "other_currency",
                found=statement.currency,
                expected=expected,
                where=statement.where,
            )
        if not journal.suspense_account_id or not journal.default_account_id:
            raise FileError("no_suspense", journal=journal.display_name)
        return journal

    def _journal_of(self, account_number):
        """Return the bank journal that has an account number."""
        return self.env["account.journal"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("type", "=", "bank"),
                (
                    "bank_account_id.sanitized_acc_number",
                    "=",
                    sanitize_account_number(account_number),
                ),
            ],
            limit=1,
        )

    def _check_entry(self, entry, journal):
        """Compare an entry with the calendar and the journal.

        :raise FileError: ``future`` or ``entry_currency``
        """
        today = self.company_id._telecom_today()
        if entry.booking_date > today + timedelta(days=DAYS_AHEAD):
            raise FileError("future", found=str(entry.booking_date), where=entry.where)
        expected = (journal.currency_id or journal.company_id.currency_id).name
        if entry.currency != expected:
            raise FileError(
                "entry_currency",
                found=entry.currency,
                expected=expected,
                where=entry.where,
            )

    def _check_overlap(self, journal, statement):
        """Refuse days that were booked from a file of another format.

        The same money has other references there: it could not be told to be the same.

        :raise FileError: ``overlap``
        """
        family = (self.kind or "").split(".")[0]
        booked = self.env["account.bank.statement"].search(
            [
                ("journal_id", "=", journal.id),
                ("telecom_bank_file_id", "!=", False),
                ("telecom_bank_file_id.kind", "not =like", f"{family}%"),
                ("telecom_from_date", "<=", statement.to_date),
                ("telecom_to_date", ">=", statement.from_date),
            ],
            limit=1,
        )
        if booked:
            raise FileError(
                "overlap",
                found=f"{statement.from_date} – {statement.to_date}",
                file=booked.telecom_bank_file_id.name,
                where=statement.where,
            )

    def _gap_before(self, facts, journal):
        """Return what to tell about a missing statement before one, or an empty text.

        The balance with which a statement opens is that with which the one before
        closed; the bank's numbers follow each other within a year.
        """
        before = self.env["account.bank.statement"].search(
            [
                ("journal_id", "=", journal.id),
                ("telecom_to_date", "<", facts["from"]),
                ("telecom_bank_file_id", "!=", False),
            ],
            order="telecom_to_date desc, id desc",
            limit=1,
        )
        if not before:
            return ""
        return self._balance_gap(facts, before) or self._number_gap(facts, before)

    def _balance_gap(self, facts, before):
        """Return what to tell when a statement opens otherwise than the last closed."""
        currency = before.currency_id
        opening = facts["opening"]
        if opening is None or not currency.compare_amounts(
            float(opening), before.balance_end_real
        ):
            return ""
        return self.env._(
            "The statement of %(day)s opens with %(opening)s, the one before closed"
            " with %(closing)s on %(before)s: a statement in between is missing.",
            day=facts["from"],
            opening=opening,
            closing=before.balance_end_real,
            before=before.telecom_to_date,
        )

    def _number_gap(self, facts, before):
        """Return what to tell when the bank's numbers of one year leave some out."""
        numbers = [before.telecom_number or "", facts["number"] or ""]
        is_same_year = str(before.telecom_to_date)[:4] == facts["from"][:4]
        if not all(map(str.isdecimal, numbers)) or not is_same_year:
            return ""
        last, this = map(int, numbers)
        if this <= last + 1:
            return ""
        return self.env._(
            "The statement of %(day)s has number %(this)s, the one before %(last)s:"
            " those in between are missing, unless nothing happened on their days.",
            day=facts["from"],
            this=this,
            last=last,
        )
